import { billPositions } from '../../server/bills/bill-positions.ts';
import type { BillRecord, RollCall } from '../../server/bills/bill-record.ts';
import { createPeopleSight } from '../../server/bills/names-then.ts';
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
  billPositions(billRecord(changes), { people: createPeopleSight(roster), roll_calls });
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
  ['constructor', []],
  ['__proto__', []],
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

describe('a committee whose chamber OpenStates does not tell', () => {
  const vote = (organization: string) =>
    votes(
      [
        ['Frost', 'yes'],
        ['Reed', 'no'],
        ['Moss', 'yes', BEN.id],
      ],
      { chamber: undefined, is_floor: false, organization },
    );
  const in_house = ['voted_yes Dan Frost', 'voted_no Cleo Reed', 'voted_yes Ben Moss'];

  test.each([
    ['House Judiciary Committee', in_house],
    ['The House Committee on Rules', in_house],
    ['Senate Rules', ['voted_no Eva Reed', 'voted_yes Ben Moss']],
  ])('is of the chamber that its name tells: %s', (organization, expected) => {
    expect(said(vote(organization)).toSorted()).toEqual(expected.toSorted());
  });

  test('is of the chamber as its state calls it', () => {
    const inState = (state: string) => createRoster({ ...house, state });
    expect(said(vote('Assembly Judiciary Committee'), [], inState('ny'))).toContain('voted_no Cleo Reed');
    expect(said(vote('House Appropriations'), [], inState('md'))).toContain('voted_no Cleo Reed');
    expect(said(vote('Assembly Judiciary Committee'))).toEqual(['voted_yes Ben Moss']);
  });

  test.each(['Judiciary Committee', 'Joint House and Senate Committee', 'Housing', 'House', ''])(
    'and its name does neither (%s): names alone stay unknown, and ids are taken',
    (organization) => {
      expect(said(vote(organization))).toEqual(['voted_yes Ben Moss']);
      expect(unmatched(vote(organization))).toEqual(['Frost vote none', 'Reed vote none']);
    },
  );
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

describe('who voted yes and no in two roll calls', () => {
  const twice = (second: Partial<RollCall>, option = 'no') => ({
    roll_calls: [
      ...votes([
        ['Reed', 'yes'],
        ['Frost', 'yes'],
      ]).roll_calls,
      ...votes(
        [
          ['Reed', option],
          ['Frost', 'yes'],
        ],
        { id: 'ocd-vote/2', ...second },
      ).roll_calls,
    ],
  });

  test('of one day has no position from that day, and of two days has both', () => {
    expect(said(twice({}))).toEqual(['voted_yes Dan Frost', 'voted_yes Dan Frost']);
    expect(unmatched(twice({}))).toEqual([]);
    expect(said(twice({ date: '2026-02-11' }))).toEqual([
      'voted_yes Cleo Reed',
      'voted_yes Dan Frost',
      'voted_no Cleo Reed',
      'voted_yes Dan Frost',
    ]);
  });

  test('is not torn by a vote that sets no positions, nor by one that they missed', () => {
    expect(said(twice({ motion: 'Motion to table' }))).toEqual([
      'voted_yes Cleo Reed',
      'voted_yes Dan Frost',
    ]);
    expect(said(twice({}, 'absent'))).toContain('not_voting Cleo Reed');
    expect(said(twice({}, 'absent'))).toContain('voted_yes Cleo Reed');
  });
});

describe('a title of the other chamber', () => {
  const sponsored = (...names: (string | [string, string])[]) => ({
    sponsorships: names.map((one) =>
      typeof one === 'string'
        ? { name: one, is_primary: true }
        : { name: one[0], person_id: one[1], is_primary: false },
    ),
  });
  const FROST = member(6, 'Finn Frost', { org_classification: 'upper' });

  test('on a vote excludes the members of this one', () => {
    const mixed = votes([
      ['Sen. Frost', 'yes'],
      ['Rep. Reed', 'no'],
    ]);
    expect([said(mixed), unmatched(mixed)]).toEqual([['voted_no Cleo Reed'], ['Sen. Frost vote none']]);
  });

  test('makes a sponsor looked for there', () => {
    expect(said(sponsored('Sen. Reed'))).toEqual(['sponsor Eva Reed']);
    expect(said({ ...sponsored('Rep. Reed'), chamber: 'upper' })).toEqual(['sponsor Cleo Reed']);
    expect(unmatched(sponsored('Sen. Frost'))).toEqual(['Sen. Frost sponsor none']);
  });

  test('or the id of a member of it, makes a surname doubtful that fits in both', () => {
    for (const other of ['Sen. Somebody', ['Reed', EVA.id]] as const) {
      const changes = sponsored(other as string, 'Reed', 'Frost', 'Rep. Reed');
      const { positions, unmatched: names } = see(changes);
      expect(positions.map(({ person_id }) => person_id)).toEqual(expect.arrayContaining([DAN.id, CLEO.id]));
      expect(names.map(({ name, why }) => `${name} ${why}`)).toContain('Reed several');
    }
    expect(said(sponsored('Reed', 'Frost'))).toEqual(['sponsor Cleo Reed', 'sponsor Dan Frost']);
    expect(said(sponsored('Cleo Reed', 'Sen. Frost'), [], houseOf([CLEO, EVA, FROST]).roster)).toEqual([
      'sponsor Cleo Reed',
      `sponsor ${FROST.id}`,
    ]);
  });
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

describe('a committee that OpenStates lists after the session', () => {
  const committees = [
    {
      name: 'Rules',
      chamber: 'lower' as const,
      since: '2026-01-13',
      members: [
        { name: 'Reed', role: 'chair' },
        { name: 'Dan Frost', person_id: DAN.id, role: 'member' },
        { name: 'Somebody', person_id: 'ocd-person/new', role: 'member' },
        { name: 'Nobody', role: 'member' },
        { name: 'Moss', role: 'member' },
      ],
    },
  ];
  const over = { committees, session_end: '2026-03-13', fetched_at: '2027-02-10T12:00:00Z' };
  const NEW = { start_date: '2026-11-03' };
  const later = (...members: Legislator[]) =>
    createRoster({ ...houseOf(members).roster, as_of: '2027-02-01' });

  test('has as members those who sat in the chamber then, and nobody else is told of', () => {
    const roster = later(
      member(3, 'Cleo Reed', NEW),
      DAN,
      member(1, 'Ana Moss', NEW),
      member(2, 'Ben Moss', NEW),
    );
    expect(said(over, [], roster)).toEqual(['on_committee Dan Frost']);
    expect(unmatched(over, [], roster)).toEqual([]);
  });

  test('has nobody of whom it is not known since when they sit, if there was an election', () => {
    const roster = later(member(4, 'Dan Frost', { start_date: undefined }), CLEO);
    expect(said(over, [], roster)).toEqual(['on_committee Cleo Reed']);
  });

  test('tells a name that may mean somebody who sat then', () => {
    const roster = later(CLEO, ANA, member(2, 'Ben Moss', NEW));
    expect(unmatched(over, [], roster)).toEqual(['Moss committee several']);
  });

  test('is not yet one on the session’s last day in the state, nor where nobody says when it ends', () => {
    const new_ones = later(member(4, 'Dan Frost', NEW));
    // Nine in the evening in Florida.
    for (const changes of [
      { ...over, fetched_at: '2026-03-14T01:00:00Z' },
      { ...over, session_end: undefined },
    ])
      expect(said(changes, [], new_ones)).toContain('on_committee Dan Frost');
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
