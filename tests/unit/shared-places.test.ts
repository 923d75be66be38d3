import { type Boundaries, createBoundaries } from '../../server/legislators/boundaries.ts';
import type { District, Legislator, OrgClassification, Point } from '../../server/legislators/legislator.ts';
import { membersInOrder } from '../../server/legislators/place-members.ts';
import { districtsOfMatch, districtsOfPoint } from '../../server/legislators/point-districts.ts';
import { withSharers } from '../../server/legislators/shared-places.ts';
import { square, westOf } from '../fixtures/boundaries/made-up.ts';

function district(state: string, chamber: OrgClassification, name: string, geoid?: string): District {
  const division_id = `ocd-division/country:us/state:${state}/${chamber}:${name}`;
  return {
    division_id,
    state,
    org_classification: chamber,
    district: name,
    name,
    seats: 1,
    ...(geoid ? { geoid } : {}),
  };
}

/** Boundaries in which each district covers the made-up squares from one to another. */
function boundariesOf(state: string, placed: [District, from: number, to: number][]): Boundaries {
  return createBoundaries(state, {
    type: 'FeatureCollection',
    features: placed.map(([properties, from, to]) => {
      const { geometry } = square('sldl', from);
      const ring = geometry.coordinates[0]!.map(([x, y]) => [x === westOf(from) ? x! : westOf(to + 1), y!]);
      return { type: 'Feature', properties, geometry: { ...geometry, coordinates: [ring] } };
    }),
  });
}

const middleOf = (number: number) => ({ latitude: 27.5, longitude: westOf(number) + 0.05 });
const lineWestOf = (number: number) => ({ latitude: 27.5, longitude: westOf(number) + 0.0001 });
const inShort = (verdicts: ReturnType<typeof districtsOfPoint>) =>
  verdicts.map(({ districts, doubt }) => `${districts.map((one) => one.district)} ${doubt ?? '!'}`);

const idaho = [
  district('id', 'lower', '1A', '16001'),
  district('id', 'lower', '1B', '16001'),
  district('id', 'lower', '2A', '16002'),
  district('id', 'lower', '2B', '16002'),
];
const inIdaho = boundariesOf(
  'id',
  idaho.map((one) => [one, Number(one.district[0]), Number(one.district[0])]),
);

test('two seats of one place are both certain, and near a line a choice of all four', () => {
  expect(inShort(districtsOfPoint(inIdaho, middleOf(1)))).toEqual(['1A,1B !']);
  const [verdict] = districtsOfPoint(inIdaho, lineWestOf(2));
  expect(verdict!.doubt).toBe('near_a_line');
  expect(verdict!.districts.map((one) => one.district).sort()).toEqual(['1A', '1B', '2A', '2B']);
});

test('the geocoder’s one district is both seats: it decides near a line, and contradicts within', () => {
  const found = (point: Point, lower: string) =>
    inShort(districtsOfMatch(inIdaho, idaho, { point, geoids: { lower } }));
  expect(found(middleOf(1), '16001')).toEqual(['1A,1B !']);
  expect(found(lineWestOf(2), '16002')).toEqual(['2A,2B,1A,1B near_a_line_agreed']);
  expect(found(lineWestOf(2), '16001')[0]).toMatch(/^1A,1B,.* near_a_line$/);
  expect(found(middleOf(1), '16002')).toEqual(['2A,2B,1A,1B districts_disagree']);
});

test('in New Hampshire districts that overlap are all certain, also where the geocoder names one of them', () => {
  const [town, other, floterial] = [
    district('nh', 'lower', 'Belknap 1', '33001'),
    district('nh', 'lower', 'Belknap 2', '33002'),
    district('nh', 'lower', 'Belknap 8', '33008'),
  ];
  const boundaries = boundariesOf('nh', [
    [town, 1, 1],
    [other, 2, 2],
    [floterial, 1, 2],
  ]);
  const [alone] = districtsOfPoint(boundaries, middleOf(1));
  expect(alone!.doubt).toBeUndefined();
  expect(new Set(alone!.districts)).toEqual(new Set([town, floterial]));
  const [named] = districtsOfMatch(boundaries, [town, other, floterial], {
    point: middleOf(1),
    geoids: { lower: '33001' },
  });
  expect(named!.doubt).toBeUndefined();
  expect(new Set(named!.districts)).toEqual(new Set([town, floterial]));
});

test('elsewhere two districts of a chamber that cover one point are a choice', () => {
  const boundaries = boundariesOf('ga', [
    [district('ga', 'lower', '1'), 1, 2],
    [district('ga', 'lower', '2'), 2, 3],
  ]);
  expect(districtsOfPoint(boundaries, middleOf(2))[0]!.doubt).toBe('near_a_line');
});

test('districts stand in one order, whatever order they are given in, those of the whole state last of each chamber', () => {
  const whole = {
    ...district('pr', 'upper', 'At-Large'),
    division_id: 'ocd-division/country:us/territory:pr',
  };
  const known = [
    whole,
    district('pr', 'upper', '1'),
    district('pr', 'lower', '1'),
    {
      ...district('pr', 'lower', 'At-Large'),
      division_id: 'ocd-division/country:us/territory:pr/sldl:at-large',
    },
  ];
  const [, senate, house] = known as [District, District, District, District];
  const inWords = (given: District[]) =>
    withSharers(known, given).map((one) => `${one.org_classification} ${one.district}`);
  const expected = ['upper 1', 'upper At-Large', 'lower 1', 'lower At-Large'];
  expect(inWords([senate, house])).toEqual(expected);
  expect(inWords([house, whole, senate])).toEqual(expected);
});

test('members of a district stand by family name, whole name, then id, whatever order they come in', () => {
  const member = (id: string, name: string, family_name?: string) =>
    ({ id, name, ...(family_name ? { family_name } : {}) }) as Legislator;
  const expected = [
    member('4', 'Zoe Álvarez', 'Álvarez'),
    member('1', 'Ann Brown', 'Brown'),
    member('2', 'Ann Brown', 'Brown'),
    member('0', 'Bea Brown', 'Brown'),
    // Without a family name by the whole one.
    member('3', 'Cy'),
  ];
  expect(membersInOrder(expected.toReversed())).toEqual(expected);
  expect(membersInOrder([2, 0, 4, 1, 3].map((index) => expected[index]!))).toEqual(expected);
});
