import { join } from 'node:path';
import express, { type Express } from 'express';
import { openPress } from '../print/press.ts';
import { openLocales } from '../words/locale.ts';
import { showAct } from './act.ts';
import { logAction } from './actions.ts';
import { followAnswerLink, showAnswerLink } from './answer-link.ts';
import { openAssets } from './assets.ts';
import { badgeSvg } from './badge.ts';
import { showBill } from './bill.ts';
import { backToCampaign, showCampaign } from './campaign.ts';
import { compose } from './compose.ts';
import { compressAnswers } from './compress.ts';
import { counterJson } from './counter.ts';
import { showDistricts } from './districts.ts';
import { sendEmbedScript, showEmbed } from './embed.ts';
import { lastResort, notFound, showError } from './error-page.ts';
import { createExpectations } from './expectations.ts';
import { figureCorrectionsJson, figureJson, showFigure } from './figure.ts';
import { markFloods } from './flood-marks.ts';
import { flyerPdfFile, showFlyer } from './flyer.ts';
import { health, ready } from './health.ts';
import { showHome } from './home.ts';
import { keepPages } from './kept-pages.ts';
import { limitLetters } from './letter-limits.ts';
import { followLetterLink, showLetterLink } from './letter-links.ts';
import { showLook } from './letter-look.ts';
import { handInLetter } from './letters.ts';
import { followShortLink, leadFromFormerSlug } from './links.ts';
import { lookUp } from './lookup.ts';
import { showMetrics } from './metrics.ts';
import { openApiJson } from './openapi.ts';
import { outboxHtml, outboxMailFile, showOutbox } from './outbox.ts';
import { refuseLookups } from './overloaded.ts';
import type { Site } from './page.ts';
import type { Parts } from './parts.ts';
import { phoneBankFile, showPhoneBank } from './phone-bank.ts';
import { previewVersion, showPreview } from './preview.ts';
import { showPrivacy } from './privacy.ts';
import { createProgress, raising } from './progress.ts';
import { rateLimit } from './rate-limits.ts';
import { takeReply } from './replies.ts';
import { reportCsv, reportJson, reportVersion, reportView, reportViews, showReport } from './report.ts';
import { identifyRequests } from './request-ids.ts';
import { logRequests, warnOfProxy } from './request-log.ts';
import { keptByNone, sameOriginPosts, securityHeaders } from './security.ts';
import { showTables, tablesCsvFile, tablesJson } from './tables.ts';
import { showThanks } from './thanks.ts';
import { showTotals, totalsCsvFile, totalsJson } from './totals.ts';

const VIEWS = join(import.meta.dirname, '../../views');
/** Flyers and sheets take a hundred times the work of another page, and nobody needs more. */
const PRINTS_PER_MINUTE = 30;

