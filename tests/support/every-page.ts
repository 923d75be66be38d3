import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { POSITIONS } from '../../server/bills/position.ts';
import type { Legislator, Roster } from '../../server/legislators/legislator.ts';
import { HOLD_REASONS } from '../../server/mail/letter.ts';
import type { PublishedTables } from '../../server/reports/published-tables.ts';
import { knownBills, longBill, madeUpPosition } from '../fixtures/bills/known-bill.ts';
import { withMadeUpLanguage } from '../fixtures/locales/made-up-language.ts';
import { openBrowser } from './browser.ts';
import { madeUpFigure } from './made-up-figure.ts';
import { CONTENT, type MadeUpLetters, madeUpLetter, madeUpLetters } from './made-up-letters.ts';
import { logEntry } from './temp-store.ts';
import { startTestApp, type TestApp } from './test-app.ts';

export const CAMPAIGN = '/campaigns/visible-act';
export const DIVISIONS =
  'division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14';
const SENATE_5 = 'division=ocd-division/country:us/state:fl/sldu:5';

/** Tuesday morning and Saturday in Florida. */
export const OPEN = new Date('2026-11-24T15:00:00Z');
const CLOSED = new Date('2026-11-28T15:00:00Z');

/** The app with a campaign that speaks every language there is and the made-up one, and a browser to look at its pages. */
export interface Stage {
  app: TestApp;
  browser: Browser;
  url: string;
  /** What pages depend on and can't ask for; each page begins with it as usual. */
  outside: { now: Date; has_passed: boolean };
  senator: Legislator;
  representative: Legislator;
  /** The token of a preview link. */
  preview: string;
  /** The tokens of links to its report: the organizer's, and a partner's. */
  report_links: { all: string; jira: string };
  /** The id of a figure for the press of which something was taken out since. */
  figure: string;
  /** Addresses behind the links of mails, by what each shows. */
  letter_links: { confirm: string; held: string; ended: string; not_me: string; answered: string };
  /** The id of a form that was drawn a year ago. */
  expired_id: string;
  close: () => Promise<void>;
}

type Way = (page: Page, stage: Stage) => Promise<unknown>;

