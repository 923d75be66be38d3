import { createBoundaries } from '../../server/legislators/boundaries.ts';
import { createFinder, type Finder, type FinderRequest } from '../../server/legislators/finder.ts';
import type { FinderOutcome } from '../../server/legislators/finder-outcome.ts';
import { createGeocoder } from '../../server/legislators/geocoder.ts';
import type { District, OrgClassification, Point } from '../../server/legislators/legislator.ts';
import { createRoster, type StateRoster } from '../../server/legislators/roster.ts';
import { sampleFlorida } from '../fixtures/boundaries/sample-florida.ts';
import { replyWith, type StubGeocoder, type StubMatch, startStubGeocoder } from '../support/stub-geocoder.ts';

const sldu = (district: number) => `ocd-division/country:us/state:fl/sldu:${district}`;
const sldl = (district: number) => `ocd-division/country:us/state:fl/sldl:${district}`;

/** Well inside House 14 and Senate 5. */
const INSIDE: Point = { latitude: 30.3255, longitude: -81.6565 };
/** In House 13, not far away. */
const IN_HOUSE_13: Point = { latitude: 30.3584, longitude: -81.692 };
/** On the beach of Jacksonville, and out on the sea. */
const BEACH: Point = { latitude: 30.285, longitude: -81.4 };
const SEA: Point = { latitude: 30.285, longitude: -81.2 };

let florida: StateRoster;
let stub: StubGeocoder;
let finder: Finder;
beforeAll(async () => {
  florida = await sampleFlorida();
  stub = await startStubGeocoder();
  finder = finderOver((state) => (state === 'fl' ? florida : undefined));
});
afterAll(() => stub.close());
beforeEach(() => {
  stub.requests.length = 0;
});

function finderOver(getRoster: (state: string) => StateRoster | undefined): Finder {
  const geocoder = createGeocoder({
    url: stub.url,
    now: () => new Date('2026-11-24T12:00:00Z'),
    random: () => 0,
    log: () => undefined,
    timeout_ms: 300,
    backoff_ms: 5,
  });
  return createFinder({ geocoder, getRoster });
}

const find = (request: FinderRequest) => finder.find('fl', request);
const findPoint = (point: Point) => find({ kind: 'point', point });
const findAddress = (text = '1 Example Street, Jacksonville') => find({ kind: 'address', text });

/** What the geocoder finds leads to this. */
function findPlaces(...matches: StubMatch[]): Promise<FinderOutcome> {
  stub.behave(replyWith(...matches));
  return findAddress();
}

/** An outcome in short: the numbers of the districts, '!' behind a chamber that is certain, '?' behind one whose first is filled in. */
function inShort(outcome: FinderOutcome): string[] {
  if (outcome.kind === 'certain') return ['certain', ...outcome.division_ids];
  if (outcome.kind === 'unusable') return [outcome.reason, outcome.state ?? ''];
  if (outcome.kind === 'no_roster') return [outcome.kind];
  return [
    outcome.reason,
    ...outcome.candidates.map(
      ({ districts, is_certain, is_likely }) =>
        `${districts.map(({ division_id }) => division_id.split(':').slice(-2).join(':').replace(/^fl\//, '')).join(' ')}${is_certain ? '!' : ''}${is_likely ? '?' : ''}`,
    ),
  ];
}

function lowerAt(point: Point): District | undefined {
  return florida.boundaries!.at(point).find(({ org_classification }) => org_classification === 'lower');
}

/** The last point with the first one's House district on the way to another, and the first beyond it, less than a metre apart. */
function crossing(from: Point, to: Point): [before: Point, after: Point] {
  const district = lowerAt(from);
  let [before, after] = [from, to];
  while (Math.hypot(before.latitude - after.latitude, before.longitude - after.longitude) > 0.000005) {
    const middle = {
      latitude: (before.latitude + after.latitude) / 2,
      longitude: (before.longitude + after.longitude) / 2,
    };
    if (lowerAt(middle) === district) before = middle;
    else after = middle;
  }
  return [before, after];
}

const eastOf = (point: Point, metres: number): Point => ({
  ...point,
  longitude: point.longitude + metres / (111_195 * Math.cos((point.latitude * Math.PI) / 180)),
});

test('a point well inside its districts is certain', async () => {
  expect(await findPoint(INSIDE)).toEqual({ kind: 'certain', division_ids: [sldu(5), sldl(14)] });
});