/** The web app as a function of what it needs, in the languages of a folder of locale files. */
export async function createApp(parts: Parts, locales_dir = join(VIEWS, 'locales')): Promise<Express> {
  const { settings, sharing, log } = parts;
  const assets = openAssets(join(VIEWS, 'assets'));
  const progress = createProgress(parts);
  const kept_pages = keepPages({ parts, readProgress: progress.read });
  const marked_log = markFloods({
    action_log: parts.action_log,
    now: parts.now,
    dayKey: () => sharing.dayKey('floods'),
  });
  const site: Site = {
    parts,
    locales: await openLocales(locales_dir),
    readProgress: progress.read,
    expectLetters: createExpectations(parts),
    marked_log: raising(progress, marked_log),
    kept_pages,
    press: openPress(parts.now),
    asset: assets.href,
  };
  const lookups = rateLimit(settings.lookups_per_minute, 'lookups', sharing);
  const actions = rateLimit(settings.actions_per_minute, 'actions', sharing);
  const replies = rateLimit(settings.actions_per_minute, 'replies', sharing);
  const drafts = rateLimit(settings.actions_per_minute, 'drafts', sharing);
  const letters = [rateLimit(settings.actions_per_minute, 'letters', sharing), limitLetters(site)];
  const reports = rateLimit(settings.lookups_per_minute, 'reports', sharing);
  const letter_links = rateLimit(settings.lookups_per_minute, 'letter links', sharing);
  const prints = rateLimit(PRINTS_PER_MINUTE, 'prints', sharing);

  const app = express();
  app.set('views', VIEWS).set('view engine', 'pug').enable('view cache');
  // Mixins are drawn before the layout says which HTML it is: without this they would be written as XML.
  app.locals.doctype = 'html';
  // Whatever breaks, the last resort of Express shows no stack.
  app
    .set('env', 'production')
    .set('trust proxy', settings.trust_proxy)
    .set('query parser', 'simple')
    .disable('x-powered-by');

  app.use(
    identifyRequests(parts.newRequestId),
    logRequests(parts),
    warnOfProxy(log, settings.trust_proxy !== false),
  );
  app.use(kept_pages.answer);
  app.use(securityHeaders(settings.base_url?.startsWith('https:') ?? false));
  app.get('/assets/:version/*name', assets.send);
  app.use(compressAnswers(), keptByNone);
  app.use(sameOriginPosts);
  app.use(express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 100 }));

  app.param('slug', leadFromFormerSlug(parts.campaigns));
  app.get('/', showHome(site));
  app.get('/embed.js', sendEmbedScript(join(VIEWS, 'embed.js')));
  app.get(['/v/:short', '/v/:short/:partner'], followShortLink(site));
  app.get('/campaigns/:slug', showCampaign(site));
  app.get('/campaigns/:slug/bill', showBill(site));
  app.get('/campaigns/:slug/districts', showDistricts(site));
  app.post('/campaigns/:slug/districts', showDistricts(site));
  app.post('/campaigns/:slug/lookup', refuseLookups(site), lookups, lookUp(site));
  app.get('/campaigns/:slug/act', showAct(site));
  app.post('/campaigns/:slug/compose', drafts, compose(site));
  app.post('/campaigns/:slug/letters', letters, handInLetter(site));
  app.get('/campaigns/:slug/letters/look', showLook(site));
  app.post('/campaigns/:slug/actions', actions, logAction(site));
  app.post('/campaigns/:slug/replies', replies, takeReply(site));
  app.get('/campaigns/:slug/thanks', showThanks(site));
  app.get('/campaigns/:slug/flyer', showFlyer(site));
  app.get('/campaigns/:slug/flyer.pdf', prints, flyerPdfFile(site));
  app.get('/campaigns/:slug/phone-bank', prints, showPhoneBank(site));
  app.get('/campaigns/:slug/phone-bank.pdf', prints, phoneBankFile(site));
  app.get('/campaigns/:slug/totals', showTotals(site));
  app.get('/campaigns/:slug/totals.json', totalsJson(site));
  app.get('/campaigns/:slug/totals.csv', totalsCsvFile(site));
  app.get('/campaigns/:slug/tables', showTables(site));
  app.get('/campaigns/:slug/tables.json', tablesJson(site));
  app.get('/campaigns/:slug/tables.csv', tablesCsvFile(site));
  app.get('/campaigns/:slug/embed', showEmbed(site));
  app.get('/campaigns/:slug/badge.svg', badgeSvg(site));
  app.get('/campaigns/:slug/counter.json', counterJson(site));
  app.get('/campaigns/:slug/preview', showPreview(site));
  app.get('/campaigns/:slug/preview/version', previewVersion(site));
  app.get('/reports/:slug', reports, showReport(site));
  app.get('/reports/:slug/version', reports, reportVersion(site));
  app.get('/reports/:slug/report.json', reports, reportJson(site));
  app.get('/reports/:slug/report.csv', reports, reportCsv(site));
  app.get(reportViews('json'), reports, reportView(site, 'json'));
  app.get(reportViews('csv'), reports, reportView(site, 'csv'));
  app.get(
    ['lookup', 'compose', 'letters', 'actions', 'replies'].map((form) => `/campaigns/:slug/${form}`),
    backToCampaign(site),
  );
  app.get('/letters/confirm/:token', letter_links, showLetterLink(site, 'confirm'));
  app.post('/letters/confirm/:token', letter_links, followLetterLink(site, 'confirm'));
  app.get('/letters/withdraw/:token', letter_links, showLetterLink(site, 'withdraw'));
  app.post('/letters/withdraw/:token', letter_links, followLetterLink(site, 'withdraw'));
  app.get('/letters/not-me/:token', letter_links, showLetterLink(site, 'not-me'));
  app.post('/letters/not-me/:token', letter_links, followLetterLink(site, 'not-me'));
  app.get('/letters/answered/:token', letter_links, showAnswerLink(site));
  app.post('/letters/answered/:token', letter_links, followAnswerLink(site));
  app.get('/figures/:id.json', figureJson(site));
  app.get('/figures/:id/corrections.json', figureCorrectionsJson(site));
  app.get('/figures/:id', showFigure(site));
  app.get('/api/openapi.json', openApiJson(site));
  app.get('/privacy', showPrivacy(site));
  app.get('/outbox', showOutbox(site));
  app.get('/outbox/:name.eml', outboxMailFile(site));
  app.get('/outbox/:name/html', outboxHtml(site));
  app.get('/metrics', showMetrics(site));
  app.get('/health', health());
  app.get('/ready', ready(site));

  app.use(notFound);
  app.use(showError(site), lastResort(site));
  return app;
}
