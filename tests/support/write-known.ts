import { sql } from 'kysely';
import type { Action } from '../../server/actions/action.ts';
import { createActionLog, type LogEntry } from '../../server/actions/action-log.ts';
import { ACTION_COLUMNS } from '../../server/actions/action-queries.ts';
import { mendTallies } from '../../server/actions/tally-check-queries.ts';
import { zoneOfDivision } from '../../server/legislators/states.ts';
import type { Store } from '../../server/store/open-store.ts';
import type { KnownReport } from './known-actions.ts';
import { zoneOfSlug } from './known-days.ts';

const GOOD_UNTIL = '2027-01-01T00:00:00.000Z';
/** Forms that are under way at once. */
const AT_ONCE = 2000;

/** Reports each by itself, as supporters' forms do, and tells those that were counted though they should not be, or not though they should. */
export async function logKnown(store: Store, reports: Iterable<KnownReport>): Promise<KnownReport[]> {
  let moment = '';
  const log = createActionLog({ store, now: () => new Date(moment) });
  const wrong: KnownReport[] = [];
  let waiting: Promise<void>[] = [];
  for (const report of reports) {
    // The log looks at the clock as it takes an entry.
    moment = report.moment;
    const logged = log.log(entryOf(report));
    waiting.push(
      logged.then(({ counted }) => {
        if (counted !== report.counts) wrong.push(report);
      }),
    );
    if (waiting.length < AT_ONCE) continue;
    await Promise.all(waiting);
    waiting = [];
  }
  await Promise.all(waiting);
  await log.close();
  return wrong;
}

/** A report as it comes to the log. */
export function entryOf({ action, nonce, block }: KnownReport): LogEntry {
  const { status_code, origin, action_date: _, ...context } = action;
  return {
    context,
    status_code,
    origin,
    nonce,
    expires_at: GOOD_UNTIL,
    time_zone: zoneOfSlug(action.campaign_slug),
    block: block || undefined,
  };
}

/** Rows of one statement. */
const ROWS = 20_000;

/**
 * Appends those of the reports that count to the log without counting them, some thousand at a time: `onWritten` is told how
 * many are written.
 */
export async function insertKnown(
  store: Store,
  reports: Iterable<KnownReport>,
  { isSqlite, onWritten }: { isSqlite: boolean; onWritten?: (rows: number) => void },
): Promise<void> {
  let written = 0;
  for (const part of partsOf(reports)) {
    // Alone, since a statement may then take as long as it needs.
    await store.transaction(
      async (trx) => {
        await insertRows(isSqlite, 'actions', part).execute(trx);
        await insertRows(
          isSqlite,
          'marked_actions',
          part.filter(({ block }) => block !== ''),
        ).execute(trx);
      },
      { exclusive: true },
    );
    written += part.length;
    onWritten?.(written);
  }
}

function* partsOf(reports: Iterable<KnownReport>): Generator<KnownReport[]> {
  let part: KnownReport[] = [];
  for (const report of reports) {
    if (!report.counts || part.push(report) < ROWS) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

function insertRows(isSqlite: boolean, table: 'actions' | 'marked_actions', reports: KnownReport[]) {
  const names = [...ACTION_COLUMNS, ...(table === 'marked_actions' ? ['block'] : [])];
  const json = JSON.stringify(
    reports.map(({ action, block }) =>
      names.map((name) => {
        if (name === 'block') return block;
        return name === 'is_sample' ? Number(action.is_sample) : action[name as keyof Action];
      }),
    ),
  );
  const rows = isSqlite
    ? sql`json_each(${json})`
    : sql`json_array_elements(cast(${json} as json)) as each(value)`;
  const values = names.map((name, index) =>
    name === 'is_sample'
      ? sql`cast(value ->> ${sql.lit(index)} as integer)`
      : sql`value ->> ${sql.lit(index)}`,
  );
  const columns = sql.join(names.map((name) => sql.ref(name)));
  return sql`insert into ${sql.table(table)} (${columns}) select ${sql.join(values)} from ${rows}`;
}

/** Has the product count anew all that is in the log; gives back the slugs of which it counted something else before. */
export function countKnown(store: Store): Promise<string[]> {
  return store.transaction((trx) => mendTallies(trx, { timeZoneOf: zoneOfDivision }), { exclusive: true });
}
