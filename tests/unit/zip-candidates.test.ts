import zipcodes from 'zipcodes';
import type { Boundaries } from '../../server/legislators/boundaries.ts';
import type { District, OrgClassification, Point } from '../../server/legislators/legislator.ts';
import { type ZipGuess, zipCandidates } from '../../server/legislators/zip-candidates.ts';
import { sampleFlorida } from '../fixtures/boundaries/sample-florida.ts';
import { howMany } from '../support/how-many.ts';

const CODES = Object.values(zipcodes.codes);
const FLORIDA = CODES.filter((code) => code.state === 'FL');

let boundaries: Boundaries;
/** Those that are all gone through; others are guessed where they are asked about. */
const GONE_THROUGH = FLORIDA.filter((_, index) => index % howMany({ quick: 3, all: 1 }) === 0);
/** What ZIP codes of Florida come to, as far as they were asked about. */
const guesses = new Map<string, ZipGuess>();
let guess: (zip: string) => ZipGuess;
let points = 0;
let distances = 0;
beforeAll(async () => {
  boundaries = (await sampleFlorida()).boundaries!;
  const counting: Boundaries = {
    ...boundaries,
    at: (point) => {
      points += 1;
      return boundaries.at(point);
    },
    near: (point, metres) => {
      distances += 1;
      return boundaries.near(point, metres);
    },
  };
  guess = (zip) => {
    const found = guesses.get(zip) ?? zipCandidates(zip, counting);
    guesses.set(zip, found);
    return found;
  };
});

function districtsOf(zip: string, chamber?: OrgClassification): District[] {
  const found = guess(zip);
  if (found.kind !== 'candidates') throw new Error(`${zip}: ${found.kind}`);
  return found.districts.filter((district) => !chamber || district.org_classification === chamber);
}

test.each(['upper', 'lower'] as const)(
  'ZIP codes of Florida get %s districts, each once, in a list that a person can read',
  (chamber) => {
    expect(FLORIDA.length).toBeGreaterThan(1400);
    const lists = GONE_THROUGH.map(({ zip }) => districtsOf(zip, chamber));
    for (const list of lists) expect(new Set(list).size).toBe(list.length);
    const sizes = lists.map((list) => list.length).toSorted((a, b) => a - b);
    expect(sizes[0]).toBeGreaterThan(0);
    expect(sizes[Math.floor(sizes.length * 0.99)]).toBeLessThanOrEqual(12);
    expect(sizes.at(-1)).toBeLessThanOrEqual(15);
  },
);

test('a ZIP code costs some hundred look-ups of points, and no distance to an outline', () => {
  for (const { zip } of GONE_THROUGH) guess(zip);
  expect(points / guesses.size).toBeLessThan(500);
  expect(distances).toBeLessThan(guesses.size / 100);
});

test('32209 offers House 14 and Senate 5, and begins with what lies in its middle', () => {
  const names = (chamber: OrgClassification) => districtsOf('32209', chamber).map(({ name }) => name);
  expect(names('lower')).toContain('State House District 14');
  expect(names('upper')).toContain('State Senate District 5');
  expect(boundaries.at(zipcodes.codes['32209']!)).toEqual(
    expect.arrayContaining([districtsOf('32209', 'lower')[0], districtsOf('32209', 'upper')[0]]),
  );
});

