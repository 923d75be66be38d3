import type { OrgClassification, Roster } from '../../server/legislators/legislator.ts';
import { type ApiSeat, geoReplySchema } from '../../server/legislators/openstates-replies.ts';
import { rosterOfDownload } from '../../server/legislators/openstates-roster.ts';
import { createRoster } from '../../server/legislators/roster.ts';
import { districtsOfGeoids, districtsOfSeats } from '../../server/legislators/seat-districts.ts';
import { stateFacts } from '../../server/legislators/states.ts';
import {
  apiPerson,
  congressPerson,
  jurisdictionOf,
  madeUpGeorgia,
  type StubPerson,
} from '../fixtures/openstates/made-up.ts';
import { HAS_REAL_OPENSTATES, realReply } from '../support/stub-openstates.ts';

/** A roster as a download gives it. */
function rosterOf(state: string, jurisdiction: Record<string, unknown>, people: StubPerson[]): Roster {
  const download = { jurisdiction, people, broken: 0 } as unknown as Parameters<typeof rosterOfDownload>[0];
  const facts = stateFacts(state);
  return createRoster(rosterOfDownload(download, { facts, as_of: '2026-11-24', boundaries: undefined }).data);
}

const { jurisdiction, people } = madeUpGeorgia();
const georgia = rosterOf('ga', jurisdiction, people);
const senate3 = apiPerson('ga', 'upper', '3');
const house = (district: number) => apiPerson('ga', 'lower', String(district));
const congress = [congressPerson('ga', 'Aa'), congressPerson('ga', 'Bb', '/cd:1')];
const seats = (...of: StubPerson[]) => geoReplySchema.parse({ results: of }).results;

/** Each chamber in short: its districts, '!' where they are certain, else the doubt. */
function inShort(roster: Roster, of: ApiSeat[], geoids = {}): string[] {
  return districtsOfSeats(roster, of, geoids).map(
    ({ org_classification, districts, doubt }) =>
      `${org_classification} ${districts.length > 6 ? `${districts.slice(0, 2).map((one) => one.district)}…${districts.length}` : districts.map((one) => one.district)} ${doubt ?? '!'}`,
  );
}

test('one member of each chamber, with Congress mixed in, is certain', () => {
  expect(inShort(georgia, seats(...congress, house(10), senate3))).toEqual(['upper 3 !', 'lower 10 !']);
});

test('a district is known by its name where the reply has no division', () => {
  const seat = apiPerson('ga', 'lower', '10', {
    current_role: { org_classification: 'lower', district: '010' },
  });
  expect(inShort(georgia, seats(seat, senate3))).toEqual(['upper 3 !', 'lower 10 !']);
});

test('a chamber that is missing is a choice: of its vacant seats, as a vacant seat is not named', () => {
  expect(inShort(georgia, seats(...congress, senate3))).toEqual(['upper 3 !', 'lower 24 districts_unsure']);
  // Of a chamber without a vacant seat nothing is known.
  expect(inShort(georgia, seats(...congress, house(10)))).toEqual([
    'upper 1,2,3,4,5,6 districts_unsure',
    'lower 10 !',
  ]);
});

test('a vacant district that the Census names too is certain: two witnesses', () => {
  const geoids = { upper: '13003', lower: '13024' };
  expect(inShort(georgia, seats(senate3), geoids)).toEqual(['upper 3 !', 'lower 24 !']);
  expect(inShort(georgia, seats(senate3), { ...geoids, lower: '13009' })).toEqual([
    'upper 3 !',
    'lower 9,24 districts_unsure',
  ]);
});

test('where the Census names another district both are a choice, its own first', () => {
  expect(inShort(georgia, seats(house(10), senate3), { upper: '13003', lower: '13011' })).toEqual([
    'upper 3 !',
    'lower 11,10 districts_disagree',
  ]);
  expect(inShort(georgia, seats(house(10), senate3), { upper: '13999' })).toEqual([
    'upper 3 !',
    'lower 10 !',
  ]);
});

test('two districts of a chamber in which one place has one are a choice of the two', () => {
  expect(inShort(georgia, seats(house(10), house(11), senate3))).toEqual([
    'upper 3 !',
    'lower 10,11 districts_unsure',
  ]);
});

test('a district that the roster does not know leaves its chamber open', () => {
  expect(inShort(georgia, seats(apiPerson('ga', 'lower', '99'), senate3))[1]).toBe(
    'lower 1,2…24 districts_unsure',
  );
  expect(inShort(georgia, seats(apiPerson('ga', 'lower', '99'), house(4), senate3))[1]).toBe(
    'lower 4,1…24 districts_unsure',
  );
});

test('nobody, or people of another state, is outside; Congress alone is inside with everything open', () => {
  expect(inShort(georgia, [])).toEqual([]);
  expect(inShort(georgia, seats(congressPerson('fl', 'Aa'), apiPerson('fl', 'lower', '3')))).toEqual([]);
  expect(inShort(georgia, seats(...congress))).toEqual([
    'upper 1,2,3,4,5,6 districts_unsure',
    'lower 24 districts_unsure',
  ]);
});

test('what the Census alone says is found by its ids, each chamber its own', () => {
  const named = districtsOfGeoids(georgia, { upper: '13003', lower: '13003' });
  expect(named.map(({ org_classification, district }) => `${org_classification} ${district}`)).toEqual([
    'upper 3',
    'lower 3',
  ]);
  expect(districtsOfGeoids(georgia, { lower: '13099' })).toEqual([]);
});

