import { atOneMoment } from '../store/one-moment.ts';
import type { Store } from '../store/open-store.ts';
import {
  ACTION_TYPES,
  type Action,
  type ActionType,
  COMPLETED,
  STATUS_CODES,
  type StatusCode,
} from './action.ts';
import { statusKey } from './tallies.ts';
import {
  readCorrectionShares,
  readCorrections,
  readTallies,
  readTally,
  type Tallies,
  type TallyScope,
} from './tally-queries.ts';

/** What a campaign publishes of its actions. Every number comes from the tallies, read at one moment. */
export interface Totals {
  schema_version: 1;
  campaign_slug: string;
  /** ISO date and time in UTC. */
  as_of: string;
  /** True for numbers made on sample pages: never mixed with real ones. */
  is_sample: boolean;
  goal: number;
  /** self_reported + server_accepted + offline */
  completed_actions: number;
  /** Calls and e-mails that supporters say they completed. */
  self_reported: number;
  /** E-mails that our server sent and the receiving server accepted. */
  server_accepted: number;
  /** Entered by organizers. */
  offline: number;
  /** Every status of every type, of whatever origin, completed or not. */
  by_type: Record<ActionType, Record<string, number>>;
  /** The state's days, earliest first; days without an action are left out. */
  by_day: { day: string; completed_actions: number }[];
  by_legislator: { legislator_id: string; completed_actions: number }[];
  /** '' stands for no partner. */
  by_partner: { partner: string; completed_actions: number }[];
  /** By the language of the page. */
  by_language: { language: string; completed_actions: number }[];
  /** By the language of what was said or sent. */
  by_message_language: { language: string; completed_actions: number }[];
  /** What was taken out of these numbers, or put back, earliest first. */
  corrections: Correction[];
}

/** A dated change to what was counted, as everyone sees it. */
export interface Correction {
  id: string;
  /** 'exclude' took actions out, 'readmit' put those of an earlier correction back. */
  kind: 'exclude' | 'readmit';
  /** ISO date and time in UTC. */
  made_at: string;
  reason: string;
  /** By how much the completed actions changed: below zero where there are fewer since. In a partner's, those of its own. */
  completed_actions: number;
}

/** What was completed with one variant of a message. */
export interface VariantCount {
  type: ActionType;
  /** Name after @; '' for what has none. */
  variant: string;
  completed_actions: number;
}

/** How many actions came to one outcome, completed or not. */
export interface StatusCount {
  origin: Action['origin'];
  type: ActionType;
  status_code: StatusCode;
  is_completed: boolean;
  actions: number;
}

/** What organizers see: the published totals, and what stays theirs. */
export interface ReportTotals extends Totals {
  /** Every outcome of which there is any, those of the web and those entered by organizers apart. */
  by_status: StatusCount[];
  /** The divisions whose legislators were contacted: districts, or the state where it is not known which. */
  by_division: { division_id: string; completed_actions: number }[];
  by_variant: VariantCount[];
}

/** Whose totals are read, and when: those of one partner alone where it is named ('' for what none is credited with). */
export interface TotalsRequest extends TallyScope {
  now: Date;
}

/** A campaign whose actions are counted, under every slug that it has or had. */
export interface CountedCampaign {
  slug: string;
  goal: number;
  former_slugs?: readonly string[] | undefined;
}

/** Every slug under which a campaign's actions were counted. */
export function slugsOf({ slug, former_slugs = [] }: CountedCampaign): string[] {
  return [slug, ...former_slugs];
}

/** Reads a campaign's totals, of real actions or of sample ones. */
export async function readTotals(
  { read }: Pick<Store, 'read'>,
  campaign: CountedCampaign,
  request: TotalsRequest,
): Promise<Totals> {
  const {
    by_status: _,
    by_division: __,
    by_variant: ___,
    ...totals
  } = await readReportTotals({ read }, campaign, request);
  return totals;
}

/** Reads the same with what is for organizers alone, all at one moment. */
export async function readReportTotals(
  { read }: Pick<Store, 'read'>,
  campaign: CountedCampaign,
  request: TotalsRequest,
): Promise<ReportTotals> {
  return atOneMoment(read, (trx) => reportTotalsAt(trx, campaign, request));
}

/** The same of a moment that is read already. */
export async function reportTotalsAt(
  trx: Parameters<typeof readTallies>[0],
  campaign: CountedCampaign,
  request: TotalsRequest,
): Promise<ReportTotals> {
  const slugs = slugsOf(campaign);
  const tallies = await readTallies(trx, slugs, request);
  // Corrections are of real actions: what was tried on samples is nobody's figure.
  const corrections = request.is_sample ? [] : (await readCorrections(trx, slugs)).map(publicCorrection);
  const totals = totalsOf(tallies, campaign, request);
  if (request.partner === undefined) return { ...totals, corrections };
  const shares = await readCorrectionShares(trx, slugs, request.partner);
  return {
    ...totals,
    corrections: corrections.flatMap((one) =>
      shares.has(one.id) ? [{ ...one, completed_actions: shares.get(one.id)! }] : [],
    ),
  };
}