/** Public places whose ZIP code and position are well known. */
const PLACES: [place: string, zip: string, latitude: number, longitude: number][] = [
  ['Jacksonville, city hall', '32202', 30.3293, -81.659],
  ['Tallahassee, Capitol', '32301', 30.4381, -84.2816],
  ['Tampa, city hall', '33602', 27.9472, -82.4572],
  ['St. Petersburg, city hall', '33701', 27.7723, -82.6386],
  ['Clearwater, downtown', '33755', 27.9659, -82.8001],
  ['Orlando, city hall', '32801', 28.5383, -81.3792],
  ['Kissimmee, downtown', '34741', 28.292, -81.4076],
  ['Miami, government centre', '33128', 25.7752, -80.196],
  ['Miami, Little Havana', '33135', 25.7655, -80.219],
  ['Miami Beach, city hall', '33139', 25.7926, -80.134],
  ['Hialeah, city hall', '33010', 25.8268, -80.281],
  ['Homestead, downtown', '33030', 25.4687, -80.4776],
  ['Key West, Duval Street', '33040', 24.5551, -81.8],
  ['Fort Lauderdale, downtown', '33301', 26.1224, -80.1373],
  ['West Palm Beach, downtown', '33401', 26.7153, -80.0534],
  ['Belle Glade', '33430', 26.6845, -80.6676],
  ['Immokalee', '34142', 26.4187, -81.4173],
  ['Naples, downtown', '34102', 26.142, -81.7948],
  ['Fort Myers, downtown', '33901', 26.6406, -81.8723],
  ['Sarasota, downtown', '34236', 27.3364, -82.5307],
  ['Lakeland, downtown', '33801', 28.0395, -81.9498],
  ['Bartow, courthouse', '33830', 27.8964, -81.8431],
  ['Melbourne, downtown', '32901', 28.0836, -80.6081],
  ['Fort Pierce, downtown', '34950', 27.4467, -80.3256],
  ['Daytona Beach, downtown', '32114', 29.2108, -81.0228],
  ['Ocala, downtown', '34470', 29.1872, -82.1401],
  ['Gainesville, downtown', '32601', 29.6516, -82.3248],
  ['St. Augustine, plaza', '32084', 29.8921, -81.3139],
  ['Lake City', '32055', 30.1897, -82.6393],
  ['Panama City, downtown', '32401', 30.1588, -85.6602],
  ['Pensacola, downtown', '32502', 30.4133, -87.2169],
];

test.each(PLACES)(
  '%s: its districts are among those of its ZIP code %s',
  (_place, zip, latitude, longitude) => {
    const there = boundaries.at({ latitude, longitude });
    expect(there.map((district) => district.org_classification).toSorted()).toEqual(['lower', 'upper']);
    expect(districtsOf(zip)).toEqual(expect.arrayContaining(there));
  },
);

test('wherever someone lives, the ZIP code whose middle is nearest to them offers their districts', () => {
  let [tried, left_out] = [0, 0];
  const step = howMany({ quick: 0.3, all: 0.05 });
  for (let latitude = 24.5; latitude < 31; latitude += step) {
    for (let longitude = -87.6; longitude < -80; longitude += step) {
      const there = boundaries.at({ latitude, longitude });
      const nearest = there.length > 0 && nearestZip({ latitude, longitude });
      if (!nearest) continue;
      const offered = districtsOf(nearest);
      tried += there.length;
      left_out += there.filter((district) => !offered.includes(district)).length;
    }
  }
  expect(tried).toBeGreaterThan(12.5 / step ** 2);
  expect(left_out / tried).toBeLessThan(0.001);
});

const IN_REACH = CODES.filter(
  ({ latitude, longitude }) => latitude < 32 && longitude > -89 && longitude < -79,
);

/** The Florida ZIP code whose middle is nearest; undefined where one of another state is nearer. */
function nearestZip(point: Point): string | undefined {
  // Over so short a way the earth is flat.
  const narrow = Math.cos((point.latitude * Math.PI) / 180);
  const far = ({ latitude, longitude }: Point) =>
    Math.hypot(latitude - point.latitude, (longitude - point.longitude) * narrow);
  let first = IN_REACH[0]!;
  let way = far(first);
  for (const code of IN_REACH) {
    const its = far(code);
    if (its < way) [first, way] = [code, its];
  }
  return first.state === 'FL' ? first.zip : undefined;
}

test.each([
  ['30303', { kind: 'other_state', state: 'ga' }],
  ['00901', { kind: 'other_state', state: 'pr' }],
  // Mail to the armed forces in the Americas; its codes lie among Florida's.
  ['34002', { kind: 'other_state', state: 'aa' }],
  ['00000', { kind: 'unknown_zip' }],
  ['99999', { kind: 'unknown_zip' }],
  // A Canadian code, and a name that every object has.
  ['A1A', { kind: 'unknown_zip' }],
  ['constructor', { kind: 'unknown_zip' }],
])('%s is no ZIP code of Florida', (zip, expected) => {
  expect(zipCandidates(zip, boundaries)).toEqual(expected);
});
