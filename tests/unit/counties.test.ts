import { readFileSync } from 'node:fs';
import { withCounties } from '../../server/legislators/counties.ts';
import type { District } from '../../server/legislators/legislator.ts';
import { featuresOf } from '../../server/legislators/roster-files.ts';
import type { RosterFile } from '../../server/legislators/roster-schema.ts';

const FLORIDA: RosterFile = JSON.parse(readFileSync('sample-data/fl/roster.json', 'utf8'));
const BOUNDARIES = JSON.parse(readFileSync(`sample-data/fl/${FLORIDA.boundaries_file}`, 'utf8'));

const bare = ({ counties: _, ...district }: District): District => district;

/** A made-up district of a state: a box of degrees. */
function box(state: string, west: number, south: number, east: number, north: number) {
  const division_id = `ocd-division/country:us/state:${state}/sldl:1`;
  const district: District = {
    division_id,
    state,
    org_classification: 'lower',
    district: '1',
    name: 'State House District 1',
    seats: 1,
  };
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return {
    district,
    features: featuresOf([{ division_id, geometry: { type: 'Polygon', coordinates: [ring] } }]),
  };
}

async function countiesOfBox(...place: Parameters<typeof box>): Promise<string[] | undefined> {
  const { district, features } = box(...place);
  return (await withCounties([district], features))[0]!.counties;
}

describe('the real districts of Florida', () => {
  let districts: District[];
  beforeAll(async () => {
    districts = await withCounties(FLORIDA.districts.map(bare), BOUNDARIES);
  });
  const inCounty = (name: string) =>
    districts
      .filter(({ counties }) => counties?.includes(name))
      .map(({ division_id }) => division_id.split('/').at(-1));
  const countiesOf = (id: string) =>
    districts.find(({ division_id }) => division_id.endsWith(`/${id}`))?.counties;

  test('each lies in a county, each of the 67 counties is in a district, and the sample roster says the same', () => {
    expect(districts.filter(({ counties = [] }) => counties.length === 0)).toEqual([]);
    expect(new Set(districts.flatMap(({ counties = [] }) => counties)).size).toBe(67);
    expect(districts).toEqual(FLORIDA.districts);
  });

  test('a county of many districts is in each of them and in no neighbour, though its line is drawn more coarsely', () => {
    expect(inCounty('Duval')).toEqual([
      'sldu:4',
      'sldu:5',
      'sldl:12',
      'sldl:13',
      'sldl:14',
      'sldl:15',
      'sldl:16',
      'sldl:17',
    ]);
    expect(inCounty('Monroe')).toEqual(['sldu:40', 'sldl:120']);
  });

  test('a district of several counties names that with most of it first', () => {
    expect(countiesOf('sldl:15')).toEqual(['Nassau', 'Duval']);
    expect(countiesOf('sldl:104')).toEqual(['Broward', 'Miami-Dade']);
    expect(countiesOf('sldl:10')).toEqual(['Columbia', 'Baker', 'Alachua', 'Bradford', 'Union']);
  });
});

test('names are those of the data, with their accents, whatever the state calls its parts', async () => {
  expect(await countiesOfBox('pr', -67.16, 18.18, -67.12, 18.22)).toEqual(['Mayagüez']);
  expect(await countiesOfBox('la', -90.1, 29.94, -90.06, 29.98)).toEqual(['Orleans']);
  expect(await countiesOfBox('ak', -149.9, 61.15, -149.7, 61.2)).toEqual(['Anchorage']);
});

test('a district far from every county of its state, or without an outline, has none', async () => {
  expect(await countiesOfBox('fl', -150, 61, -149, 62)).toBeUndefined();
  const { district } = box('fl', -82, 28, -81, 29);
  expect(await withCounties([district], featuresOf([]))).toEqual([district]);
});

test('counties that are known already are kept, and not sought again', async () => {
  const { district, features } = box('fl', -82, 28, -81, 29);
  const known = { ...district, counties: ['Made-up'] };
  expect(await withCounties([known], features)).toEqual([known]);
});
