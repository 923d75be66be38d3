import { z } from 'zod';
import { readCorrections } from '../actions/tally-queries.ts';
import { type Correction, type CountedCampaign, slugsOf } from '../actions/totals.ts';
import { calendarDay, daysAfter } from '../calendar.ts';
import { atOneMoment } from '../store/one-moment.ts';
import type { Store } from '../store/open-store.ts';
import type { PublishedTablesTable } from '../store/tables.ts';
import type { DayCounts } from './day-counts.ts';
import { firstDay, insertPublished, readDay, readPublishedRows } from './published-queries.ts';
import {
  isEnoughKept,
  newStanding,
  PUBLISHED_TABLES,
  type Slice,
  type Standing,
  takeInDay,
} from './slices.ts';

/** A day is over a while after its midnight: what was done before it may still be on its way to the log. */
const SETTLES_MS = 15 * 60_000;
/** Rows that one statement holds: its parameters stay far below SQLite's 32,766. */
const MOST_ROWS = 500;

const legislatorSchema = z.object({ legislator_id: z.string(), completed_actions: z.int() });
const partnerSchema = z.object({ partner: z.string(), division_id: z.string(), completed_actions: z.int() });
const cellsSchema = z.object({ is_kept_back: z.boolean(), shown: z.array(z.unknown()) });

/** A slice as it was published; never changed. */
export type PublishedSlice = Slice & {
  /** ISO date and time in UTC. */
  published_at: string;
};

/** All that is published of a campaign in two dimensions. */
export interface PublishedTables {
  /** The first days, of which no number is ever shown; undefined until there is enough. */
  kept_back: { first_day: string; last_day: string } | undefined;
  /** Earliest first. */
  slices: PublishedSlice[];
  /** Changes to the totals since the first of them, earliest first: what was published before each stays as it was. */
  corrections: Correction[];
}

/** Reads what was published, for a page as for programs. Of sample actions nothing ever is. */
export async function readPublished(
  { read }: Pick<Store, 'read'>,
  campaign: CountedCampaign,
  is_sample = false,
): Promise<PublishedTables> {
  if (is_sample) return { kept_back: undefined, slices: [], corrections: [] };
  return atOneMoment(read, async (trx) => {
    const published = publishedFrom(await readPublishedRows(trx, slugsOf(campaign)));
    const since = published.slices[0]?.published_at;
    const all = since === undefined ? [] : await readCorrections(trx, slugsOf(campaign));
    const corrections = all
      .filter(({ made_at }) => made_at > since!)
      .map(({ id, kind, made_at, reason, completed_actions }): Correction => {
        return { id, kind: kind as Correction['kind'], made_at, reason, completed_actions };
      });
    return { ...published, corrections };
  });
}

/**
 * Publishes what is due of a campaign: of each table the days that are over in the state's zone, as far as their slices close
 * (`takeInDay`). Real actions alone, without what corrections have taken out so far. Several processes may do it at once, and
 * one that was stopped begins again: each slice is written once. Gives back the slices that are new; none where another
 * process was first.
 */
export async function publishDue({
  store,
  campaign,
  time_zone,
  now,
}: {
  store: Store;
  campaign: CountedCampaign;
  time_zone: string;
  now: Date;
}): Promise<Slice[]> {
  const slugs = slugsOf(campaign);
  const last = lastDayOver(now, time_zone);
  const rows = await readPublishedRows(store.read, slugs);
  const read = (day: string) => readDay(store, slugs, { day, time_zone });
  let { standing, next } = await standingAfter(publishedFrom(rows), read);
  next ??= await firstDay(store, slugs, time_zone);
  if (next === undefined) return [];

  const was_kept = rows.length > 0;
  const slices: Slice[] = [];
  for (let day = next; day <= last; day = daysAfter(day, 1)) {
    const after = takeInDay(standing, await read(day));
    standing = after.standing;
    slices.push(...after.slices);
  }
  const { kept_back } = standing;
  const kept = !was_kept && kept_back && isEnoughKept(kept_back.counts) ? [kept_back] : [];
  const base = { campaign_slug: campaign.slug, published_at: now.toISOString() };
  const fresh = [
    ...kept.flatMap(({ first_day, last_day }) =>
      PUBLISHED_TABLES.map((name) => ({ ...base, name, first_day, last_day, cells: cellsText([], true) })),
    ),
    ...slices.map(({ cells, ...slice }) => ({ ...base, ...slice, cells: cellsText(cells, false) })),
  ].slice(0, MOST_ROWS);
  if (fresh.length === 0) return [];
  const is_written = await insertPublished(store, slugs, { rows: fresh, known: rows.length });
  return is_written ? slices.slice(0, fresh.length - kept.length * PUBLISHED_TABLES.length) : [];
}

