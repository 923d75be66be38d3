import { isSameBill } from '../bills/bill-record.ts';
import type { KnownBill, KnownBills } from '../bills/known-bills.ts';
import { isNamed } from '../bills/passage-votes.ts';
import type { Position, PositionName } from '../bills/position.ts';
import { didYouMean } from '../yaml/nearest.ts';
import type { Bill, Campaign } from './campaign.ts';
import type { CampaignWarning } from './campaign-warning.ts';
import { newestSession } from './located-bills.ts';
import { positionsOf, stanceOf } from './positions.ts';

/** Where campaign.yaml and OpenStates say different things on a day of the state. What campaign.yaml says counts. */
export function disagreements(campaign: Campaign, known: KnownBills, today: string): CampaignWarning[] {
  return [
    ...campaign.bills.flatMap((bill, index) => [
      ...onPassage(bill, index, known),
      ...onRollCalls(bill, index, known),
    ]),
    ...campaign.positions.flatMap((position, index) => {
      const message =
        position.position === 'on_committee'
          ? onCommittee(campaign, known, position)
          : onPosition(campaign, known, { position, today });
      return message === undefined ? [] : [{ path: ['positions', index, 'position'], message }];
    }),
  ];
}

const VOTED: readonly PositionName[] = ['voted_yes', 'voted_no'];
const COUNTS = 'What campaign.yaml says counts.';

/** The position by hand that counts of a person and session is told, where OpenStates' own is none of those by hand. */
function onPosition(
  campaign: Campaign,
  known: KnownBills,
  { position, today }: { position: Position; today: string },
): string | undefined {
  const { person_id, session } = position;
  const ofTheirs = (parts: Pick<Campaign, 'positions' | 'bills'>, from: KnownBills) =>
    positionsOf(parts, from, person_id, today).filter(
      (one) => one.session === session && one.position !== 'on_committee',
    );
  const by_hand = ofTheirs(campaign, { ...known, positions: [] });
  const [synced] = ofTheirs({ ...campaign, positions: [] }, known);
  const isThis = (one: Position) => one.position === position.position && one.date === position.date;
  if (!synced || !by_hand[0] || !isThis(by_hand[0])) return undefined;
  if (by_hand.some((one) => one.position === synced.position)) return undefined;
  // Who missed the vote may well have said something.
  if (synced.position === 'not_voting' && !VOTED.includes(position.position)) return undefined;
  const [own, theirs] = [stanceOf(position.position, campaign.ask), stanceOf(synced.position, campaign.ask)];
  return [
    `campaign.yaml says '${position.position}' on ${position.date}, OpenStates says '${synced.position}' on ${synced.date}${synced.bill === undefined ? '' : ` on ${synced.bill}`} (${synced.source}).`,
    ...(own === theirs
      ? []
      : [`That makes a difference: the stance is '${own}' by campaign.yaml, '${theirs}' by OpenStates.`]),
    ...(synced.date > position.date ? ['OpenStates tells of what came after that day.'] : []),
    `${COUNTS} Look at the source, and change it or take it out if it no longer holds.`,
  ].join(' ');
}

/** The bills that a position may be about, as far as they are all known: the one that it names, or those of its session. */
function billsOf(campaign: Campaign, known: KnownBills, { bill, session }: Position): KnownBill[] {
  const identifiers =
    bill === undefined
      ? campaign.bills.filter((one) => one.session === session).map(({ identifier }) => identifier)
      : [bill];
  const found = identifiers.map((identifier) =>
    known.bills.find(({ record }) => isSameBill(record, { identifier, session })),
  );
  return found.every((one) => one !== undefined) ? found : [];
}

const OUT_OF_COMMITTEE = ['reported', 'passed_one', 'to_agree', 'passed_all', 'signed', 'vetoed'];

/** What is said of past sessions' committees decides nothing any more. */
function onCommittee(campaign: Campaign, known: KnownBills, position: Position): string | undefined {
  if (position.session !== newestSession(campaign)) return undefined;
  const bills = billsOf(campaign, known, position);
  if (bills.length === 0) return undefined;
  const committees = bills.flatMap((bill) => bill.committees);
  const passages = bills.flatMap(({ whereabouts }) => whereabouts.passed);
  const is_out = bills.every(({ whereabouts: { stage } }) => OUT_OF_COMMITTEE.includes(stage));
  // Of a day after the last passage, they may sit on a committee of the other chamber.
  if (committees.length === 0 && is_out && !passages.some(({ date }) => date < position.date)) {
    const came_to = bills.map(
      ({ record, whereabouts }) => `${record.identifier} ${IN_WORDS[whereabouts.stage]}`,
    );
    return `By OpenStates no committee has the bill any more (${came_to.join(', ')}; ${bills[0]!.record.source}). ${COUNTS} Take this position out.`;
  }
  if (committees.length === 0 || bills.some(({ whereabouts }) => whereabouts.stage === 'filed'))
    return undefined;
  const is_listed = committees.some(
    ({ member_ids, doubtful_ids }) =>
      member_ids === undefined || [...member_ids, ...doubtful_ids].includes(position.person_id),
  );
  if (is_listed) return undefined;
  const names = committees.map(({ name, since }) => `${name} since ${since}`).join(', ');
  return `OpenStates does not list them on the committee that has the bill (${names}; ${bills[0]!.record.source}). ${COUNTS} Look whether they sit on it still.`;
}

const IN_WORDS: Record<KnownBill['whereabouts']['stage'], string> = {
  filed: 'is filed',
  in_committee: 'is in committee',
  reported: 'has left committee',
  passed_one: 'has passed one chamber',
  to_agree: 'has passed both chambers, which must still agree on its words',
  passed_all: 'has passed',
  failed: 'has failed',
  signed: 'is law',
  vetoed: 'is vetoed',
};

/** Roll calls that the organizer names and that OpenStates does not have: none of their votes counts. */
function onRollCalls({ roll_calls, ...bill }: Bill, index: number, known: KnownBills): CampaignWarning[] {
  const found = known.bills.find(({ record }) => isSameBill(record, bill))?.record;
  if (!found) return [];
  return roll_calls.flatMap((name, nth) => {
    if (found.roll_calls.some((one) => isNamed(one, [name]))) return [];
    const names = found.roll_calls.map(({ identifier, id }) => identifier || id);
    const message = `OpenStates has no roll call '${name}' of ${bill.identifier}, so it counts for nothing.${didYouMean(name, names)} npm run campaign -- sync shows their names.`;
    return [{ path: ['bills', index, 'roll_calls', nth], message }];
  });
}

function onPassage(bill: Bill, index: number, known: KnownBills): CampaignWarning[] {
  const found = known.bills.find(({ record }) => isSameBill(record, bill));
  if (!bill.passed || !found) return [];
  const inWords = (passed: { chamber: string; date: string }[]) =>
    passed
      .map(({ chamber, date }) => `${chamber} on ${date}`)
      .toSorted()
      .join(', ') || 'none';
  const [own, theirs] = [inWords(bill.passed), inWords(found.whereabouts.passed)];
  if (own === theirs) return [];
  const message = `Chambers that have passed ${bill.identifier}: campaign.yaml says ${own}, OpenStates says ${theirs} (${found.record.source}). ${COUNTS} Take 'passed' out where OpenStates is right.`;
  return [{ path: ['bills', index, 'passed'], message }];
}
