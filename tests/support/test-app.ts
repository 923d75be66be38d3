import { randomBytes, randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createActionIds } from '../../server/actions/action-id.ts';
import { createActionLog } from '../../server/actions/action-log.ts';
import { createVisitLog } from '../../server/actions/visits.ts';
import { type BillsKeeper, keepBills } from '../../server/bills/bills-keeper.ts';
import { keptBills } from '../../server/bills/kept-bills.ts';
import { createKnownBills } from '../../server/bills/see-bills.ts';
import { calendarDay } from '../../server/calendar.ts';
import type { Campaign } from '../../server/campaigns/campaign.ts';
import { keepCampaigns } from '../../server/campaigns/campaigns-keeper.ts';
import { fixedCampaigns } from '../../server/campaigns/live-campaigns.ts';
import { createPreviewTokens } from '../../server/campaigns/preview-token.ts';
import { readCampaigns } from '../../server/campaigns/read-campaigns.ts';
import { correctRosters } from '../../server/legislators/corrected-rosters.ts';
import { keepCorrections } from '../../server/legislators/corrections-keeper.ts';
import { createFinder } from '../../server/legislators/finder.ts';
import { createGeocoder } from '../../server/legislators/geocoder.ts';
import { startKeeper } from '../../server/legislators/keeper.ts';
import { keptRosters } from '../../server/legislators/kept-rosters.ts';
import { openRosters } from '../../server/legislators/open-rosters.ts';
import { createOpenStates } from '../../server/legislators/openstates-client.ts';
import { createPointLookup } from '../../server/legislators/point-lookup.ts';
import { createRequestBudget } from '../../server/legislators/request-budget.ts';
import { stateFacts } from '../../server/legislators/states.ts';
import { createLog } from '../../server/log.ts';
import { type MailSettings, openMail } from '../../server/mail/open-mail.ts';
import type { Seal } from '../../server/mail/sealed.ts';
import { measureAges } from '../../server/metrics/ages.ts';
import { gatherMetrics } from '../../server/metrics/gather.ts';
import {
  meterActionLog,
  meterFinder,
  meterGeocoder,
  meterLog,
  meterOpenStates,
  meterSender,
} from '../../server/metrics/metered.ts';
import { createMetrics } from '../../server/metrics/metrics.ts';
import { measureStored } from '../../server/metrics/stored.ts';
import { keepReportLink } from '../../server/reports/report-link-queries.ts';
import { createReportTokens } from '../../server/reports/report-token.ts';
import { askingStore } from '../../server/start/asking-store.ts';
import { openStore, type Store } from '../../server/store/open-store.ts';
import { createApp } from '../../server/web/app.ts';
import { addresseesIn, isUnderWay } from '../../server/web/letter-addressee.ts';
import type { Parts, WebSettings } from '../../server/web/parts.ts';
import { createProofOfWork } from '../../server/web/proof-of-work.ts';
import { createRequestIds } from '../../server/web/request-ids.ts';
import { openSharing } from '../../server/web/sharing.ts';
import { openLocales } from '../../server/words/locale.ts';
import { type Client, createClient } from './client.ts';
import { STUB_KEY } from './stub-openstates.ts';

const SECRETS = ['a secret for tests alone, 32 characters'];

export const ROOT = join(import.meta.dirname, '../..');

/** What a test may change about the app; the rest is as `start` wires it. */
export interface TestAppOptions {
  campaigns_dir?: string;
  /** How often to see whether campaigns have changed; without it they stay as they were at the start. */
  campaigns_every_ms?: number;
  data_dir?: string;
  /** Another database than a SQLite file of its own. */
  database_url?: string;
  allow_sample?: boolean;
  sample_dir?: string;
  /** Where the strings of the interface are, where not in views/locales. */
  locales_dir?: string;
  geocoder_url?: string;
  /** With a key: its address, and what it allows. */
  openstates?: {
    url: string;
    key?: string;
    per_minute?: number;
    per_day?: number;
    /** Whether bills are fetched too, as they are where PULL is auto. */
    syncs_bills?: boolean;
  };
  /** Where rosters and boundaries are pulled from; without it none are, but for boundaries where there is a key. */
  sources?: { people_url: string; boundaries_url: string; zip_districts_url: string };
  now?: () => Date;
  settings?: Partial<WebSettings>;
  /** Of the letters that the server sends: without it they are put into a folder, as MAIL_MODE=preview does. */
  mail?: Partial<MailSettings>;
  /** Puts other parts in place, for faults that only a part itself can have. */
  parts?: (parts: Parts) => Partial<Parts>;
}