/** Every page that a supporter can meet, by the way it is reached. */
const PAGES: Record<string, Way> = {
  home: (page, { url }) => page.goto(`${url}/`),
  campaign: (page, { url }) => page.goto(`${url}${CAMPAIGN}`),
  'a failed lookup': async (page, { url }) => {
    await page.goto(`${url}${CAMPAIGN}`);
    await page.fill('#address', '1 Example Street, Tampa, FL 90210');
    await page.click('button.primary');
    await page.waitForSelector('.error-summary');
  },
  'the choice near a ZIP code': async (page, { url }) => {
    await page.goto(`${url}${CAMPAIGN}`);
    await page.fill('#address', '32209');
    await page.click('button.primary');
    await page.waitForSelector('select');
  },
  'the whole list': (page, { url }) => page.goto(`${url}${CAMPAIGN}/districts`),
  'what a search of the list finds': async (page, { url }) => {
    await page.goto(`${url}${CAMPAIGN}/districts?${SENATE_5}`);
    await page.fill('#find', 'Miami-Dade');
    await page.press('#find', 'Enter');
    await page.waitForSelector('[type=radio]');
  },
  'a choice forgotten among what a search found': async (page, { url }) => {
    await page.goto(`${url}${CAMPAIGN}/districts?find=HD+78`);
    await page.click('button.primary');
    await page.waitForSelector('.error-summary');
  },
  'a search of the list that finds nothing': (page, { url }) =>
    page.goto(`${url}${CAMPAIGN}/districts?find=zanzibar`),
  act: (page, { url }) => page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}`),
  'act, all unfolded': async (page, { url }) => {
    await page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}`);
    await unfold(page);
  },
  'act while offices are closed, all unfolded': async (page, { url, outside }) => {
    outside.now = CLOSED;
    await page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}`);
    await unfold(page);
  },
  'act with a legislator who is not asked': async (page, { url, outside }) => {
    outside.has_passed = true;
    await page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}`);
    await page.waitForSelector('[data-not-asked]');
  },
  'act in the other language': (page, { url }) =>
    page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}&message_language=es`),
  'act with a vacant seat': (page, { url }) =>
    page.goto(`${url}${CAMPAIGN}/act?${SENATE_5}&division=ocd-division/country:us/state:fl/sldl:78`),
  'act after no answer': (page, { url, senator, representative }) =>
    page.goto(
      `${url}${CAMPAIGN}/act?${DIVISIONS}&target=${senator.id}&noted=unavailable&done=phone:${representative.id}&done=email:${representative.id}`,
    ),
  'act with an empty message': async (page, { url }) => {
    await page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}`);
    await page.locator('#target-1-text').evaluate((box: HTMLTextAreaElement) => {
      box.value = '';
      box.form?.submit();
    });
    await page.waitForSelector('.error-summary');
  },
  'act with a form that came too late': async (page, { url, expired_id }) => {
    await page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}`);
    await page.locator('#target-1 form:has([value=contact])').evaluate((form: HTMLFormElement, expired) => {
      (form.elements.namedItem('action_id') as HTMLInputElement).value = expired;
      (form.querySelector('[value=contact]') as HTMLButtonElement).click();
    }, expired_id);
    await page.waitForSelector('#confirm-title');
  },
  'act with e-mails that are sent from here, all unfolded': async (page, { url }) => {
    await page.goto(`${url}/campaigns/sends/act?${DIVISIONS}`);
    await unfold(page);
  },
  'act with an e-mail that can not be sent from here': async (page, { url }) => {
    await page.goto(`${url}/campaigns/sends/act?${DIVISIONS}`);
    await page.click('#target-1-email > summary');
    await page.fill('#target-1-zip', '3220');
    await page.click('#target-1-send');
    await page.waitForSelector('.error-summary');
  },
  'look in your mail': async (page, { url, senator }) => {
    const waits = `${DIVISIONS}&done=waiting:${senator.id}&target=${senator.id}`;
    await page.goto(`${url}/campaigns/sends/letters/look?${waits}`);
  },
  'act with an e-mail that waits to be confirmed, all unfolded': async (page, { url, senator }) => {
    await page.goto(`${url}/campaigns/sends/act?${DIVISIONS}&done=waiting:${senator.id}`);
    await unfold(page);
  },
  thanks: (page, { url }) => page.goto(`${url}${CAMPAIGN}/thanks?${DIVISIONS}&done=a&partner=jira`),
  'where the bill stands, all unfolded': async (page, { url }) => {
    await page.goto(`${url}${CAMPAIGN}/bill`);
    await unfold(page);
  },
  totals: (page, { url }) => page.goto(`${url}${CAMPAIGN}/totals`),
  'published tables, all unfolded': async (page, { url }) => {
    await page.goto(`${url}${CAMPAIGN}/tables`);
    await unfold(page);
  },
  report: (page, { url, report_links }) => page.goto(`${url}/reports/visible-act?link=${report_links.all}`),
  'the report of a partner': (page, { url, report_links }) =>
    page.goto(`${url}/reports/visible-act?link=${report_links.jira}`),
  'a link that opens no report': (page, { url }) => page.goto(`${url}/reports/visible-act?link=none`),
  'the frame for partners’ sites': (page, { url }) => page.goto(`${url}${CAMPAIGN}/embed?partner=jira`),
  flyer: (page, { url }) => page.goto(`${url}${CAMPAIGN}/flyer?partner=jira`),
  'phone-bank sheets': (page, { url }) => page.goto(`${url}${CAMPAIGN}/phone-bank?${DIVISIONS}`),
  'the choice of phone-bank sheets': (page, { url }) => page.goto(`${url}${CAMPAIGN}/phone-bank`),
  'a campaign that is over': (page, { url }) => page.goto(`${url}/campaigns/over`),
  'campaign in preview': (page, { url, preview }) => page.goto(`${url}${CAMPAIGN}?preview=${preview}`),
  privacy: (page, { url }) => page.goto(`${url}/privacy`),
  'a figure for the press': (page, { url, figure }) => page.goto(`${url}/figures/${figure}`),
  'not found': (page, { url }) => page.goto(`${url}/nowhere`),
  'a fault of ours': (page, { url }) =>
    page.goto(`${url}${CAMPAIGN}/act?division=ocd-division/country:us/state:fl/sldl:999`),
  'act with the question after a call': async (page, { url }) => {
    await page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}`);
    await page.click('#target-1 [value=contact]');
    await page.waitForSelector('#reply');
  },
  'thanks with the question after a call': async (page, { url, senator, representative }) => {
    await page.goto(
      `${url}${CAMPAIGN}/act?${DIVISIONS}&target=${senator.id}&done=phone:${representative.id}`,
    );
    await page.click('#target-1 [value=contact]');
    await page.waitForSelector('#reply');
  },
  'a letter to confirm': (page, { url, letter_links }) => page.goto(`${url}${letter_links.confirm}`),
  'a letter that waits for the organizer': (page, { url, letter_links }) =>
    page.goto(`${url}${letter_links.held}`),
  'a letter that was not sent': (page, { url, letter_links }) => page.goto(`${url}${letter_links.ended}`),
  'a letter of someone else': (page, { url, letter_links }) => page.goto(`${url}${letter_links.not_me}`),
  'the question whether an office answered': (page, { url, letter_links }) =>
    page.goto(`${url}${letter_links.answered}`),
  'a link of a mail that was cut': (page, { url }) => page.goto(`${url}/letters/confirm/cut`),
};

