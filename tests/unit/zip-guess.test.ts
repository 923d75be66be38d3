import type { District } from '../../server/legislators/legislator.ts';
import type { StateRoster } from '../../server/legislators/roster.ts';
import { guessByZip } from '../../server/legislators/zip-guess.ts';
import { sampleFlorida } from '../fixtures/boundaries/sample-florida.ts';

let florida: StateRoster;
beforeAll(async () => {
  florida = await sampleFlorida();
});

const district = (id: string): District =>
  florida.roster.representation(`ocd-division/country:us/state:fl/${id}`)!.district;

/** A guess in short, where the Census says this of ZIP codes: '?' behind a list whose first is filled in. */
function guess(zip: string, census: Record<string, string[]> | undefined, place: Partial<StateRoster> = {}) {
  const zips = census && new Map(Object.entries(census).map(([one, ids]) => [one, ids.map(district)]));
  const found = guessByZip(zip, { ...florida, zips, ...place });
  if (found.kind !== 'candidates') return found;
  const lists = found.candidates.map(
    ({ districts, is_certain, is_likely }) =>
      `${districts.map(({ district: number }) => number).join(' ')}${is_certain ? '!' : ''}${is_likely ? '?' : ''}`,
  );
  return [found.by, ...lists];
}

test('where the Census names the districts of a ZIP code they are those, in its order', () => {
  expect(guess('32209', { 32209: ['sldu:5', 'sldu:4', 'sldl:14', 'sldl:13'] })).toEqual([
    'census',
    '5 4',
    '14 13',
  ]);
});

test('a district that is alone is filled in where our map has the middle of the ZIP code there, and is never certain', () => {
  expect(guess('32209', { 32209: ['sldu:5', 'sldl:14', 'sldl:13'] })).toEqual(['census', '5?', '14 13']);
  expect(guess('32209', { 32209: ['sldu:40', 'sldl:13'] })).toEqual(['census', '40', '13?']);
  // Nobody here can say where the middle is.
  expect(guess('32209', { 32209: ['sldu:5', 'sldl:14'] }, { boundaries: undefined })).toEqual([
    'census',
    '5',
    '14',
  ]);
});

test('a ZIP code to which the Census gives no area, or none in one chamber, leads to the nearest districts', () => {
  const nearby = guess('32209', undefined);
  expect(nearby).toEqual(['nearby', expect.stringMatching(/\b5\b/), expect.stringMatching(/\b14\b/)]);
  expect(guess('32209', { 32208: ['sldu:5', 'sldl:14'] })).toEqual(nearby);
  expect(guess('32209', { 32209: ['sldl:14'] })).toEqual(nearby);
  // Of boxes alone.
  expect(guess('32231', { 32209: ['sldu:5', 'sldl:14'] })).toEqual([
    'nearby',
    expect.any(String),
    expect.any(String),
  ]);
});

test('a ZIP code that the Census has in this state counts, whatever else is known of it', () => {
  expect(guess('31548', { 31548: ['sldu:4', 'sldl:15'] })).toEqual(['census', '4', '15']);
  expect(guess('31548', undefined)).toEqual({ kind: 'other_state', state: 'ga' });
  expect(guess('00000', { 32209: ['sldu:5', 'sldl:14'] })).toEqual({ kind: 'unknown_zip' });
});

test('where neither is at hand a ZIP code tells the state alone', () => {
  const place = { boundaries: undefined };
  expect(guess('32209', undefined, place)).toEqual({ kind: 'no_map' });
  expect(guess('31548', undefined, place)).toEqual({ kind: 'other_state', state: 'ga' });
  expect(guess('00000', undefined, place)).toEqual({ kind: 'unknown_zip' });
});
