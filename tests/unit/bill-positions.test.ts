import { billPositions } from '../../server/bills/bill-positions.ts';
import type { BillRecord, RollCall } from '../../server/bills/bill-record.ts';
import type { Legislator } from '../../server/legislators/legislator.ts';
import { createRoster } from '../../server/legislators/roster.ts';
import { billRecord, rollCall } from '../fixtures/bills/made-up-record.ts';
import { houseMember, houseOf } from '../fixtures/corrections/made-up.ts';

function member(district: number, name: string, role: Partial<Legislator['current_role']> = {}): Legislator {
  const { id, current_role, ...rest } = houseMember(district);
  const known = { ...current_role, start_date: '2024-11-05', ...role };
  return { ...rest, id: `${id}${known.org_classification}`, name, current_role: known };
}

const ANA = member(1, 'Ana Moss');
const BEN = member(2, 'Ben Moss');
const CLEO = member(3, 'Cleo Reed');
const DAN = member(4, 'Dan Frost');
const EVA = member(5, 'Eva Reed', { org_classification: 'upper' });
const { roster: house } = houseOf([ANA, BEN, CLEO, DAN, EVA]);

const see = (changes: Partial<BillRecord>, roll_calls: string[] = [], roster = house) =>
  billPositions(billRecord(changes), { roster, roll_calls });
/** 'voted_yes Cleo Reed' … of what a record says, in its order. */
const said = (...parts: Parameters<typeof see>) =>
  see(...parts).positions.map(
    ({ person_id, position }) => `${position} ${house.legislator(person_id)?.name ?? person_id}`,
  );
const unmatched = (...parts: Parameters<typeof see>) =>
  see(...parts).unmatched.map(({ name, did, why }) => `${name} ${did} ${why}`);
const votes = (list: [string, string, string?][], changes: Partial<RollCall> = {}) => ({
  roll_calls: [
    rollCall({
      votes: list.map(([name, option, person_id]) => ({ name, option, ...(person_id && { person_id }) })),
      ...changes,
    }),
  ],
});

test('sponsors and cosponsors are told with the bill, its session, its first action and its page', () => {
  const sponsorships = [
    { name: 'Reed', is_primary: true },
    { name: 'Somebody', person_id: DAN.id, is_primary: false },
  ];
  const told = {
    bill: 'HB 9001',
    session: '2026',
    date: '2026-01-05',
    source: 'https://example.org/bills/9001',
  };
  expect(see({ sponsorships })).toEqual({
    positions: [
      { person_id: CLEO.id, position: 'sponsor', ...told },
      { person_id: DAN.id, position: 'cosponsor', ...told },
    ],
    unmatched: [],
  });
});

test('whoever is told as a sponsor and a cosponsor is a sponsor, in either order', () => {
  const both = [true, false].map((is_primary) => ({ name: 'Reed', is_primary }));
  expect(said({ sponsorships: both })).toEqual(['sponsor Cleo Reed']);
  expect(said({ sponsorships: both.toReversed() })).toEqual(['sponsor Cleo Reed']);
});

test('two members of one surname stay unknown, and a first name tells them apart', () => {
  const sponsorships = [{ name: 'Moss', is_primary: true }];
  expect([said({ sponsorships }), unmatched({ sponsorships })]).toEqual([[], ['Moss sponsor several']]);
  expect(said(votes([['Moss', 'yes']]))).toEqual([]);
  expect(unmatched(votes([['Moss', 'yes']]))).toEqual(['Moss vote several']);
  expect(said(votes([['Moss, B.', 'no']]))).toEqual(['voted_no Ben Moss']);
});

test('names that fit nobody are told once', () => {
  const twice = [
    { name: 'Nobody', is_primary: false },
    { name: 'Nobody', is_primary: false },
  ];
  expect(unmatched({ sponsorships: twice })).toEqual(['Nobody cosponsor none']);
});

test('an id of OpenStates is taken as it is, though the roster does not have it', () => {
  expect(said({ sponsorships: [{ name: 'Moss', person_id: 'ocd-person/left', is_primary: true }] })).toEqual([
    'sponsor ocd-person/left',
  ]);
});