/** The last of the state's days that is over: YYYY-MM-DD. */
export function lastDayOver(now: Date, time_zone: string): string {
  return daysAfter(calendarDay(new Date(now.getTime() - SETTLES_MS), time_zone), -1);
}

/** How far the tables have come, and the first day that is not taken in; undefined where nothing is published. */
async function standingAfter(
  { kept_back, slices }: Pick<PublishedTables, 'kept_back' | 'slices'>,
  read: (day: string) => Promise<DayCounts>,
): Promise<{ standing: Standing; next: string | undefined }> {
  if (!kept_back) return { standing: newStanding(), next: undefined };
  const days = async (first: string, last: string) => {
    const list: DayCounts[] = [];
    for (let day = first; day <= last; day = daysAfter(day, 1)) list.push(await read(day));
    return list;
  };
  const columns = slices.flatMap((slice) => (slice.name === 'legislator_by_day' ? [slice] : []));
  const partners = slices.filter(({ name }) => name === 'partner_by_division');
  const column_end = columns.at(-1)?.last_day ?? kept_back.last_day;
  const slice_end = partners.at(-1)?.last_day ?? kept_back.last_day;
  const kept = await days(kept_back.first_day, kept_back.last_day);
  // A slice of partners may end on a day without an action that no column of legislators holds yet.
  const end = [column_end, slice_end].toSorted().at(-1)!;
  const standing: Standing = {
    kept_back: { ...kept_back, counts: kept.flatMap(({ counts }) => counts), is_settled: true },
    has_columns: columns.length > 0,
    has_slices: partners.length > 0,
    open_column: await days(daysAfter(column_end, 1), end),
    open_slice: await days(daysAfter(slice_end, 1), end),
    columns: columns
      .filter(({ last_day }) => last_day > slice_end)
      .map(({ first_day, last_day, cells }) => ({
        first_day,
        last_day,
        legislators: new Set(cells.map(({ legislator_id }) => legislator_id)),
      })),
  };
  return { standing, next: daysAfter(end, 1) };
}

function cellsText(shown: Slice['cells'], is_kept_back: boolean): string {
  return JSON.stringify({ is_kept_back, shown } satisfies z.infer<typeof cellsSchema>);
}

function publishedFrom(rows: PublishedTablesTable[]): Pick<PublishedTables, 'kept_back' | 'slices'> {
  const read = rows.map((row) => ({ ...row, ...cellsSchema.parse(JSON.parse(row.cells)) }));
  const kept = read.find(({ is_kept_back }) => is_kept_back);
  return {
    kept_back: kept && { first_day: kept.first_day, last_day: kept.last_day },
    slices: read
      .filter(({ is_kept_back }) => !is_kept_back)
      .map(({ name, first_day, last_day, published_at, shown }): PublishedSlice => {
        const period = { first_day, last_day, published_at };
        return name === 'legislator_by_day'
          ? { name, ...period, cells: z.array(legislatorSchema).parse(shown) }
          : { name: 'partner_by_division', ...period, cells: z.array(partnerSchema).parse(shown) };
      }),
  };
}