test('a point on a line is a choice of the districts on each side, and what is certain stays so', async () => {
  const [before] = crossing(INSIDE, IN_HOUSE_13);
  expect(inShort(await findPoint(before))).toEqual(['near_a_line', 'sldu:5!', 'sldl:14 sldl:13']);
});

test('a point is a choice as long as another district is within 50 metres, and certain beyond', async () => {
  const [on_the_line] = crossing(INSIDE, IN_HOUSE_13);
  const north = (INSIDE.latitude - on_the_line.latitude) / 200;
  const east = (INSIDE.longitude - on_the_line.longitude) / 200;
  const seen = new Set<string>();
  for (let step = 0; step < 60; step += 1) {
    const point = {
      latitude: on_the_line.latitude + north * step,
      longitude: on_the_line.longitude + east * step,
    };
    const [, other] = florida
      .boundaries!.near(point, 500)
      .filter(({ district }) => district.org_classification === 'lower');
    const outcome = await findPoint(point);
    const isNear = (other?.distance ?? Number.POSITIVE_INFINITY) <= 50;
    expect(outcome.kind).toBe(isNear ? 'choose' : 'certain');
    seen.add(outcome.kind);
  }
  expect([...seen]).toEqual(['choose', 'certain']);
});

test('off the coast the nearest districts are a choice, further out it is outside', async () => {
  const [shore] = crossing(BEACH, SEA);
  const near = await findPoint(eastOf(shore, 500));
  expect(near).toMatchObject({ kind: 'choose', reason: 'off_our_map', whole_list: false });
  expect(inShort(near).slice(1).join(' ')).not.toContain('!');
  const [upper, lower] = inShort(near).slice(1);
  expect([upper, lower]).toEqual([expect.stringMatching(/^sldu/), expect.stringMatching(/^sldl/)]);
  expect(inShort(await findPoint(eastOf(shore, 3000)))).toEqual(['outside', '']);
});

test.each([
  ['Atlanta', { latitude: 33.749, longitude: -84.388 }],
  ['the other side of the earth', { latitude: -30, longitude: 98 }],
  ['nowhere', { latitude: 0, longitude: 0 }],
])('a point in %s is outside', async (_where, point) => {
  expect(inShort(await findPoint(point))).toEqual(['outside', '']);
});

test.each([
  [{ latitude: Number.NaN, longitude: -81 }],
  [{ latitude: 91, longitude: -81 }],
  [{ latitude: 30, longitude: -181 }],
  [{ latitude: Number.POSITIVE_INFINITY, longitude: -81 }],
])('%j is no point on earth', async (point) => {
  expect(inShort(await findPoint(point))).toEqual(['bad_point', '']);
});

test('districts of both chambers have the same numbers at the Census, and each is taken for its own chamber', async () => {
  // Senate 5 and House 5 are both 12005.
  const outcome = await findPlaces({ ...INSIDE, upper: '12005', lower: '12014' });
  expect(outcome).toEqual({ kind: 'certain', division_ids: [sldu(5), sldl(14)] });
});

test('near a line where the geocoder names our side that one is filled in, to be confirmed', async () => {
  const [before] = crossing(INSIDE, IN_HOUSE_13);
  const outcome = await findPlaces({ ...before, upper: '12005', lower: '12014' });
  expect(inShort(outcome)).toEqual(['near_a_line_agreed', 'sldu:5!', 'sldl:14 sldl:13?']);
});

test('of two places on either side of a line nothing is filled in', async () => {
  const [before, after] = crossing(INSIDE, IN_HOUSE_13);
  const outcome = await findPlaces(
    { ...before, upper: '12005', lower: '12014' },
    { ...after, upper: '12005', lower: '12013' },
  );
  expect(inShort(outcome)).toEqual(['near_a_line', 'sldu:5!', 'sldl:14 sldl:13']);
});

test('of one place that is found twice beside a line the same district is filled in', async () => {
  const [before] = crossing(INSIDE, IN_HOUSE_13);
  const place = { ...before, upper: '12005', lower: '12014' };
  expect(inShort(await findPlaces(place, place))).toEqual([
    'near_a_line_agreed',
    'sldu:5!',
    'sldl:14 sldl:13?',
  ]);
});

test('near a line where the geocoder names the other side both are a choice, its own first', async () => {
  const [before] = crossing(INSIDE, IN_HOUSE_13);
  const outcome = await findPlaces({ ...before, upper: '12005', lower: '12013' });
  expect(inShort(outcome)).toEqual(['near_a_line', 'sldu:5!', 'sldl:13 sldl:14']);
});