export interface TestApp extends Client {
  url: string;
  parts: Parts;
  bills_keeper: BillsKeeper;
  store: Store;
  /** Opens and erases what supporters handed over. */
  seal: Seal;
  /** Sends what is due now, until nothing is; gives back how many mails that were. */
  sendMail: () => Promise<number>;
  /** Ends and erases letters that have had their time. */
  sweepMail: () => Promise<void>;
  /** A new link to a report: its token. */
  reportLink: (slug: string, partner?: string, days?: number) => Promise<string>;
  /** Every line of the log so far. */
  log: string[];
  close: () => Promise<void>;
}

/** The real app on a free local port, with a database of its own in a folder that goes away with it. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-app-'));
  const now = options.now ?? (() => new Date());
  const lines: string[] = [];
  const metrics = createMetrics();
  const log = meterLog(
    createLog('debug', now, (line) => lines.push(line)),
    metrics,
  );
  const campaigns_dir = options.campaigns_dir ?? join(ROOT, 'campaigns');
  const { campaigns } = await readCampaigns(campaigns_dir);
  const data_dir = options.data_dir ?? folder;
  const sample_dir = options.sample_dir ?? join(ROOT, 'sample-data');
  const rosters = await openRosters({
    data_dir,
    sample_dir,
    allow_sample: options.allow_sample ?? true,
  });
  const corrections = await keepCorrections({ campaigns_dir, log, look_every_ms: LOOK_EVERY_MS });
  const bills_keeper = await keepBills({ campaigns, data_dir, log, look_every_ms: LOOK_EVERY_MS });
  const seeBills = createKnownBills();
  const kept_campaigns = options.campaigns_every_ms
    ? await keepCampaigns({
        campaigns_dir,
        log,
        look_every_ms: options.campaigns_every_ms,
        prepare: (list) => bills_keeper.keep(list),
      })
    : undefined;
  const store = await openStore(options.database_url ?? `sqlite:${join(folder, 'statehouse.db')}`);
  // Port 9 (discard) answers nobody: without a stub the geocoder is out of reach, as without a network.
  const census = createGeocoder({
    url: options.geocoder_url ?? 'http://127.0.0.1:9',
    now,
    random: () => 0,
    log,
    ...QUICK,
  });
  const geocoder = meterGeocoder(census, metrics);
  const { per_minute = 10, per_day = 250, key = STUB_KEY, url: openstates_url } = options.openstates ?? {};
  const bare_client =
    openstates_url === undefined
      ? undefined
      : createOpenStates({
          url: openstates_url,
          key,
          budget: createRequestBudget({
            file: join(data_dir, 'openstates-requests.json'),
            per_minute,
            per_day,
            now,
          }),
          now,
          timeout_ms: 300,
        });
  const client = bare_client && meterOpenStates(bare_client, metrics);
  const onUnasked = (why: string) => metrics.noteUpstream('openstates', why);
  let ids = 0;
  const mail = openMail({
    store,
    settings: {
      data_dir,
      database_url: options.database_url ?? '',
      is_production: options.settings?.is_production ?? false,
      sends_mail: false,
      smtp_server: undefined,
      mail_from: undefined,
      dkim: undefined,
      bounce_address: undefined,
      letters_per_hour: 30,
      letters_per_domain_per_hour: 600,
      letters_per_sender_per_day: 10,
      ...options.mail,
    },
    secrets: SECRETS,
    locales: await openLocales(options.locales_dir ?? join(ROOT, 'views/locales')),
    findAddressee: (letter) => addresseesIn(parts)(letter),
    isOpen: (campaign) => isUnderWay(campaign, now()),
    now,
    newId: () => randomBytes(16).toString('base64url'),
    random: () => 0.5,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    log,
    wrapSender: (sender) => meterSender(sender, metrics),
  });
  const sharing = openSharing({
    counts: store.shared,
    secrets: SECRETS,
    now,
    newKey: () => randomBytes(16).toString('base64url'),
  });
  const parts: Parts = {
    campaigns: kept_campaigns ?? fixedCampaigns(campaigns),
    rosters: correctRosters({ rosters, corrections: corrections.read, now, log }),
    knownBills: ({ state, bills }, roster) => {
      const today = calendarDay(now(), stateFacts(state).time_zone);
      return seeBills(bills_keeper.records({ state, bills }), { bills, roster, today });
    },
    admission: { admits: () => true, note: () => undefined },
    finder: meterFinder(
      createFinder({
        geocoder,
        getRoster: rosters.get,
        lookUpPoint: client && createPointLookup({ client, now, log, onUnasked }),
      }),
      metrics,
    ),
    action_ids: createActionIds({ secrets: SECRETS }),
    preview_ids: createActionIds({ secrets: SECRETS, purpose: 'preview-action-id' }),
    preview_tokens: createPreviewTokens({ secrets: SECRETS }),
    action_log: meterActionLog(createActionLog({ store, now, onBatch: metrics.noteBatch }), metrics),
    ...askingStore(store, now),
    visit_log: createVisitLog({ store, now, log }),
    letters: mail.letters,
    letter_tokens: mail.letter_tokens,
    proof_of_work: createProofOfWork({ secrets: SECRETS, now, random: () => 0, sharing }),
    sharing,
    report_tokens: createReportTokens({ secrets: SECRETS }),
    metrics,
    readMetrics: gatherMetrics(metrics.registry),
    log,
    now,
    newId: () => `test-id-${String(++ids).padStart(14, '0')}`,
    newRequestId: createRequestIds(randomFillSync),
    random: () => 0,
    settings: {
      base_url: undefined,
      is_production: false,
      data_dir,
      sends_mail: options.mail?.sends_mail ?? false,
      trust_proxy: false,
      metrics_token: undefined,
      lookups_per_minute: 300,
      actions_per_minute: 600,
      letters_per_block_per_hour: 300,
      letters_per_campaign_per_hour: 3000,
      ...options.settings,
    },
  };
  Object.assign(parts, options.parts?.(parts));
  const billsFetched = ({ state, bills }: Campaign) =>
    bills_keeper.records({ state, bills }).map(({ fetched_at }) => fetched_at);
  measureAges(metrics, { campaigns: parts.campaigns, rosters: parts.rosters, billsFetched, now });
  measureStored(metrics, { store, now, log });
  const states = [...new Set(campaigns.map(({ state }) => state))];
  const often = { first_pause_ms: 10, longest_pause_ms: 50, look_every_ms: 20 };
  const tasks = keptRosters({
    states,
    openStates: client,
    rosters,
    settings: { pulls: true, data_dir, boundaries_vintage: undefined, ...NOWHERE, ...options.sources },
    sample_dir,
    now,
    log,
    waits: { first_pause_ms: 5, longest_pause_ms: 2000, silence_ms: 500 },
  });
  // As `start` does: of a draft no bill is fetched by itself.
  const isAsking = ({ status }: { status: string }) => status !== 'draft';
  if (client && options.openstates?.syncs_bills)
    tasks.push(
      ...keptBills({ campaigns: campaigns.filter(isAsking), client, bills_keeper, data_dir, now, log }),
    );
  const keeper = client || options.sources ? startKeeper({ tasks, log, ...often }) : undefined;
  const server = createServer(await createApp(parts, options.locales_dir)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const worker = mail.createWorker(url);
  return {
    ...createClient(url),
    url,
    parts,
    bills_keeper,
    store,
    seal: mail.seal,
    sendMail: async () => {
      let sent = 0;
      for (let more = -1; more !== 0; sent += more) more = await worker.look();
      return sent;
    },
    sweepMail: mail.sweep,
    reportLink: async (campaign_slug, partner = '', days = 90) => {
      const [made, over] = [now(), new Date(now().getTime() + days * 86_400_000)];
      const link = { id: `link${++ids}-test`, campaign_slug, partner, expires_at: over.toISOString() };
      await keepReportLink(store, { ...link, created_at: made.toISOString(), revoked_at: '' });
      return parts.report_tokens.issue(link);
    },
    log: lines,
    close: async () => {
      await keeper?.stop();
      kept_campaigns?.stop();
      corrections.stop();
      bills_keeper.stop();
      server.closeAllConnections();
      server.close();
      await parts.action_log.close();
      await parts.visit_log.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Soon enough for a test that changes a file; most change none, and it is time of theirs that looking takes. */
const LOOK_EVERY_MS = 100;

/** Nobody answers there. */
const NOWHERE = {
  people_url: 'http://127.0.0.1:9/people.tgz',
  boundaries_url: 'http://127.0.0.1:9/{vintage}/{fips}_{layer}.zip',
  zip_districts_url: 'http://127.0.0.1:9/{fips}_{layer}.txt',
};

/** A geocoder that gives up soon, so that tests of outages take no time. */
const QUICK = { timeout_ms: 300, backoff_ms: 10 };
