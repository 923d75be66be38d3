import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { Store } from '../store/open-store.ts';
import type { Tables } from '../store/tables.ts';
import { writeTogether } from '../store/write-together.ts';
import { type Action, COMPLETED } from './action.ts';
import { type TallyChanges, tallyChanges } from './tallies.ts';

/** An action together with the form that reports it. */
export interface ReportedAction {
  action: Action;
  day: string;
  nonce: string;
  expires_at: string;
  /** Name of the block of addresses that sent it, where that has sent very many that day. */
  block?: string | undefined;
}

type Trx = Transaction<Tables>;

/** The columns of an action, in the log as in every table that holds actions. */
export const ACTION_COLUMNS = [
  'campaign_slug',
  'type',
  'status_code',
  'legislator_id',
  'division_id',
  'partner',
  'page_language',
  'message_language',
  'variant',
  'origin',
  'is_sample',
  'action_date',
] as const satisfies (keyof Tables['actions'])[];

/** Parameters of one statement stay far below SQLite's 32,766. */
const ROWS_A_STATEMENT = 500;
/** Marks that one transaction looks at, and forgets where they have expired: a moment's work. */
export const LOOKED_AT_ONCE = 5000;

/**
 * Writes a batch of reported actions: spends their ids, appends those that count, raises the tallies.
 * The same id and status count once; an id counts at most once as completed. Gives back, in order, which ones counted.
 */
export async function writeActions(trx: Trx, batch: ReportedAction[]): Promise<boolean[]> {
  const marks = batch.map(marksOf);
  const wanted = new Map(marks.flat().map((mark) => [markKey(mark), mark]));
  const fresh = await spend(trx, [...wanted.values()]);
  const counted = marks.map((own) => {
    const keys = own.map(markKey);
    const counts = keys.every((key) => fresh.has(key));
    // Spent now: a second report of the same batch finds nothing left.
    for (const key of keys) fresh.delete(key);
    return counts;
  });
  const rows = batch.filter((_, index) => counted[index]);
  const marked = rows.flatMap((row) => (row.block ? [{ ...valuesOf(row), block: row.block }] : []));
  await writeTogether(trx, [
    ...parts(rows).map((part) => trx.insertInto('actions').values(part.map(valuesOf))),
    ...parts(marked).map((part) => trx.insertInto('marked_actions').values(part)),
    ...raisedTallies(trx, tallyChanges(rows.map(({ action, day }) => ({ action, day, count: 1 })))),
  ]);
  return counted;
}

/** Appends one action and raises the tallies, whatever its form has reported: what makes it count once is the caller's business. */
export async function appendAction(trx: Trx, action: Action, day: string): Promise<void> {
  await trx
    .insertInto('actions')
    .values({ ...action, is_sample: Number(action.is_sample) })
    .execute();
  await raiseTallies(trx, tallyChanges([{ action, day, count: 1 }]));
}

/** The one completion of a form, under the id that `formMarkId` gives. */
const COMPLETION = 'completed';

/** The id under which the marks of a form are kept: a hash of its random number. */
export function formMarkId(nonce: string): string {
  return createHash('sha256').update(nonce).digest('base64url');
}

/** Whether the one completion of a form is spent: an action was counted as completed with it, or it was taken. */
export async function isCompletionSpent(trx: Pick<Trx, 'selectFrom'>, id: string): Promise<boolean> {
  const mark = await trx
    .selectFrom('spent_action_ids')
    .where('id', '=', id)
    .where('mark', '=', COMPLETION)
    .select('id')
    .executeTakeFirst();
  return mark !== undefined;
}

