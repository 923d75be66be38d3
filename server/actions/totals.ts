import type { Store } from '../store/open-store.ts';
import type { TallyTableName } from '../store/tables.ts';
import { ACTION_TYPES, type ActionType, COMPLETED, STATUS_CODES } from './action.ts';
import { readTallies } from './action-queries.ts';
import { statusKey } from './tallies.ts';

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
}

/** What was completed with one variant of a message. */
export interface VariantCount {
  type: ActionType;
  /** Name after @; '' for what has none. */
  variant: string;
  completed_actions: number;
}

/** What organizers see: the published totals, and the variants, which stay theirs. */
export interface ReportTotals extends Totals {
  by_variant: VariantCount[];
}

/** Whose totals are read, and when. */
interface TotalsRequest {
  is_sample: boolean;
  now: Date;
}

/** Reads a campaign's totals, of real actions or of sample ones. */
export async function readTotals(
  { read }: Pick<Store, 'read'>,
  campaign: CountedCampaign,
  request: TotalsRequest,
): Promise<Totals> {
  return totalsOf(await readTallies(read, slugsOf(campaign), request.is_sample), campaign, request);
}

/** Reads the same with what is for organizers alone, all at one moment. */
export async function readReportTotals(
  { read }: Pick<Store, 'read'>,
  campaign: CountedCampaign,
  request: TotalsRequest,
): Promise<ReportTotals> {
  const tally = await readTallies(read, slugsOf(campaign), request.is_sample);
  const by_variant = tally('tally_by_variant')
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, actions }) => {
      const [type, variant = ''] = key.split('@') as [ActionType, string?];
      return { type, variant, completed_actions: actions };
    });
  return { ...totalsOf(tally, campaign, request), by_variant };
}

/** A campaign whose actions are counted, under every slug that it has or had. */
interface CountedCampaign {
  slug: string;
  goal: number;
  former_slugs?: readonly string[] | undefined;
}

function slugsOf({ slug, former_slugs = [] }: CountedCampaign): string[] {
  return [slug, ...former_slugs];
}

/** A table's tallies, by its name. */
type Tally = Awaited<ReturnType<typeof readTallies>>;

function totalsOf(tally: Tally, campaign: CountedCampaign, { is_sample, now }: TotalsRequest): Totals {
  const byStatus = new Map(tally('tally_by_status').map(({ key, actions }) => [key, actions]));
  const count = (
    origin: 'web' | 'offline',
    type: ActionType,
    status_code: (typeof STATUS_CODES)[ActionType][number],
  ) => byStatus.get(statusKey({ origin, type, status_code })) ?? 0;
  const completed = (origin: 'web' | 'offline') =>
    ACTION_TYPES.flatMap((type) =>
      STATUS_CODES[type]
        .filter((status) => COMPLETED.includes(status))
        .map((status) => count(origin, type, status)),
    ).reduce((sum, number) => sum + number, 0);

  const server_accepted = count('web', 'email', 'accepted');
  const offline = completed('offline');
  const self_reported = completed('web') - server_accepted;
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
  const most = (table: Exclude<TallyTableName, 'tally_by_status' | 'tally_by_day'>) =>
    tally(table).toSorted((a, b) => b.actions - a.actions || (a.key < b.key ? -1 : 1));

  return {
    schema_version: 1,
    campaign_slug: campaign.slug,
    as_of: now.toISOString(),
    is_sample,
    goal: campaign.goal,
    completed_actions: self_reported + server_accepted + offline,
    self_reported,
    server_accepted,
    offline,
    by_type,
    by_day: tally('tally_by_day')
      .toSorted((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ key, actions }) => ({ day: key, completed_actions: actions })),
    by_legislator: most('tally_by_legislator').map(({ key, actions }) => ({
      legislator_id: key,
      completed_actions: actions,
    })),
    by_partner: most('tally_by_partner').map(({ key, actions }) => ({
      partner: key,
      completed_actions: actions,
    })),
    by_language: most('tally_by_language').map(({ key, actions }) => ({
      language: key,
      completed_actions: actions,
    })),
    by_message_language: most('tally_by_message_language').map(({ key, actions }) => ({
      language: key,
      completed_actions: actions,
    })),
  };
}