test('where the geocoder names a district that our map has elsewhere both are a choice', async () => {
  const outcome = await findPlaces({ ...INSIDE, upper: '12005', lower: '12120' });
  expect(inShort(outcome)).toEqual(['districts_disagree', 'sldu:5!', 'sldl:120 sldl:14']);
  const both = await findPlaces({ ...INSIDE, upper: '12040', lower: '12120' });
  expect(inShort(both)).toEqual(['districts_disagree', 'sldu:40 sldu:5', 'sldl:120 sldl:14']);
});

test('on a shore that our map draws too coarsely the geocoder makes it certain', async () => {
  const [shore] = crossing(BEACH, SEA);
  const off = eastOf(shore, 300);
  const [upper, lower] = ['upper', 'lower'].map(
    (chamber) =>
      florida
        .boundaries!.near(off, 2000)
        .find(({ district }) => district.org_classification === (chamber as OrgClassification))!.district,
  ) as [District, District];
  const outcome = await findPlaces({ ...off, upper: upper.geoid!, lower: lower.geoid! });
  expect(outcome).toEqual({ kind: 'certain', division_ids: [upper.division_id, lower.division_id] });
});

test('off the shore, where another district is hardly further than the geocoder’s, a line is told', async () => {
  // In the sea off Miami Beach: House 113 is 1,794 m away, House 106 1,833 m.
  const off: Point = { latitude: 25.7442, longitude: -80.125 };
  const near = await findPlaces({ ...off, upper: '12036', lower: '12113' });
  expect(inShort(near)).toEqual(['near_a_line_agreed', 'sldu:36!', 'sldl:113 sldl:106?']);
  const other = await findPlaces({ ...off, upper: '12036', lower: '12106' });
  expect(inShort(other)).toEqual(['near_a_line_agreed', 'sldu:36!', 'sldl:106 sldl:113?']);
});

test('where a layer of the reply is missing our own map stands in for it, with its own doubts', async () => {
  expect(await findPlaces(INSIDE)).toEqual({ kind: 'certain', division_ids: [sldu(5), sldl(14)] });
  expect(await findPlaces({ ...INSIDE, upper: '12005' })).toEqual({
    kind: 'certain',
    division_ids: [sldu(5), sldl(14)],
  });
  const [before] = crossing(INSIDE, IN_HOUSE_13);
  expect(inShort(await findPlaces({ ...before, upper: '12005' }))).toEqual([
    'near_a_line',
    'sldu:5!',
    'sldl:14 sldl:13',
  ]);
  // The upper chamber, of which the reply says nothing, has no line near: it is certain all the same.
  expect(inShort(await findPlaces({ ...before, lower: '12014' }))).toEqual([
    'near_a_line_agreed',
    'sldu:5!',
    'sldl:14 sldl:13?',
  ]);
});

test('an id of the geocoder that our list does not have is of another map: nothing is certain in that chamber', async () => {
  expect(inShort(await findPlaces({ ...INSIDE, upper: '12999' }))).toEqual([
    'districts_disagree',
    'sldu:5',
    'sldl:14!',
  ]);
});

test('several places in the same districts are certain', async () => {
  const beside = { ...INSIDE, latitude: INSIDE.latitude + 0.001 };
  expect((await findPlaces(INSIDE, beside)).kind).toBe('certain');
});

test('of several places in different districts only what all share is certain', async () => {
  const outcome = await findPlaces(INSIDE, IN_HOUSE_13);
  expect(inShort(outcome)).toEqual(['several_matches', 'sldu:5!', 'sldl:14 sldl:13']);
  const tampa = { latitude: 27.9477, longitude: -82.4584 };
  expect(inShort(await findPlaces(INSIDE, tampa)).join(' ')).not.toContain('!');
});

test('of several places those in another state are no candidates, but leave a doubt', async () => {
  const dover = { latitude: 39.16, longitude: -75.52, state: 'DE' };
  const outcome = await findPlaces(dover, INSIDE);
  expect(outcome).toMatchObject({ kind: 'choose', reason: 'several_matches' });
  expect(outcome.kind === 'choose' && outcome.candidates.map((group) => group.is_certain)).toEqual([
    false,
    false,
  ]);
  expect(inShort(await findPlaces(dover))).toEqual(['other_state', 'de']);
});

test('a place of which the reply names no state is judged by its point', async () => {
  expect((await findPlaces({ ...INSIDE, state: '' })).kind).toBe('certain');
  const dover = { latitude: 39.16, longitude: -75.52, state: '' };
  expect(inShort(await findPlaces(dover))).toEqual(['outside', '']);
});

