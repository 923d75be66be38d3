import {
  chamberOfLayer,
  districtKey,
  districtName,
  divisionId,
  layersOf,
} from '../../server/legislators/district-names.ts';
import { hasMultiMemberDistricts } from '../../server/legislators/multi-member-chambers.ts';
import {
  chamberFinder,
  chamberName,
  findState,
  STATES,
  stateFacts,
} from '../../server/legislators/states.ts';
import { legislatorTitle } from '../../server/legislators/titles.ts';

test('all 50 states, DC and Puerto Rico are known, each code once', () => {
  expect(STATES.length).toBe(52);
  for (const key of ['state', 'fips', 'name', 'jurisdiction_id'] as const) {
    expect(new Set(STATES.map((state) => state[key])).size).toBe(52);
  }
});

test('every time zone is one that dates can be told in', () => {
  for (const { time_zone } of STATES) {
    expect(() => new Intl.DateTimeFormat('en', { timeZone: time_zone })).not.toThrow();
  }
});

test('jurisdictions and divisions have the ids of Open Civic Data: DC is a district, Puerto Rico a territory', () => {
  expect(stateFacts('fl')).toMatchObject({
    jurisdiction_id: 'ocd-jurisdiction/country:us/state:fl/government',
    division_id: 'ocd-division/country:us/state:fl',
    fips: '12',
    chambers: ['upper', 'lower'],
  });
  expect(stateFacts('dc').jurisdiction_id).toBe('ocd-jurisdiction/country:us/district:dc/government');
  expect(stateFacts('pr').division_id).toBe('ocd-division/country:us/territory:pr');
});

test('a state is found in either case; what is none is not found', () => {
  expect(findState('FL')?.state).toBe('fl');
  expect(findState('xx')).toBeUndefined();
  expect(findState('__proto__')).toBeUndefined();
  expect(() => stateFacts('xx')).toThrow(/'xx' is not the postal code of a state/);
});

test.each([
  ['fl', 'upper', 'Senate', 'Senator'],
  ['fl', 'lower', 'House', 'Representative'],
  ['ca', 'lower', 'Assembly', 'Assembly Member'],
  ['ny', 'lower', 'Assembly', 'Assembly Member'],
  ['nv', 'lower', 'Assembly', 'Assembly Member'],
  ['nj', 'lower', 'Assembly', 'Assembly Member'],
  ['wi', 'lower', 'Assembly', 'Representative'],
  ['md', 'lower', 'House of Delegates', 'Delegate'],
  ['va', 'lower', 'House of Delegates', 'Delegate'],
  ['wv', 'lower', 'House of Delegates', 'Delegate'],
  ['ne', 'legislature', 'Legislature', 'Senator'],
  ['dc', 'legislature', 'Council', 'Councilmember'],
] as const)('in %s the %s chamber is the %s, its member a %s', (state, chamber, name, title) => {
  expect(chamberName(state, chamber)).toBe(name);
  expect(legislatorTitle(state, chamber)).toBe(title);
});

test('Florida’s chambers have their own finders; elsewhere the federal list stands in', () => {
  expect(chamberFinder('fl', 'upper')).toEqual({
    chamber_name: 'Senate',
    url: 'https://www.flsenate.gov/Senators/Find',
  });
  expect(new URL(chamberFinder('fl', 'lower').url).host).toBe('www.flhouse.gov');
  expect(new URL(chamberFinder('wy', 'lower').url).host).toBe('www.usa.gov');
});

test('Nebraska and DC fill one layer of the Census, all others two', () => {
  expect(layersOf('ne')).toEqual(['sldu']);
  expect(chamberOfLayer('ne', 'sldu')).toBe('legislature');
  expect(layersOf('fl')).toEqual(['sldu', 'sldl']);
  expect([chamberOfLayer('fl', 'sldu'), chamberOfLayer('fl', 'sldl')]).toEqual(['upper', 'lower']);
  expect(STATES.filter(({ state }) => layersOf(state).length === 1).length).toBe(2);
});

test.each([
  ['005', '5'],
  ['10', '10'],
  ['064A', '64A'],
  ['1b', '1B'],
  ['a', 'A'],
  ['0', '0'],
  [' 7 ', '7'],
  ['Chittenden 1', 'Chittenden 1'],
])('the district %j is called %j', (written, expected) => {
  expect(districtName(written)).toBe(expected);
});

test.each([
  ['fl', 'sldl', '005', 'ocd-division/country:us/state:fl/sldl:5'],
  ['mn', 'sldl', '64A', 'ocd-division/country:us/state:mn/sldl:64a'],
  ['ak', 'sldu', 'A', 'ocd-division/country:us/state:ak/sldu:a'],
  [
    'ma',
    'sldu',
    'Berkshire, Hampden, Franklin & Hampshire',
    'ocd-division/country:us/state:ma/sldu:berkshire_hampden_franklin_and_hampshire',
  ],
  ['dc', 'sldu', 'Ward 4', 'ocd-division/country:us/district:dc/ward:4'],
] as const)('in %s the %s district %j has the id %s', (state, layer, district, expected) => {
  expect(divisionId(state, layer, district)).toBe(expected);
});

test.each([
  ['5', '005'],
  ['64a', '064A'],
  ['Ward 4', '4'],
  ['Berkshire, Hampden & Franklin', 'berkshire hampden and franklin'],
  ['Grand Isle-Chittenden', 'Grand Isle Chittenden'],
])('%j and %j are one district', (one, other) => {
  expect(districtKey(one)).toBe(districtKey(other));
});

test.each([
  ['1', '10'],
  ['1A', '1B'],
  ['Chittenden 1', 'Chittenden 2'],
])('%j and %j are two districts', (one, other) => {
  expect(districtKey(one)).not.toBe(districtKey(other));
});

test('which chambers have districts with several members is known', () => {
  expect(hasMultiMemberDistricts('az', 'lower')).toBe(true);
  expect(hasMultiMemberDistricts('az', 'upper')).toBe(false);
  expect(hasMultiMemberDistricts('fl', 'lower')).toBe(false);
});