/** The pages that have a script of their own: the others are the same with script and without. */
export const SCRIPTED = /^(act|campaign|a failed lookup|thanks|report|the report|the frame)/;

/** The names of all pages. */
export const PAGE_NAMES = Object.keys(PAGES);

/** Goes to a page as a supporter would. */
export async function goTo(name: string, page: Page, stage: Stage): Promise<void> {
  Object.assign(stage.outside, { now: OPEN, has_passed: false });
  await PAGES[name]!(page, stage);
  // A page can be found before its style sheet is.
  await page.waitForLoadState('load');
}

/** A page of a browser that asks for a language, as wide as a small phone; without script where that is said. */
export async function openPhone({ browser }: Stage, language: string, has_script = true): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 320, height: 640 },
    colorScheme: 'light',
    // Not as its locale: browsers take none that they do not know.
    extraHTTPHeaders: { 'Accept-Language': language },
  });
  // Axe is a script itself: to see the page without script it runs where none of the page's own is loaded.
  if (!has_script) await context.route('**/*.js', (route) => route.abort());
  context.setDefaultTimeout(15_000);
  return context.newPage();
}

/** Starts the app and the browser. */
export async function setStage(): Promise<Stage> {
  const outside = { now: OPEN, has_passed: false };
  const { drop, ...folders } = withMadeUpLanguage();
  addOneThatIsOver(folders.campaigns_dir);
  addOneThatSends(folders.campaigns_dir);
  const letters = madeUpLetters();
  const app = await startTestApp({
    ...folders,
    now: () => outside.now,
    parts: ({ rosters }) => ({
      letters,
      knownBills: (_, roster) => muchOn(roster, outside.has_passed),
      // Pages on samples have none of their own.
      readPublished: async () => madeUpTables(rosters.get('fl')!.roster),
    }),
  });
  const browser = await openBrowser();
  const { roster } = app.parts.rosters.get('fl')!;
  const [senator, representative] = membersIn(roster);
  // Totals with something to draw.
  const { log } = app.parts.action_log;
  await Promise.all(
    ['a', 'b', 'c', 'd'].map((nonce, nth) =>
      log(logEntry({ nonce, is_sample: true, legislator_id: senator.id, partner: nth > 1 ? 'jira' : '' })),
    ),
  );
  const figure = await madeUpFigure(app, { legislator_id: senator.id, locales_dir: folders.locales_dir });
  const { context } = logEntry({ nonce: '', is_sample: true, legislator_id: senator.id });
  const drawn = { now: new Date('2025-11-24T00:00:00Z'), nonce: 'old' };
  return {
    app,
    browser,
    url: app.url,
    outside,
    senator,
    representative,
    figure: figure.id,
    letter_links: letterLinks(app, letters, senator.id),
    preview: app.parts.preview_tokens.issue('visible-act', { now: OPEN }),
    report_links: {
      all: await app.reportLink('visible-act'),
      jira: await app.reportLink('visible-act', 'jira'),
    },
    expired_id: app.parts.action_ids.issue(context, drawn),
    close: async () => {
      await browser.close();
      await app.close();
      drop();
    },
  };
}

