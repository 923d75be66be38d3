import type { BillRecord } from '../../server/bills/bill-record.ts';
import { type BillSight, createKnownBills, seeBills } from '../../server/bills/see-bills.ts';
import { billAction, billRecord, rollCall } from '../fixtures/bills/made-up-record.ts';
import { houseMember, houseOf } from '../fixtures/corrections/made-up.ts';

const ONE = houseMember(1, { name: 'Ana Moss' });
const TWO = houseMember(2, { name: 'Ben Reed' });
const { roster } = houseOf([ONE, TWO]);
const campaignBill = (identifier: string, roll_calls: string[] = []) => ({
  identifier,
  session: '2026',
  roll_calls,
});
const sight = (bills: BillSight['bills'], today = '2026-02-11') => ({ bills, roster, today });
const identifiers = (records: BillRecord[], bills: BillSight['bills']) =>
  seeBills(records, sight(bills)).bills.map(({ record }) => record.identifier);

const HOUSE = billRecord({ identifier: 'HB 9001', companions: [{ identifier: 'SB 9002', session: '2026' }] });
const SENATE = billRecord({ identifier: 'SB 9002', chamber: 'upper' });
const OTHER = billRecord({ identifier: 'HB 9003' });

test('where nothing was fetched nothing is known', () => {
  expect(seeBills([], sight([campaignBill('HB 9001')]))).toEqual({
    today: '2026-02-11',
    bills: [],
    positions: [],
    unmatched: [],
  });
});

test('the bills of the campaign stand in its order, however they are spelled, and companions behind them', () => {
  const bills = [campaignBill('hb9003'), campaignBill('H.B. 9001')];
  expect(identifiers([SENATE, HOUSE, OTHER], bills)).toEqual(['HB 9003', 'HB 9001', 'SB 9002']);
  expect(identifiers([SENATE, HOUSE], [campaignBill('SB 9002'), campaignBill('HB 9001')])).toEqual([
    'SB 9002',
    'HB 9001',
  ]);
});

test('a companion is one by what either record says; other bills, sessions and states are none', () => {
  expect(identifiers([SENATE, HOUSE], [campaignBill('SB 9002')])).toEqual(['SB 9002', 'HB 9001']);
  expect(identifiers([HOUSE, OTHER], [campaignBill('HB 9001')])).toEqual(['HB 9001']);
  const before = billRecord({ identifier: 'SB 9002', session: '2025' });
  expect(identifiers([HOUSE, before], [campaignBill('HB 9001')])).toEqual(['HB 9001']);
  expect(identifiers([{ ...HOUSE, state: 'ga' }], [campaignBill('HB 9001')])).toEqual([]);
});

test('a bill that the campaign names twice is known once', () => {
  expect(identifiers([HOUSE], [campaignBill('HB 9001'), campaignBill('HB9001')])).toEqual(['HB 9001']);
});

test('committees are those of the chamber where the bill is, with those members who can be told', () => {
  const members = [
    { name: 'Moss', role: 'chair' },
    { name: 'Nobody', role: 'member' },
    { name: 'Somebody', person_id: 'ocd-person/new', role: 'member' },
  ];
  const record = billRecord({
    actions: [billAction('Referred to Rules', { classification: ['referral-committee'] })],
    committees: [
      { name: 'Rules', chamber: 'lower', since: '2026-01-13', members },
      { name: 'Finance', chamber: 'lower', since: '2026-01-13' },
      { name: 'Rules', chamber: 'upper', since: '2026-01-13', members: [] },
    ],
  });
  const known = seeBills([record], sight([campaignBill('HB 9001')]));
  expect(known.bills[0]).toMatchObject({
    whereabouts: { chamber: 'lower', stage: 'in_committee' },
    committees: [
      { name: 'Rules', since: '2026-01-13', member_ids: [ONE.id, 'ocd-person/new'], doubtful_ids: [] },
      { name: 'Finance', since: '2026-01-13', member_ids: undefined, doubtful_ids: [] },
    ],
  });
  expect(known.unmatched).toEqual([
    { name: 'Nobody', bill: 'HB 9001', session: '2026', did: 'committee', why: 'none' },
  ]);
});

test('members whom a name on a committee may mean are told, save those who sit on it in any case', () => {
  const [ann, eve, ada] = ['Ann Holly', 'Eve Holly', 'Ada Moss'].map((name, index) =>
    houseMember(index + 2, { name }),
  ) as [typeof ONE, typeof ONE, typeof ONE];
  const members = [
    { name: 'Holly', role: 'member' },
    { name: 'Eve Holly', person_id: eve.id, role: 'member' },
    { name: 'Moss', role: 'member' },
  ];
  const record = billRecord({
    actions: [billAction('Referred to Rules', { classification: ['referral-committee'] })],
    committees: [{ name: 'Rules', chamber: 'lower', since: '2026-01-13', members }],
  });
  const people = { ...sight([campaignBill('HB 9001')]), roster: houseOf([ONE, ann, eve, ada]).roster };
  expect(seeBills([record], people).bills[0]!.committees).toEqual([
    { name: 'Rules', since: '2026-01-13', member_ids: [eve.id], doubtful_ids: [ann.id, ONE.id, ada.id] },
  ]);
});

