import { randomBytes, randomFillSync, randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createActionIds } from '../actions/action-id.ts';
import { createActionLog } from '../actions/action-log.ts';
import { recountDue } from '../actions/tally-check-queries.ts';
import { createVisitLog } from '../actions/visits.ts';
import { keepBills } from '../bills/bills-keeper.ts';
import { createKnownBills } from '../bills/see-bills.ts';
import { calendarDay } from '../calendar.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { keepCampaigns } from '../campaigns/campaigns-keeper.ts';
import { createPreviewTokens } from '../campaigns/preview-token.ts';
import { closerOf } from '../close-server.ts';
import { inheritedSocket } from '../inherited-socket.ts';
import { correctRosters } from '../legislators/corrected-rosters.ts';
import { keepCorrections } from '../legislators/corrections-keeper.ts';
import { createFinder } from '../legislators/finder.ts';
import { openRosters } from '../legislators/open-rosters.ts';
import { stateFacts, zoneOfDivision } from '../legislators/states.ts';
import { createLog } from '../log.ts';
import { joinLines } from '../log-lines.ts';
import { TIME_LIMITS } from '../mail/letter-states.ts';
import { tellMailMode } from '../mail/mail-mode.ts';
import { openMail } from '../mail/open-mail.ts';
import { measureAges } from '../metrics/ages.ts';
import { gatherMetrics } from '../metrics/gather.ts';
import { meterActionLog, meterFinder, meterLog, meterSender } from '../metrics/metered.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { measureStored } from '../metrics/stored.ts';
import { createReportTokens } from '../reports/report-token.ts';
import {
  checkDataDir,
  keptSecret,
  missingForLinks,
  missingForMail,
  readEnvironment,
  readSettings,
  SettingsError,
} from '../settings.ts';
import { openStore } from '../store/open-store.ts';
import { createApp } from '../web/app.ts';
import { addresseesIn, isUnderWay } from '../web/letter-addressee.ts';
import { createProofOfWork } from '../web/proof-of-work.ts';
import { createRequestIds } from '../web/request-ids.ts';
import { openSharing } from '../web/sharing.ts';
import { watchLoad } from '../web/watch-load.ts';
import { openLocales } from '../words/locale.ts';
import { askingStore } from './asking-store.ts';
import { randomIds } from './random-ids.ts';
import { statesOf } from './states-of.ts';
import { createCampaignTeller } from './tell-of-campaigns.ts';
import { openUpstream } from './upstream.ts';

/** Whoever writes a campaign wants to see it at once; a server need not look at the disk so often. */
const LOOK_IN_DEVELOPMENT_MS = 300;
/** How long open requests may take to end once a stop is asked for: longer than any lookup takes. */
const STOP_WITHIN_MS = 15_000;
/** How long mails that are on their way may take: longer than any one is given. */
const MAIL_STOPS_WITHIN_MS = TIME_LIMITS.send_ms + 10_000;

const now = () => new Date();
const newSecret = () => randomBytes(32).toString('base64url');
/** As Math.random, which can be guessed from what it gave before. */
const unguessable = () => randomInt(2 ** 32) / 2 ** 32;
const newId = randomIds();

/** A web process that listens. */
export interface Serving {
  /** Does from now on what one process of a machine does for all of them. */
  takeDuties: () => void;
  /** Takes no more connections, answers what is under way, and closes everything. */
  stop: () => Promise<void>;
}

/**
 * Opens everything of one web process and listens. `supervisor` is the process that forked it, where one did: that one
 * holds the socket.
 */