test('what is not an address is never sent: a ZIP code is a choice, a PO box comes with what is near', async () => {
  const zip = await findAddress('Jacksonville, FL 32209');
  expect(zip).toMatchObject({ kind: 'choose', reason: 'zip_only', whole_list: false });
  expect(inShort(zip).join(' ')).not.toContain('!');
  const box = await findAddress('PO Box 12, 32209');
  expect(box).toMatchObject({ kind: 'unusable', reason: 'po_box' });
  expect('candidates' in box && box.candidates?.length).toBe(2);
  expect(inShort(await findAddress(''))).toEqual(['empty', '']);
  expect(inShort(await findAddress('Main Street'))).toEqual(['no_street', '']);
  expect(inShort(await findAddress('1 '.repeat(80)))).toEqual(['too_long', '']);
  expect(inShort(await findAddress('90210'))).toEqual(['other_state', 'ca']);
  expect(inShort(await findAddress('00000'))).toEqual(['unknown_zip', '']);
  expect(stub.requests).toEqual([]);
});

test('without an answer an address with a ZIP code of ours is a choice of what is near, one without of everything', async () => {
  stub.behave('another shape');
  const near = await findAddress('1 Example Street, 32209');
  expect(near).toMatchObject({ kind: 'choose', reason: 'geocoder_unavailable_nearby', whole_list: false });
  expect('candidates' in near && near.candidates?.flatMap(({ districts }) => districts).length).toBeLessThan(
    30,
  );
  const whole = await findAddress('1 Example Street');
  expect(whole).toMatchObject({ kind: 'choose', reason: 'geocoder_unavailable', whole_list: true });
  expect('candidates' in whole && whole.candidates?.map(({ districts }) => districts.length)).toEqual([
    40, 120,
  ]);
  expect(inShort(await findAddress('1 Example Street, 30303'))).toEqual(['other_state', 'ga']);
});

test('districts picked by hand are certain, the upper chamber first, each once', async () => {
  const pick = (...division_ids: string[]) => find({ kind: 'divisions', division_ids });
  expect(await pick(sldl(14), sldu(5), sldl(14))).toEqual({
    kind: 'certain',
    division_ids: [sldu(5), sldl(14)],
  });
  expect(inShort(await pick(sldl(14)))).toEqual(['certain', sldl(14)]);
  expect(inShort(await pick())).toEqual(['empty', '']);
  expect(inShort(await pick(sldl(14), sldl(999)))).toEqual(['unknown_division', '']);
  expect(inShort(await pick(sldl(14), 'constructor'))).toEqual(['unknown_division', '']);
  expect(inShort(await pick(...Array.from({ length: 50 }, (_, index) => sldl(index + 1))))).toEqual([
    'too_many_divisions',
    '',
  ]);
});

test('where there is no roster it says so and asks nobody', async () => {
  expect(await finder.find('ga', { kind: 'address', text: '1 Example Street, Atlanta' })).toEqual({
    kind: 'no_roster',
  });
  expect(stub.requests).toEqual([]);
});

/** A state of one square district, in a legislature of one chamber, as Nebraska has it. */
function nebraska(): StateRoster {
  const district: District = {
    division_id: 'ocd-division/country:us/state:ne/sldu:1',
    state: 'ne',
    org_classification: 'legislature',
    district: '1',
    name: 'State Legislative District 1',
    seats: 1,
    geoid: '31001',
  };
  const coordinates = [
    [
      [-98, 40],
      [-97, 40],
      [-97, 41],
      [-98, 41],
      [-98, 40],
    ],
  ];
  return {
    roster: createRoster({
      state: 'ne',
      jurisdiction_id: 'ocd-jurisdiction/country:us/state:ne/government',
      source: 'made-up sample',
      as_of: '2026-11-24',
      is_sample: true,
      districts: [district],
      legislators: [],
    }),
    boundaries: createBoundaries('ne', {
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: district, geometry: { type: 'Polygon', coordinates } }],
    }),
  };
}

test('a legislature of one chamber, which the Census calls upper, is certain with its one district', async () => {
  const roster = nebraska();
  const one = finderOver(() => roster);
  stub.behave(replyWith({ latitude: 40.5, longitude: -97.5, state: 'NE', upper: '31001' }));
  expect(await one.find('ne', { kind: 'address', text: '1 Example Street, Lincoln' })).toEqual({
    kind: 'certain',
    division_ids: ['ocd-division/country:us/state:ne/sldu:1'],
  });
});