test.each([
  ['yes', ['voted_yes Cleo Reed']],
  ['no', ['voted_no Cleo Reed']],
  ['not voting', ['not_voting Cleo Reed']],
  ['absent', ['not_voting Cleo Reed']],
  ['excused', ['not_voting Cleo Reed']],
  ['abstain', ['not_voting Cleo Reed']],
  ['paired', []],
  ['other', []],
  ['toString', []],
])('a vote of %s is %j', (option, expected) => {
  expect(said(votes([['Reed', option]]))).toEqual(expected);
  expect(unmatched(votes([['Reed', option]]))).toEqual([]);
});

test('a vote has the day and the page of its roll call', () => {
  expect(see(votes([['Frost', 'yes']])).positions).toEqual([
    {
      person_id: DAN.id,
      position: 'voted_yes',
      bill: 'HB 9001',
      session: '2026',
      date: '2026-02-10',
      source: 'https://example.org/votes/1',
    },
  ]);
});

test('a motion to table changes nothing, unless the organizer names it', () => {
  const tabling = votes(
    [
      ['Reed', 'yes'],
      ['Moss', 'no'],
    ],
    { motion: 'Motion to table', identifier: 'HV #7' },
  );
  expect(see(tabling)).toEqual({ positions: [], unmatched: [] });
  expect(said(tabling, ['hv #7'])).toEqual(['voted_yes Cleo Reed']);
});

test('a vote in the other chamber is of its members', () => {
  expect(said(votes([['Reed', 'yes']], { chamber: 'upper' }))).toEqual(['voted_yes Eva Reed']);
});

test('of a committee the name tells the chamber; where it does not, names alone stay unknown, and ids are taken', () => {
  const committee = { chamber: undefined, is_floor: false };
  const list: [string, string, string?][] = [
    ['Frost', 'yes'],
    ['Reed', 'no'],
    ['Somebody', 'no', EVA.id],
  ];
  expect(said(votes(list, { ...committee, organization: 'House Rules Committee' }))).toEqual([
    'voted_yes Dan Frost',
    'voted_no Cleo Reed',
    'voted_no Eva Reed',
  ]);
  expect(said(votes(list, { ...committee, organization: 'Rules Committee' }))).toEqual(['voted_no Eva Reed']);
});

test('a title of the other chamber is of its members, and of none here', () => {
  const sponsor = (name: string) => ({ name, is_primary: true });
  expect(said({ sponsorships: [sponsor('Sen. Reed')] })).toEqual(['sponsor Eva Reed']);
  expect(said({ sponsorships: [sponsor('Sen. Frost')] })).toEqual([]);
  expect(said(votes([['Sen. Frost', 'no']]))).toEqual([]);
  // With a senator among them the bare name may be of either chamber.
  const both = [sponsor('Sen. Frost'), sponsor('Reed')];
  expect(unmatched({ sponsorships: both })).toEqual(['Sen. Frost sponsor none', 'Reed sponsor several']);
});

test('who voted yes and no on one day has neither; of two days each stays', () => {
  const on = (date: string, option: string) =>
    rollCall({ id: `${date} ${option}`, date, votes: [{ name: 'Frost', option }] });
  const told = (...roll_calls: RollCall[]) => said({ roll_calls });
  expect(told(on('2026-02-10', 'yes'), on('2026-02-10', 'no'))).toEqual([]);
  expect(told(on('2026-02-10', 'yes'), on('2026-02-11', 'no'))).toEqual([
    'voted_yes Dan Frost',
    'voted_no Dan Frost',
  ]);
  expect(told(on('2026-02-10', 'yes'), on('2026-02-10', 'absent'))).toEqual([
    'voted_yes Dan Frost',
    'not_voting Dan Frost',
  ]);
});

test('an option that nobody knows is no position, whatever its name', () => {
  expect(
    said(
      votes([
        ['Frost', 'constructor'],
        ['Reed', '__proto__'],
      ]),
    ),
  ).toEqual([]);
});

