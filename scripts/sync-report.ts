// What a sync of bills found, as rows for programs and as text for people.
import { isSameBill, type RollCall } from '../server/bills/bill-record.ts';
import type { KnownBills } from '../server/bills/known-bills.ts';
import { setsPositions } from '../server/bills/passage-votes.ts';
import type { SyncedBill } from '../server/bills/sync-bills.ts';
import { type Whereabouts, whereaboutsOf } from '../server/bills/whereabouts.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import type { OrgClassification } from '../server/legislators/legislator.ts';
import { chamberName } from '../server/legislators/states.ts';

/** One bill of the report. Where nothing of it is at hand, `known` is undefined. */
export type SyncRow = ReturnType<typeof rowOf>;

/** The report of a sync, a row for each bill: the campaign's own first, then the companions that it does not name. */
export function syncRows(campaign: Campaign, synced: readonly SyncedBill[]): SyncRow[] {
  return synced.map((one) => {
    const own = campaign.bills.find((bill) => isSameBill(bill, one.ref));
    return rowOf(one, own?.roll_calls ?? []);
  });
}

function rowOf({ ref, is_companion, result, record, error, notes }: SyncedBill, named: string[]) {
  return {
    identifier: record?.identifier ?? ref.identifier,
    session: ref.session,
    is_companion,
    result,
    ...(error ? { error: { code: error.code, message: error.message } } : {}),
    notes,
    known: record && {
      state: record.state,
      title: record.title,
      chamber: record.chamber,
      session_name: record.session_name,
      session_end: record.session_end,
      source: record.source,
      fetched_at: record.fetched_at,
      last_action: record.actions.at(-1),
      whereabouts: whereaboutsOf(record.chamber, record.actions),
      committees: record.committees.map(({ members, ...one }) => ({ ...one, members: members?.length })),
      sponsors: record.sponsorships.filter(({ is_primary }) => is_primary).length,
      cosponsors: record.sponsorships.filter(({ is_primary }) => !is_primary).length,
      roll_calls: record.roll_calls.map((one) => rollCallRow(one, named)),
    },
  };
}

function rollCallRow(roll_call: RollCall, named: string[]) {
  const { votes, classification: _classification, is_floor: _is_floor, ...rest } = roll_call;
  const count = (option: string) => votes.filter((vote) => vote.option === option).length;
  const [yes, no] = [count('yes'), count('no')];
  return {
    ...rest,
    yes,
    no,
    other: votes.length - yes - no,
    sets_positions: setsPositions(roll_call, named),
  };
}

/** The report as text. */
export function syncText(rows: readonly SyncRow[]): string {
  return rows.map((row) => `${linesOf(row).join('\n')}\n`).join('\n');
}

/** Of how many of today's legislators something is known, and which names can't be told. */
export function peopleText({
  legislators_with_positions: count,
  unmatched,
}: {
  legislators_with_positions: number;
  unmatched: KnownBills['unmatched'];
}): string {
  const lines = [
    `legislators of today of whom something is known: ${count}`,
    ...unmatched.map(
      ({ name, bill, did, why }) =>
        `left unknown: '${name}' (${did === 'committee' ? 'on the committee that has' : `${did} of`} ${bill}): ${why === 'several' ? 'more than one member fits' : 'no member fits'}`,
    ),
  ];
  return `\n${lines.join('\n')}\n`;
}

function linesOf({ identifier, session, is_companion, result, error, notes, known }: SyncRow): string[] {
  const own = is_companion ? ', a companion that the campaign does not name' : '';
  const failed = result === 'failed' ? [`  not fetched: ${error!.message}`] : [];
  const told = notes.map((note) => `  note: ${note}`);
  if (!known) return [`${identifier} (${session}${own})`, ...failed, '  nothing of it is at hand', ...told];
  const { state, last_action, whereabouts, roll_calls } = known;
  const name = (chamber: OrgClassification) => chamberName(state, chamber);
  return [
    `${identifier} (${known.session_name ?? session}${own}): ${known.title}`,
    ...failed,
    `  ${result === 'failed' ? 'what was at hand stays, fetched' : 'fetched'} ${known.fetched_at.slice(0, 16).replace('T', ' ')} UTC from OpenStates`,
    `  filed in: ${name(known.chamber)}`,
    `  last action: ${last_action ? `${last_action.date} ${last_action.description}` : 'none is known'}`,
    `  where it is: ${placeInWords(whereabouts, name)}`,
    ...known.committees.map(
      (one) =>
        `  committee: ${one.name} (${name(one.chamber)}), ${one.members === undefined ? 'members not known' : `members: ${one.members}`}`,
    ),
    `  sponsors: ${known.sponsors}, cosponsors: ${known.cosponsors}`,
    ...(roll_calls.length === 0 ? ['  roll calls: none'] : []),
    ...roll_calls.map((one) => rollCallInWords(one, name)),
    ...told,
  ];
}

function rollCallInWords(
  one: NonNullable<SyncRow['known']>['roll_calls'][number],
  name: (chamber: OrgClassification) => string,
): string {
  const who = one.organization || (one.chamber ? name(one.chamber) : 'nobody says who');
  const effect = one.sets_positions ? 'sets positions' : 'sets no positions';
  // Both are good for roll_calls in campaign.yaml; few legislatures have names of their own for them.
  return `  roll call: ${one.date} ${who}, ${one.motion} (${one.identifier || one.id}): ${one.yes} yes, ${one.no} no: ${effect}`;
}

/** Where a bill is, for people: the chamber, what became of it there, and who has passed it. */
export function placeInWords(
  { chamber, committees, passed, stage }: Whereabouts,
  name: (chamber: OrgClassification) => string,
): string {
  const by = passed.map((one) => `passed by the ${name(one.chamber)} on ${one.date}`);
  const words = {
    filed: 'filed; no committee is known to have it',
    in_committee: `in ${committees.map((one) => `${one.name} since ${one.since}`).join(' and ')}`,
    reported: 'out of committee',
    passed_one:
      committees.length > 0
        ? `in ${committees.map((one) => one.name).join(' and ')}`
        : 'no committee there is known to have it',
    to_agree: 'passed by both chambers, which must still agree on its words',
    passed_all: 'passed by all chambers',
    failed: 'failed',
    signed: 'law',
    vetoed: 'vetoed',
  }[stage];
  return [chamber ? `${name(chamber)}, ${words}` : words, ...by].join('; ');
}