/** Letters in several states, and the links to them. No page language: pages are then in the browser's. */
function letterLinks(
  { parts }: TestApp,
  letters: MadeUpLetters,
  legislator_id: string,
): Stage['letter_links'] {
  const { issue, issueAnswer } = parts.letter_tokens;
  const about = { legislator_id, page_language: '', handed_in_at: OPEN.toISOString() };
  letters.put(madeUpLetter({ ...about, id: 'asked', mode: 'preview' }), CONTENT);
  letters.put(madeUpLetter({ ...about, id: 'held', state: 'confirmed', held: [...HOLD_REASONS] }), CONTENT);
  letters.put(madeUpLetter({ ...about, id: 'ended', state: 'expired', reason: 'not_confirmed' }));
  const { campaign_slug, division_id, is_sample } = madeUpLetter();
  const answer = { campaign_slug, legislator_id, division_id, partner: '', is_sample, nonce: 'a' };
  return {
    confirm: `/letters/confirm/${issue('confirm', 'asked')}`,
    held: `/letters/confirm/${issue('confirm', 'held')}`,
    ended: `/letters/confirm/${issue('confirm', 'ended')}`,
    not_me: `/letters/not-me/${issue('not-me', 'asked')}`,
    answered: `/letters/answered/${issueAnswer({ ...answer, expires_at: '2027-01-01T00:00:00Z' })}`,
  };
}

/** A campaign that was won, with words at its end and another to go on to. */
function addOneThatIsOver(campaigns_dir: string): void {
  cpSync(join(campaigns_dir, 'visible-act'), join(campaigns_dir, 'over'), { recursive: true });
  const lines = ['status: won', 'closing: {en: The bill became law.}', 'successor: visible-act', ''];
  appendFileSync(join(campaigns_dir, 'over/campaign.yaml'), `\n${lines.join('\n')}`);
}

/** A campaign that offers to send e-mails, one of them too late. */
function addOneThatSends(campaigns_dir: string): void {
  cpSync(join(campaigns_dir, 'visible-act'), join(campaigns_dir, 'sends'), { recursive: true });
  const offer = 'email: {send: true, deliver_by: 2026-11-24}';
  appendFileSync(join(campaigns_dir, 'sends/campaign.yaml'), `\n${offer}\n`);
}

/** Tables of several days, and a correction that came later. */
function madeUpTables(roster: Roster): PublishedTables {
  const [senator, representative] = membersIn(roster);
  const published_at = '2026-11-24T05:20:00.000Z';
  const column = (day: string) => ({
    name: 'legislator_by_day' as const,
    first_day: day,
    last_day: day,
    published_at,
    cells: [senator, representative].map(({ id }) => ({ legislator_id: id, completed_actions: 1200 })),
  });
  const cells = ['', 'jira'].map((partner) => {
    return { partner, division_id: 'ocd-division/country:us/state:fl/sldu:5', completed_actions: 7 };
  });
  const [first_day, last_day] = ['2026-11-22', '2026-11-23'];
  return {
    kept_back: { first_day: '2026-11-20', last_day: '2026-11-21' },
    slices: [
      column(first_day),
      column(last_day),
      { name: 'partner_by_division', first_day, last_day, published_at, cells },
    ],
    corrections: [
      {
        id: 'later',
        kind: 'exclude',
        made_at: published_at,
        reason: 'Sent by one machine.',
        completed_actions: -3,
      },
    ],
  };
}

/** Who sits in the two districts. */
function membersIn(roster: Roster): [Legislator, Legislator] {
  const memberOf = (division: string) => roster.representation(division)!.legislators[0]!;
  return [
    memberOf('ocd-division/country:us/state:fl/sldu:5'),
    memberOf('ocd-division/country:us/state:fl/sldl:14'),
  ];
}

/** A bill with all that its page can show, and every position of members whom no other page here names. */
function muchOn(roster: Roster, has_passed: boolean) {
  const [senator, representative] = membersIn(roster);
  const who = roster.legislators.filter(({ id }) => id !== senator.id && id !== representative.id);
  const positions = POSITIONS.map((position, nth) => madeUpPosition(who[nth * 7]!.id, position));
  const bill = { ...longBill(), is_over: true };
  if (!has_passed) return knownBills([bill], positions);
  const did = madeUpPosition(representative.id, 'voted_yes');
  const passed = [{ chamber: 'lower' as const, date: '2026-03-05' }];
  const whereabouts = { chamber: 'upper' as const, committees: [], passed, stage: 'passed_one' as const };
  return knownBills([{ ...bill, whereabouts }], [...positions, did]);
}

/** Opens every fold by its summary, as a hand would: works without script too. */
async function unfold(page: Page): Promise<void> {
  for (;;) {
    const folded = page.locator('details:not([open]) > summary:visible').first();
    if ((await folded.count()) === 0) return;
    await folded.click();
  }
}