export async function serve({ supervisor }: { supervisor?: number } = {}): Promise<Serving> {
  const environment = readEnvironment();
  const settings = readSettings(environment);
  const missing = [...missingForMail(settings), ...missingForLinks(settings)];
  if (missing.length > 0) throw new SettingsError(missing);
  checkDataDir(settings.data_dir);
  const metrics = createMetrics({ with_process: true });
  const lines = joinLines((text) => process.stdout.write(text), setImmediate);
  process.on('exit', lines.flush);
  const who = supervisor === undefined ? {} : { pid: process.pid };
  const log = meterLog(createLog(settings.log_level, now, lines.write, who), metrics);

  // Opened while campaigns are read; what goes wrong is told where it is awaited.
  const opening = openStore(settings.database_url);
  opening.catch(() => undefined);
  const { campaigns_dir, data_dir } = settings;
  const sample_dir = join(import.meta.dirname, '../../sample-data');
  const rosters = await openRosters({
    data_dir,
    sample_dir,
    allow_sample: !settings.is_production,
    states: [],
  });
  const corrections = await keepCorrections({ campaigns_dir, log });
  const corrected = correctRosters({ rosters, corrections: corrections.read, now, log });
  const bills_keeper = await keepBills({ campaigns: [], data_dir, log });
  const seeBills = createKnownBills();

  /** Told once there is something to keep the rosters and bills of changed campaigns with. */
  let follow: ((list: readonly Campaign[]) => void) | undefined;
  const tellOfCampaigns = createCampaignTeller({
    rosters: corrected,
    damaged: rosters.damaged,
    settings,
    log,
  });
  const campaigns = await keepCampaigns({
    campaigns_dir,
    log,
    ...(settings.is_production ? {} : { look_every_ms: LOOK_IN_DEVELOPMENT_MS }),
    prepare: async (list) => {
      const faults = await rosters.open(statesOf(list));
      for (const { message } of faults) log('error', 'roster_fault', { message });
      await bills_keeper.keep(list);
    },
    onChange: (list) => {
      tellOfCampaigns(list);
      follow?.(list);
    },
  });

  const secrets = settings.secrets.length > 0 ? settings.secrets : [keptSecret(settings.data_dir, newSecret)];
  const store = await opening;
  const recounted = await recountDue(store, zoneOfDivision);
  if (recounted.length > 0) log('info', 'recounted', { slugs: recounted });
  const sharing = openSharing({ counts: store.shared, secrets, now, newKey: newSecret });
  const action_log = meterActionLog(createActionLog({ store, now, onBatch: metrics.noteBatch }), metrics);
  const visit_log = createVisitLog({ store, now, log });
  const { geocoder, openStates, lookUpPoint } = openUpstream({ settings, metrics, now, log });

  const mail = openMail({
    store,
    settings,
    secrets,
    locales: await openLocales(join(import.meta.dirname, '../../views/locales')),
    findAddressee: addresseesIn({ campaigns, rosters: corrected, now }),
    isOpen: (campaign) => isUnderWay(campaign, now()),
    now,
    newId,
    random: Math.random,
    wait,
    log,
    wrapSender: (sender) => meterSender(sender, metrics),
  });
  measureAges(metrics, {
    campaigns,
    rosters: corrected,
    billsFetched: ({ state, bills }) =>
      bills_keeper.records({ state, bills }).map(({ fetched_at }) => fetched_at),
    now,
  });
  measureStored(metrics, { store, now, log });
  const admission = watchLoad({ delay_ms: settings.overload_delay_ms, log });
  const app = await createApp({
    campaigns,
    rosters: corrected,
    // Whether a seat is vacant is a hint for it only beside what OpenStates says of a place: uncorrected, both are of one mind.
    knownBills: ({ state, bills }, roster) => {
      const today = calendarDay(now(), stateFacts(state).time_zone);
      return seeBills(bills_keeper.records({ state, bills }), { bills, roster, today });
    },
    admission,
    finder: meterFinder(createFinder({ geocoder, getRoster: rosters.get, lookUpPoint }), metrics),
    action_ids: createActionIds({ secrets }),
    preview_ids: createActionIds({ secrets, purpose: 'preview-action-id' }),
    preview_tokens: createPreviewTokens({ secrets }),
    ...askingStore(store, now),
    action_log,
    visit_log,
    letters: mail.letters,
    letter_tokens: mail.letter_tokens,
    proof_of_work: createProofOfWork({ secrets, now, random: unguessable, sharing }),
    sharing,
    report_tokens: createReportTokens({ secrets }),
    metrics,
    readMetrics: gatherMetrics(metrics.registry),
    log,
    now,
    newId,
    newRequestId: createRequestIds(randomFillSync),
    random: Math.random,
    settings,
  });

  const fd = inheritedSocket(environment, supervisor ?? process.pid);
  // Not imported: an import of node:http loads undici as well, and a start would wait for it.
  const { createServer } = process.getBuiltinModule('node:http');
  const server = createServer(app).listen(fd === undefined ? { port: settings.port } : { fd });
  const close = closerOf(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  log('info', 'listening', { at: `http://localhost:${port}`, base_url: settings.base_url });

  await mail.begin(settings.base_url ?? `http://localhost:${port}`);
  void tellMailMode({ ...settings, log });

  // What fetches and publishes is loaded while pages are served already.
  const { keepUp } = await import('./keep-up.ts');
  const duties = keepUp({
    campaigns,
    rosters,
    bills_keeper,
    openStates,
    store,
    settings,
    sample_dir,
    now,
    log,
  });
  follow = duties.follow;

  const stop = async () => {
    log('info', 'stopping');
    campaigns.stop();
    corrections.stop();
    bills_keeper.stop();
    // A mail that is on its way is waited for: cut off, it might go twice.
    const mail_stopped = Promise.race([mail.stop(), wait(MAIL_STOPS_WITHIN_MS)]);
    await Promise.all([close(STOP_WITHIN_MS), duties.stop(), mail_stopped]);
    admission.stop();
    await Promise.all([action_log.close(), visit_log.close()]);
    await store.close();
  };
  return { takeDuties: duties.take, stop };
}