/** New Hampshire in little: two towns of several seats, and a floterial over both. */
const TOWNS: [string, number][] = [
  ['Rockingham 1', 2],
  ['Rockingham 25', 9],
  ['Rockingham 30', 1],
];
const nh = (() => {
  const members = (chamber: OrgClassification, district: string, count: number) =>
    Array.from({ length: count }, (_, index) =>
      apiPerson('nh', chamber, district, { id: `ocd-person/${district}-${index}`, name: `Made-Up ${index}` }),
    );
  const all = [
    ...members('upper', '24', 1),
    ...TOWNS.flatMap(([town, count]) => members('lower', town, count)),
  ];
  const roster = rosterOf('nh', jurisdictionOf('nh', { upper: [['24']], lower: TOWNS }), all);
  return {
    roster,
    seatsOf: (...names: string[]) =>
      names.flatMap((name) =>
        members(name === '24' ? 'upper' : 'lower', name, TOWNS.find(([town]) => town === name)?.[1] ?? 1),
      ),
  };
})();

test('several districts of a chamber that overlap all represent the place', () => {
  expect(inShort(nh.roster, seats(...nh.seatsOf('24', 'Rockingham 1', 'Rockingham 30')))).toEqual([
    'upper 24 !',
    'lower Rockingham 1,Rockingham 30 !',
  ]);
});

test('ten people may not be all: a chamber of overlapping districts is a choice, those found first', () => {
  const ten = nh.seatsOf('24', 'Rockingham 25');
  expect(ten.length).toBe(10);
  expect(inShort(nh.roster, seats(...ten))).toEqual([
    'upper 24 !',
    'lower Rockingham 25,Rockingham 1,Rockingham 30 districts_unsure',
  ]);
  expect(inShort(nh.roster, seats(...ten.slice(0, 9)))).toEqual(['upper 24 !', 'lower Rockingham 25 !']);
  // The senator may be among those who were cut.
  expect(inShort(nh.roster, seats(...nh.seatsOf('Rockingham 25'), congressPerson('nh', 'Aa')))[0]).toBe(
    'upper 24 districts_unsure',
  );
});

const idaho = rosterOf(
  'id',
  jurisdictionOf('id', { upper: [['1'], ['2']], lower: [['1A'], ['1B'], ['2A'], ['2B']] }),
  [
    ...['1', '2'].map((district) => apiPerson('id', 'upper', district)),
    ...['1A', '2A', '2B'].map((district) =>
      apiPerson('id', 'lower', district, { id: `ocd-person/${district}` }),
    ),
  ],
);
const inIdaho = (chamber: OrgClassification, district: string) => apiPerson('id', chamber, district);

test('Idaho’s seats A and B are one place: both are certain, and so they are where one is vacant', () => {
  const of = (...districts: string[]) => [
    inIdaho('upper', districts[0]![0]!),
    ...districts.map((district) => inIdaho('lower', district)),
  ];
  expect(inShort(idaho, seats(...of('2A', '2B')))).toEqual(['upper 2 !', 'lower 2A,2B !']);
  expect(inShort(idaho, seats(...of('1A')))).toEqual(['upper 1 !', 'lower 1A,1B !']);
  expect(inShort(idaho, seats(...of('1A')), { upper: '16001', lower: '16001' })).toEqual([
    'upper 1 !',
    'lower 1A,1B !',
  ]);
  expect(inShort(idaho, seats(...of('1A')), { lower: '16002' })[1]).toBe(
    'lower 2A,2B,1A,1B districts_disagree',
  );
});

test('members at large tell nothing of the place, and leave no doubt', () => {
  const whole = 'ocd-division/country:us/territory:pr';
  const at_large = (chamber: OrgClassification, id: number, division_id: string) =>
    apiPerson('pr', chamber, 'At-Large', {
      id: `ocd-person/${id}`,
      current_role: { org_classification: chamber, district: 'At-Large', division_id },
    });
  const people = [
    at_large('upper', 1, whole),
    at_large('upper', 2, whole),
    at_large('lower', 3, `${whole}/sldl:at-large`),
    ...(['upper', 'lower'] as const).flatMap((chamber) =>
      ['1', '2'].map((district) => apiPerson('pr', chamber, district)),
    ),
  ];
  const jurisdiction = jurisdictionOf('pr', {
    upper: [
      ['1', 2],
      ['2', 2],
      ['At-Large', 12, whole],
    ],
    lower: [['1'], ['2'], ['At-Large', 13]],
  });
  const pr = rosterOf('pr', jurisdiction, people);
  const found = people.filter(({ name }) => !name.endsWith(' 2'));
  expect(inShort(pr, seats(...found))).toEqual(['upper 1 !', 'lower 1 !']);
});

const real = HAS_REAL_OPENSTATES ? test : test.skip;
if (!HAS_REAL_OPENSTATES) console.warn('skipped: ../shared/data/openstates/api-v3 is not here');

real('the real reply that was cut at ten in New Hampshire is a choice, never a guess', () => {
  const reply = geoReplySchema.parse(realReply('rendered/people.geo-nh-rockingham25-truncated-at-10.json'));
  expect(reply.results.length).toBe(10);
  expect(inShort(nh.roster, reply.results)).toEqual([
    'upper 24 !',
    'lower Rockingham 25,Rockingham 1,Rockingham 30 districts_unsure',
  ]);
});