test('who took the seat after a session is not said to have sat on a committee in it', () => {
  const late = member(1, 'Fay Fresh', { start_date: '2026-11-04' });
  const { roster } = houseOf([late, CLEO]);
  const committees = [
    {
      name: 'Rules',
      chamber: 'lower' as const,
      since: '2026-01-13',
      members: [late, CLEO].map(({ name, id }) => ({ name, person_id: id, role: 'member' })),
    },
  ];
  const ids = (record: Partial<BillRecord>) =>
    see(record, [], roster).positions.map(({ person_id }) => person_id);
  const over = { committees, session_end: '2026-03-13' };
  expect(ids({ ...over, fetched_at: '2026-12-01T12:00:00Z' })).toEqual([CLEO.id]);
  expect(ids({ ...over, fetched_at: '2026-03-01T12:00:00Z' })).toEqual([late.id, CLEO.id]);
});

test('whoever voted yes and no in one roll call has no position that is known', () => {
  const twice = votes([
    ['Reed', 'yes'],
    ['C. Reed', 'no'],
    ['Frost', 'yes'],
  ]);
  expect(said(twice)).toEqual(['voted_yes Dan Frost']);
  expect(unmatched(twice)).toEqual(['Reed vote several', 'C. Reed vote several']);
  expect(
    said(
      votes([
        ['Reed', 'yes', CLEO.id],
        ['Reed', 'no', CLEO.id],
      ]),
    ),
  ).toEqual([]);
});

test('one name twice in a roll call is of two people, of whom one has left', () => {
  expect(
    said(
      votes([
        ['Reed', 'yes'],
        ['Reed', 'yes'],
      ]),
    ),
  ).toEqual([]);
  expect(
    said(
      votes([
        ['Reed', 'yes', CLEO.id],
        ['Reed', 'yes', CLEO.id],
      ]),
    ),
  ).toEqual(['voted_yes Cleo Reed']);
});

test('a member whose seat began after the day, or who may not have sat then, is not found by the name', () => {
  const late = houseOf([member(3, 'Cleo Reed', { start_date: '2026-02-11' })]).roster;
  expect(unmatched(votes([['Reed', 'yes']]), [], late)).toEqual(['Reed vote none']);
  const about = houseOf([member(3, 'Cleo Reed', { start_date: '2026' })]).roster;
  expect(said(votes([['Reed', 'yes']]), [], about)).toEqual([]);
  // And with the id there is nothing to be found.
  expect(said(votes([['Reed', 'yes', CLEO.id]]), [], late)).toEqual(['voted_yes Cleo Reed']);
});

test('whoever may have sat then keeps another of the name from being found', () => {
  const doubtful = member(2, 'Ben Reed', { start_date: '2026' });
  expect(unmatched(votes([['Reed', 'yes']]), [], houseOf([CLEO, doubtful]).roster)).toEqual([
    'Reed vote several',
  ]);
});

test('a name in a vote from before an election is nobody of the roster after it who is not known to have sat', () => {
  const unknown = member(3, 'Cleo Reed', { start_date: undefined });
  const { roster } = houseOf([unknown]);
  expect(said(votes([['Reed', 'yes']]), [], roster)).toHaveLength(1);
  const later = createRoster({ ...roster, as_of: '2026-11-24' });
  expect(said(votes([['Reed', 'yes']]), [], later)).toEqual([]);
});

test('members of the committee that has the bill are told since when it has it', () => {
  const committees = [
    {
      name: 'Rules',
      chamber: 'lower' as const,
      since: '2026-01-13',
      members: [
        { name: 'Reed', role: 'chair' },
        { name: 'Moss', role: 'member' },
        { name: 'Dan Frost', person_id: DAN.id, role: 'member' },
      ],
    },
    { name: 'Unknown', chamber: 'lower' as const, since: '2026-01-13' },
  ];
  expect(said({ committees })).toEqual(['on_committee Cleo Reed', 'on_committee Dan Frost']);
  expect(unmatched({ committees })).toEqual(['Moss committee several']);
  expect(see({ committees }).positions[0]).toMatchObject({
    date: '2026-01-13',
    source: 'https://example.org/bills/9001',
  });
});

test('positions stand in the order of their dates', () => {
  const roll_calls = [
    rollCall({ date: '2026-03-01', votes: [{ name: 'Reed', option: 'no' }] }),
    rollCall({ date: '2026-02-01', votes: [{ name: 'Reed', option: 'yes' }] }),
  ];
  expect(said({ roll_calls, sponsorships: [{ name: 'Reed', is_primary: true }] })).toEqual([
    'sponsor Cleo Reed',
    'voted_yes Cleo Reed',
    'voted_no Cleo Reed',
  ]);
});
