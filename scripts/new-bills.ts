// What OpenStates tells of the bills of a new campaign: it spares the organizer a search, and fails nothing.
import { type BillRecord, isSameBill } from '../server/bills/bill-record.ts';
import { recordOf } from '../server/bills/fetch-bill.ts';
import { whereaboutsOf } from '../server/bills/whereabouts.ts';
import { LONGEST_BILL_TITLE } from '../server/campaigns/bill-fields.ts';
import type { NewBill } from '../server/campaigns/new-campaign.ts';
import { OperationalError } from '../server/errors.ts';
import { apiSessionSchema, readEntries } from '../server/legislators/openstates-bill-replies.ts';
import type { OpenStates } from '../server/legislators/openstates-client.ts';
import { chamberName } from '../server/legislators/states.ts';
import { Cancelled } from './cancelled.ts';
import type { TypedBill } from './new-answers.ts';
import { placeInWords } from './sync-report.ts';

/** A bill whose session is known; its chamber may not be. */
export type KnownBill = Omit<NewBill, 'chamber'> & Pick<TypedBill, 'chamber'>;

/** What bills are looked up with; `say` tells the organizer a line. */
export interface LookUpParts {
  client: OpenStates | undefined;
  /** Postal code, lower case. */
  state: string;
  now: () => Date;
  stopped: AbortSignal;
  say: (line: string) => void;
}

/** A session that OpenStates has. */
export interface KnownSession {
  identifier: string;
  name: string;
  /** ISO date, where it is known. */
  ends?: string;
}

const NO_KEY =
  'Without a key of OpenStates nothing is known of the bill but what you say. A key is free: get one at https://open.pluralpolicy.com/accounts/profile/ and put OPENSTATES_API_KEY=your-key into .env. You can do without.';
/** These tell of one bill; all else would be the same for the next one. */
const OF_ONE_BILL = ['openstates_not_found', 'openstates_other_bill', 'openstates_unreadable_bill'];
const MOST_COMPANIONS = 2;

/**
 * What OpenStates knows of bills, with their companions in the other chamber that are none of them. What it tells and what it
 * can't is said line by line. Throws Cancelled where that is wished.
 */
export async function lookUpBills(
  bills: readonly KnownBill[],
  parts: LookUpParts,
): Promise<{ bills: KnownBill[]; companions: NewBill[] }> {
  const { client, say } = parts;
  if (!client) {
    say(NO_KEY);
    return { bills: [...bills], companions: [] };
  }
  const asking = { ...parts, client };
  const told: KnownBill[] = [];
  const records: BillRecord[] = [];
  let is_over = false;
  for (const bill of bills) {
    const answer = is_over ? undefined : await lookUp(bill, asking);
    if (answer === 'nothing more') is_over = true;
    const record = typeof answer === 'object' ? answer : undefined;
    if (record) records.push(record);
    told.push(record ? factsOf(record) : bill);
  }
  const companions: NewBill[] = [];
  for (const record of records) {
    if (is_over) break;
    const others = record.companions.filter(
      (one) => ![...told, ...companions].some((bill) => isSameBill(bill, one)),
    );
    for (const companion of others.slice(0, MOST_COMPANIONS)) {
      const answer = await lookUp(companion, asking, `${record.identifier} has a companion.`);
      if (answer === 'nothing more') is_over = true;
      if (typeof answer === 'object' && answer.chamber !== record.chamber) companions.push(factsOf(answer));
    }
  }
  if (records.length === 0 || is_over) return { bills: told, companions };
  const sessions = await sessionsOf(records, asking);
  const withEnd = <Known extends KnownBill>(bill: Known): Known => {
    const ends = sessions.find(({ identifier }) => identifier === bill.session)?.ends;
    return ends === undefined ? bill : { ...bill, session_ends: ends };
  };
  return { bills: told.map(withEnd), companions: companions.map(withEnd) };
}

