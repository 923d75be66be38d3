import { sql, type Transaction } from 'kysely';
import type { Store } from '../store/open-store.ts';
import type { Tables, UnknownPartnerCodesTable, VisitTallyTable } from '../store/tables.ts';
import type { TallyScope } from './tally-queries.ts';

/** How often a campaign was come to on one day by way of one partner. */
export type VisitCount = VisitTallyTable;
/** How often links with a code came that no partner of the campaign has. */
export type UnknownCode = UnknownPartnerCodesTable;

type Trx = Transaction<Tables>;

/** Most unknown codes that are kept of a campaign: anybody can make up more. */
export const MOST_CODES = 100;
/** Stands for the codes beyond these, and for what is none: it can't be a code itself. */
export const OTHER_CODES = '…';
/** Parameters of one statement stay far below SQLite's 32,766. */
const ROWS_A_STATEMENT = 500;

/** Adds to the tallies of visits and to the unknown codes, each in the order of its key, as other processes do. */
export async function writeVisits(
  trx: Trx,
  { visits, codes }: { visits: VisitCount[]; codes: UnknownCode[] },
): Promise<void> {
  const rows = visits.toSorted(
    (a, b) =>
      compare(a.campaign_slug, b.campaign_slug) ||
      a.is_sample - b.is_sample ||
      compare(a.partner, b.partner) ||
      compare(a.day, b.day),
  );
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT)
    await trx
      .insertInto('visit_tally')
      .values(rows.slice(from, from + ROWS_A_STATEMENT))
      .onConflict((conflict) =>
        conflict
          .columns(['campaign_slug', 'is_sample', 'partner', 'day'])
          .doUpdateSet({ visits: sql<number>`visit_tally.visits + excluded.visits` }),
      )
      .execute();
  const by_campaign = Map.groupBy(codes, ({ campaign_slug }) => campaign_slug);
  for (const slug of [...by_campaign.keys()].toSorted()) await writeCodes(trx, slug, by_campaign.get(slug)!);
}

/**
 * Adds to the codes of one campaign; those for which there is no room any more go to OTHER_CODES. Whoever counts the same
 * campaign's codes waits: visits by an unknown code are visits without a partner, whose tally has been raised before.
 */
async function writeCodes(trx: Trx, campaign_slug: string, codes: UnknownCode[]): Promise<void> {
  const kept = await trx
    .selectFrom('unknown_partner_codes')
    .where('campaign_slug', '=', campaign_slug)
    .select('code')
    .execute();
  const known = new Set(kept.map(({ code }) => code));
  known.delete(OTHER_CODES);
  for (const one of codes.toSorted((a, b) => compare(a.code, b.code))) {
    const has_room = known.has(one.code) || (one.code !== OTHER_CODES && known.size < MOST_CODES);
    if (has_room) known.add(one.code);
    await addCode(trx, { ...one, code: has_room ? one.code : OTHER_CODES });
  }
}

async function addCode(trx: Trx, code: UnknownCode): Promise<void> {
  await trx
    .insertInto('unknown_partner_codes')
    .values(code)
    .onConflict((conflict) =>
      conflict.columns(['campaign_slug', 'code']).doUpdateSet({
        first_day: sql<string>`case when excluded.first_day < unknown_partner_codes.first_day then excluded.first_day else unknown_partner_codes.first_day end`,
        last_day: sql<string>`case when excluded.last_day > unknown_partner_codes.last_day then excluded.last_day else unknown_partner_codes.last_day end`,
        visits: sql<number>`unknown_partner_codes.visits + excluded.visits`,
      }),
    )
    .execute();
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * The visits to a campaign under every slug that it has or had, by partner ('' for none) and the state's day: earliest first,
 * then by partner. Days without a visit are left out.
 */
export async function readVisits(
  trx: Trx | Store['read'],
  slugs: readonly string[],
  { is_sample, partner }: TallyScope,
): Promise<{ partner: string; day: string; visits: number }[]> {
  const rows = await trx
    .selectFrom('visit_tally')
    .where('campaign_slug', 'in', slugs)
    .where('is_sample', '=', Number(is_sample))
    .$if(partner !== undefined, (query) => query.where('partner', '=', partner!))
    .groupBy(['partner', 'day'])
    .select((eb) => ['partner', 'day', eb.fn.sum('visits').as('visits')])
    .execute();
  return rows
    .map((row) => ({ ...row, visits: Number(row.visits) }))
    .toSorted((a, b) => compare(a.day, b.day) || compare(a.partner, b.partner));
}

/** The codes in links to a campaign that no partner of it had when they came, the most frequent first; OTHER_CODES last. */
export async function readUnknownCodes(
  trx: Trx | Store['read'],
  slugs: readonly string[],
): Promise<Omit<UnknownCode, 'campaign_slug'>[]> {
  const rows = await trx
    .selectFrom('unknown_partner_codes')
    .where('campaign_slug', 'in', slugs)
    .groupBy('code')
    .select((eb) => [
      'code',
      eb.fn.min('first_day').as('first_day'),
      eb.fn.max('last_day').as('last_day'),
      eb.fn.sum('visits').as('visits'),
    ])
    .execute();
  return rows
    .map((row) => ({ ...row, visits: Number(row.visits) }))
    .toSorted(
      (a, b) =>
        Number(a.code === OTHER_CODES) - Number(b.code === OTHER_CODES) ||
        b.visits - a.visits ||
        compare(a.code, b.code),
    );
}