test('fifty roll calls of one list of names cost little more than one', () => {
  const timeOf = (count: number) => {
    // New ones each time: what is known of a member's name is kept.
    const house = Array.from({ length: 400 }, (_, index) =>
      houseMember(index + 1, { name: `First${index} Last${index}` }),
    );
    const votes = house.map(({ name }, index) => ({ name, option: index % 2 ? 'yes' : 'no' }));
    const people = { ...sight([campaignBill('HB 9001')]), roster: houseOf(house).roster };
    const roll_calls = Array.from({ length: count }, (_, nth) => rollCall({ id: `ocd-vote/${nth}`, votes }));
    const start = performance.now();
    const { positions } = seeBills([{ ...HOUSE, roll_calls }], people);
    const time = performance.now() - start;
    expect(positions).toHaveLength(count * house.length);
    return time;
  };
  // Other work on the machine only ever makes one slower: the fastest of several, measured in turn, tell.
  let [one, fifty] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 5 || (round < 20 && fifty / one >= 5); round += 1) {
    fifty = Math.min(fifty, timeOf(50));
    one = Math.min(one, timeOf(1));
  }
  expect(fifty / one).toBeLessThan(5);
});

test.each([
  [undefined, undefined],
  ['2026-02-10', true],
  ['2026-02-11', false],
  ['2026-03-13', false],
])('a session that ends %s is over on February 11: %s', (session_end, is_over) => {
  const record = billRecord({ ...(session_end && { session_end }) });
  expect(seeBills([record], sight([campaignBill('HB 9001')])).bills[0]!.is_over).toBe(is_over);
});

test('roll calls that the organizer names are of that bill alone', () => {
  const tabling = rollCall({ motion: 'Motion to table', votes: [{ name: 'Moss', option: 'yes' }] });
  const both = [
    { ...HOUSE, roll_calls: [tabling] },
    { ...SENATE, roll_calls: [{ ...tabling, votes: [{ name: 'Reed', option: 'yes' }] }] },
  ];
  const known = seeBills(both, sight([campaignBill('HB 9001', ['HV #1'])]));
  expect(known.bills).toHaveLength(2);
  expect(known.positions.map(({ person_id, bill }) => [person_id, bill])).toEqual([[ONE.id, 'HB 9001']]);
});

test('positions on all bills stand in the order of their dates', () => {
  const voted = (date: string) => [rollCall({ date, votes: [{ name: 'Moss', option: 'yes' }] })];
  const known = seeBills(
    [
      { ...HOUSE, roll_calls: voted('2026-02-10') },
      { ...OTHER, roll_calls: voted('2026-02-03') },
    ],
    sight([campaignBill('HB 9001'), campaignBill('HB 9003')]),
  );
  expect(known.positions.map(({ bill }) => bill)).toEqual(['HB 9003', 'HB 9001']);
});

describe('what is known, asked at every request', () => {
  const bills = [campaignBill('HB 9001')];

  test('is the same object while nothing has changed, though the list of records is a new one', () => {
    const knownBills = createKnownBills();
    const first = knownBills([HOUSE], sight(bills));
    expect(first).toEqual(seeBills([HOUSE], sight(bills)));
    expect(knownBills([HOUSE], sight(bills))).toBe(first);
  });

  test('is made anew when a record, the roster, the day or the campaign is another', () => {
    const knownBills = createKnownBills();
    const ends = { ...HOUSE, session_end: '2026-02-11' };
    const first = knownBills([ends], sight(bills));
    expect(first.bills[0]!.is_over).toBe(false);
    expect(knownBills([ends], sight(bills, '2026-02-12')).bills[0]!.is_over).toBe(true);
    const voted = { ...ends, roll_calls: [rollCall({ votes: [{ name: 'Moss', option: 'yes' }] })] };
    expect(knownBills([voted], sight(bills)).positions).toHaveLength(1);
    const emptied = { ...sight(bills), roster: houseOf([]).roster };
    expect(knownBills([voted], emptied).positions).toEqual([]);
    expect(knownBills([voted], sight([campaignBill('HB 9003')])).bills).toEqual([]);
  });

  test('is made anew when a list of records was changed in place', () => {
    const knownBills = createKnownBills();
    const records = [HOUSE];
    expect(knownBills(records, sight(bills)).bills).toHaveLength(1);
    records.push(SENATE);
    expect(knownBills(records, sight(bills)).bills).toHaveLength(2);
  });

  test('is kept for each campaign, so that two that are asked in turn do not undo each other', () => {
    const knownBills = createKnownBills();
    const others = [campaignBill('HB 9003')];
    const [one, other] = [knownBills([HOUSE], sight(bills)), knownBills([OTHER], sight(others))];
    expect([knownBills([HOUSE], sight(bills)), knownBills([OTHER], sight(others))]).toEqual([one, other]);
    expect(knownBills([HOUSE], sight(bills))).toBe(one);
    expect(knownBills([OTHER], sight(others))).toBe(other);
  });
});