/** The sessions of bills, each told in a line. */
async function sessionsOf(records: BillRecord[], asking: Asking): Promise<KnownSession[]> {
  const named = new Set(records.map(({ session }) => session));
  const sessions = (await newestSessions(asking)).filter(({ identifier }) => named.has(identifier));
  const today = asking.now().toISOString().slice(0, 10);
  for (const { identifier, name, ends } of sessions) {
    const until =
      ends && (ends < today ? `, ended on ${ends}: write of it in the past tense` : `, ends on ${ends}`);
    asking.say(`session ${identifier}: ${name}${until ?? ''}`);
  }
  return sessions;
}

type Asking = LookUpParts & { client: OpenStates };

async function lookUp(
  { identifier, session }: Pick<NewBill, 'identifier' | 'session'>,
  asking: Asking,
  before = '',
): Promise<BillRecord | 'unknown' | 'nothing more'> {
  const { client, state, now, stopped, say } = asking;
  const asked = { state, session, identifier };
  try {
    const { record } = recordOf(await client.bill(asked, stopped), asked, now().toISOString());
    for (const line of linesOf(record)) say(line);
    return record;
  } catch (error) {
    if (stopped.aborted) throw new Cancelled();
    if (!(error instanceof OperationalError)) throw error;
    say(
      [before, error.message, 'What you said of it is taken as it is.']
        .filter((part) => part !== '')
        .join(' '),
    );
    if (error.code === 'openstates_not_found' && before === '') await sayNewestSessions(asking);
    return OF_ONE_BILL.includes(error.code) ? 'unknown' : 'nothing more';
  }
}

function factsOf({ identifier, session, chamber, source, ...record }: BillRecord): NewBill {
  const title = record.title.replace(/\s+/g, ' ').trim();
  return {
    identifier,
    session,
    chamber,
    // A title of pages is left out: cut, it would not be the official one.
    ...(title === '' || title.length > LONGEST_BILL_TITLE ? {} : { title }),
    url: source,
  };
}

function linesOf(record: BillRecord): string[] {
  const { state, chamber, sponsorships, actions, companions } = record;
  const name = (one: NewBill['chamber']) => chamberName(state, one);
  const sponsors = sponsorships.filter(({ is_primary }) => is_primary).map((one) => one.name);
  return [
    `${record.identifier} (${record.session}): ${record.title}`,
    `  filed in: ${name(chamber)}`,
    `  where it is: ${placeInWords(whereaboutsOf(chamber, actions), name)}`,
    ...(actions.length === 0
      ? []
      : [`  last action: ${actions.at(-1)!.date} ${actions.at(-1)!.description}`]),
    `  sponsors: ${sponsors.length === 0 ? 'none is known' : sponsors.join(', ')}`,
    ...(companions.length === 0
      ? []
      : [`  companions: ${companions.map((one) => one.identifier).join(', ')}`]),
  ];
}

async function sayNewestSessions(asking: Asking): Promise<void> {
  const sessions = await newestSessions(asking);
  if (sessions.length === 0) return;
  const named = sessions.slice(0, 4).map(({ identifier, name }) => `${identifier} (${name})`);
  asking.say(`  The newest sessions that OpenStates has there: ${named.join(', ')}`);
}

/** The sessions of a state that OpenStates has, the newest first; none where it can't be asked. */
export async function newestSessions({ client, state, stopped }: LookUpParts): Promise<KnownSession[]> {
  if (!client) return [];
  try {
    const reply = await client.sessions(state, stopped);
    return readEntries(reply.legislative_sessions, apiSessionSchema)
      .found.toSorted((one, other) => (other.start_date ?? '').localeCompare(one.start_date ?? ''))
      .map(({ identifier, name, end_date }) => ({
        identifier,
        name: name || identifier,
        ...(end_date ? { ends: end_date.slice(0, 10) } : {}),
      }));
  } catch (error) {
    if (stopped.aborted) throw new Cancelled();
    if (!(error instanceof OperationalError)) throw error;
    return [];
  }
}

/** Whether two bills that were typed are one. */
export function isNamedTwice(bills: readonly KnownBill[]): string | undefined {
  return bills.find((bill, index) => bills.findIndex((one) => isSameBill(one, bill)) !== index)?.identifier;
}