/** Takes the one completion of a form for what the server itself will complete; false where it is spent. */
export async function takeCompletion(trx: Trx, id: string, expires_at: string): Promise<boolean> {
  const taken = await trx
    .insertInto('spent_action_ids')
    .values({ id, mark: COMPLETION, expires_at: endOfDay(expires_at) })
    .onConflict((conflict) => conflict.columns(['id', 'mark']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return taken !== undefined;
}

/** Gives it back: what the supporter then does by themself counts, also where they reported it in vain before. */
export async function giveBackCompletion(trx: Trx, id: string): Promise<void> {
  await trx
    .deleteFrom('spent_action_ids')
    .where('id', '=', id)
    .where('mark', 'in', [COMPLETION, 'sent'])
    .execute();
}

function valuesOf({ action }: ReportedAction) {
  return { ...action, is_sample: Number(action.is_sample) };
}

/** What was reported with a form's id. */
interface Mark {
  id: string;
  mark: string;
  expires_at: string;
}

/** What a report spends: its outcome and, where that completes the action, the id's one completion. */
function marksOf({ action, ...form }: ReportedAction): Mark[] {
  const spent = spentMark(form, action.status_code);
  return COMPLETED.includes(action.status_code) ? [spent, { ...spent, mark: COMPLETION }] : [spent];
}

/** The row that says what was reported with a form's id: it leads back to no form. */
export function spentMark(
  { nonce, expires_at }: Pick<ReportedAction, 'nonce' | 'expires_at'>,
  mark: string,
): Mark {
  return { id: formMarkId(nonce), mark, expires_at: endOfDay(expires_at) };
}

/** Kept to the end of the day: the second at which a form was drawn would lead to its visit. */
function endOfDay(moment: string): string {
  return `${moment.slice(0, 10)}T23:59:59.999Z`;
}

function markKey({ id, mark }: Mark): string {
  return `${id}/${mark}`;
}

/** Inserts marks, sorted by key, and gives back those that were not there. */
async function spend(trx: Trx, marks: Mark[]): Promise<Set<string>> {
  const fresh = new Set<string>();
  for (const part of parts(marks.toSorted((a, b) => (markKey(a) < markKey(b) ? -1 : 1)))) {
    const inserted = await trx
      .insertInto('spent_action_ids')
      .values(part)
      .onConflict((conflict) => conflict.columns(['id', 'mark']).doNothing())
      .returningAll()
      .execute();
    for (const mark of inserted) fresh.add(markKey(mark));
  }
  return fresh;
}

/**
 * Adds to the tallies, some hundred at a time, each list in its order. Processes that write for the same campaign wait for each
 * other here, with what gathers meanwhile: measured on PostgreSQL with fsync, two of them wrote 0.96 times (0.89 to 1.02) what
 * they wrote for two campaigns, and no less than one alone. So there is one row for each number, and no shards to sum.
 */
export async function raiseTallies(trx: Trx, changes: TallyChanges): Promise<void> {
  for (const statement of raisedTallies(trx, changes)) await statement.execute();
}

function raisedTallies(trx: Trx, changes: TallyChanges) {
  return [...changes].flatMap(([table, rows]) =>
    parts(rows).map((part) =>
      trx
        .insertInto(table)
        .values(part)
        .onConflict((conflict) =>
          conflict
            .columns(['campaign_slug', 'is_sample', 'partner', 'key'])
            .doUpdateSet({ actions: sql<number>`${sql.ref(`${table}.actions`)} + excluded.actions` }),
        ),
    ),
  );
}

/** Rows as one statement can take them. */
export function parts<T>(rows: T[]): T[][] {
  const count = Math.ceil(rows.length / ROWS_A_STATEMENT);
  return Array.from({ length: count }, (_, index) =>
    rows.slice(index * ROWS_A_STATEMENT, (index + 1) * ROWS_A_STATEMENT),
  );
}

/** Forgets the ids of forms that have expired; gives back how many marks went. In parts: actions are written in between. */
export async function purgeSpentIds(store: Store, now: Date): Promise<number> {
  let gone = 0;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const from: string = after;
    const part = await store.transaction((trx) => purgePart(trx, from, now.toISOString()));
    gone += part.gone;
    after = part.last;
  }
  return gone;
}

/**
 * Of the marks after an id, in its order, the next few: `last` is undefined where there are no more. They are all looked at,
 * once a day, so that no index has to be kept by when they expire: ids are random, and to keep one more place of each in
 * order would take as long as all else of an action.
 */
async function purgePart(trx: Trx, after: string, now: string): Promise<{ gone: number; last?: string }> {
  const last = await trx
    .selectFrom('spent_action_ids')
    .where('id', '>', after)
    .orderBy('id')
    .select('id')
    .limit(1)
    .offset(LOOKED_AT_ONCE)
    .executeTakeFirst();
  const { numDeletedRows } = await trx
    .deleteFrom('spent_action_ids')
    .where('id', '>', after)
    .$if(last !== undefined, (some) => some.where('id', '<=', last!.id))
    .where('expires_at', '<', now)
    .executeTakeFirst();
  return { gone: Number(numDeletedRows), ...(last && { last: last.id }) };
}