/** How many actions a campaign completed, and nothing else: for pages that many look at. */
export async function readCompleted(
  { read }: Pick<Store, 'read'>,
  campaign: CountedCampaign,
  is_sample: boolean,
): Promise<number> {
  return completedOf(await readTally(read, 'tally_by_status', slugsOf(campaign), { is_sample }));
}

type StatusTally = { key: string; actions: number }[];

const COMPLETED_KEYS = (['web', 'offline'] as const).flatMap((origin) =>
  ACTION_TYPES.flatMap((type) =>
    STATUS_CODES[type]
      .filter((status_code) => COMPLETED.includes(status_code))
      .map((status_code) => statusKey({ origin, type, status_code })),
  ),
);

function completedOf(tally: StatusTally, only = ''): number {
  return tally
    .filter(({ key }) => key.startsWith(only) && COMPLETED_KEYS.includes(key))
    .reduce((sum, { actions }) => sum + actions, 0);
}

function publicCorrection({
  id,
  kind,
  made_at,
  reason,
  completed_actions,
}: Awaited<ReturnType<typeof readCorrections>>[number]): Correction {
  return { id, kind: kind as Correction['kind'], made_at, reason, completed_actions };
}

function totalsOf(
  tallies: Tallies,
  campaign: CountedCampaign,
  { is_sample, now }: TotalsRequest,
): Omit<ReportTotals, 'corrections'> {
  const by_status = tallies.of('tally_by_status');
  const numbers = new Map(by_status.map(({ key, actions }) => [key, actions]));
  const count = (
    origin: 'web' | 'offline',
    type: ActionType,
    status_code: (typeof STATUS_CODES)[ActionType][number],
  ) => numbers.get(statusKey({ origin, type, status_code })) ?? 0;
  const server_accepted = count('web', 'email', 'accepted');
  const by_type = Object.fromEntries(
    ACTION_TYPES.map((type) => [
      type,
      Object.fromEntries(
        STATUS_CODES[type].map((status) => [
          status,
          count('web', type, status) + count('offline', type, status),
        ]),
      ),
    ]),
  ) as Totals['by_type'];
  return {
    schema_version: 1,
    campaign_slug: campaign.slug,
    as_of: now.toISOString(),
    is_sample,
    goal: campaign.goal,
    completed_actions: completedOf(by_status),
    self_reported: completedOf(by_status, 'web/') - server_accepted,
    server_accepted,
    offline: completedOf(by_status, 'offline/'),
    by_type,
    by_day: byKey(tallies.of('tally_by_day')).map(([day, completed_actions]) => ({ day, completed_actions })),
    by_legislator: mostFirst(tallies.of('tally_by_legislator')).map(([legislator_id, completed_actions]) => ({
      legislator_id,
      completed_actions,
    })),
    by_partner: mostFirst(completedByPartner(tallies.status_by_partner)).map(
      ([partner, completed_actions]) => ({ partner, completed_actions }),
    ),
    by_language: mostFirst(tallies.of('tally_by_language')).map(([language, completed_actions]) => ({
      language,
      completed_actions,
    })),
    by_message_language: mostFirst(tallies.of('tally_by_message_language')).map(
      ([language, completed_actions]) => ({ language, completed_actions }),
    ),
    by_status: byKey(by_status).map(([key, actions]) => {
      const [origin, type, status_code] = key.split('/') as [Action['origin'], ActionType, StatusCode];
      return { origin, type, status_code, is_completed: COMPLETED.includes(status_code), actions };
    }),
    by_division: mostFirst(tallies.of('tally_by_division')).map(([division_id, completed_actions]) => ({
      division_id,
      completed_actions,
    })),
    by_variant: byKey(tallies.of('tally_by_variant')).map(([key, completed_actions]) => {
      const [type, variant = ''] = key.split('@') as [ActionType, string?];
      return { type, variant, completed_actions };
    }),
  };
}

function completedByPartner(rows: Tallies['status_by_partner']): { key: string; actions: number }[] {
  return Object.entries(Object.groupBy(rows, ({ partner }) => partner))
    .map(([partner, tally = []]) => ({ key: partner, actions: completedOf(tally) }))
    .filter(({ actions }) => actions !== 0);
}

function byKey(tally: StatusTally): [string, number][] {
  return tally
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, actions }): [string, number] => [key, actions]);
}

function mostFirst(tally: StatusTally): [string, number][] {
  return tally
    .toSorted((a, b) => b.actions - a.actions || (a.key < b.key ? -1 : 1))
    .map(({ key, actions }): [string, number] => [key, actions]);
}
