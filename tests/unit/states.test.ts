import { censusCode, districtsOfCensus } from '../../server/legislators/census-names.ts';
import {
  chamberOfLayer,
  districtKey,
  districtName,
  layersOf,
} from '../../server/legislators/district-names.ts';
import { divisionId } from '../../server/legislators/division-ids.ts';
import { seatsOf } from '../../server/legislators/seat-counts.ts';
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
  ['pr', 'upper', 'Senate', 'Senator'],
] as const)('in %s the %s chamber is the %s, its member a %s', (state, chamber, name, title) => {
  expect(chamberName(state, chamber)).toBe(name);
  expect(legislatorTitle(state, chamber)).toBe(title);
});

test('Florida’s chambers have their own finders; elsewhere the federal list stands in', () => {
  expect(chamberFinder('fl', 'upper')).toEqual({
    chamber_name: 'Senate',
    url: 'https://www.flsenate.gov/Senators/Find',
    is_general: false,
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
  ['ma', 'sldu', 'First Essex', 'ocd-division/country:us/state:ma/sldu:1st_essex'],
  ['vt', 'sldl', 'Grand Isle-Chittenden', 'ocd-division/country:us/state:vt/sldl:grand_isle-chittenden'],
  ['vt', 'sldu', 'Chittenden North', 'ocd-division/country:us/state:vt/sldu:chittenden-north'],
  ['nh', 'sldl', 'Coös 2', 'ocd-division/country:us/state:nh/sldl:coos_2'],
  ['dc', 'sldu', 'Ward 4', 'ocd-division/country:us/district:dc/ward:4'],
  ['dc', 'sldu', 'At-Large', 'ocd-division/country:us/district:dc'],
  ['pr', 'sldl', 'At-Large', 'ocd-division/country:us/territory:pr/sldl:at-large'],
] as const)('in %s the %s district %j has the id %s', (state, layer, district, expected) => {
  expect(divisionId(state, layer, district)).toBe(expected);
});

test.each([
  ['5', '005'],
  ['64a', '064A'],
  ['Ward 4', '4'],
  ['Berkshire, Hampden & Franklin', 'berkshire hampden and franklin'],
  ['Grand Isle-Chittenden', 'Grand Isle Chittenden'],
  ['Berkshire-Hampden-Franklin-Hampshire District', 'Berkshire, Hampden, Franklin and Hampshire'],
  ['First Plymouth & Norfolk', '1st Plymouth and Norfolk'],
  ['Thirty-Seventh Middlesex District', '37th Middlesex'],
  ['Belknap County No. 1', 'State House District Belknap 01'],
  ['Coös 2', 'Coos 02'],
  ['Chittenden South East Senatorial District', 'Chittenden Southeast'],
])('%j and %j are one district', (one, other) => {
  expect(districtKey(one)).toBe(districtKey(other));
});

test.each([
  ['1', '10'],
  ['1A', '1B'],
  ['Chittenden 1', 'Chittenden 2'],
  ['1st Essex', '21st Essex'],
  ['Essex', 'Essex and Middlesex'],
])('%j and %j are two districts', (one, other) => {
  expect(districtKey(one)).not.toBe(districtKey(other));
});

test.each([
  ['az', 'lower', '7', 2],
  ['az', 'upper', '7', 1],
  ['fl', 'lower', '7', 1],
  ['md', 'lower', '3', 3],
  ['md', 'lower', '02A', 2],
  ['md', 'lower', '1C', 1],
  ['nh', 'lower', 'Rockingham 13', 10],
  ['nh', 'lower', 'Rockingham 3', 1],
  ['vt', 'lower', 'Windsor-Orange-2', 2],
  ['vt', 'upper', 'Chittenden Southeast', 3],
  ['dc', 'legislature', 'Ward 1', 1],
  ['dc', 'legislature', 'At-Large', 4],
] as const)('in %s the %s district %s elects %i', (state, chamber, district, seats) => {
  expect(seatsOf(state, chamber, district)).toBe(seats);
});

test.each([
  ['fl', 'sldl', '005', '5', ['5']],
  ['mn', 'sldl', '64A', '64A', ['64A']],
  ['ak', 'sldu', '00A', 'A', ['A']],
  ['id', 'sldl', '001', '1', ['1A', '1B']],
  ['id', 'sldu', '001', '1', ['1']],
  ['dc', 'sldu', '003', 'Ward 3', ['Ward 3']],
  ['pr', 'sldu', '007', 'VII', ['7']],
  ['nh', 'sldl', '302', 'Coos 02', ['Coos 2']],
  ['nh', 'sldl', '302', 'Coös County No. 2', ['Coos 2']],
  ['nh', 'sldl', '302', '', ['Coos 2']],
  ['nh', 'sldu', '002', '2', ['2']],
  ['ma', 'sldu', 'D31', 'First Plymouth & Norfolk', ['First Plymouth and Norfolk']],
  ['ma', 'sldu', 'D01', 'Hampden-Hampshire-Worcester', ['Hampden, Hampshire and Worcester']],
  ['ma', 'sldl', '079', 'Twenty-First Middlesex', ['21st Middlesex']],
  ['ma', 'sldl', '006', 'Barnstable-Dukes-Nantucket District', ['Barnstable, Dukes and Nantucket']],
  ['vt', 'sldl', 'A-1', 'Addison-1 State House District', ['Addison-1']],
  ['vt', 'sldu', 'CHS', 'Chittenden South East', ['Chittenden Southeast']],
] as const)('in %s the Census’s %s district %s, %j, is %j', (state, layer, code, name, expected) => {
  expect(districtsOfCensus(state, layer, { code, name })).toEqual(expected);
});

test('the Census’s code of a district follows from its name where it has a number, a letter or a county', () => {
  expect(censusCode('fl', 'sldl', '5')).toBe('005');
  expect(censusCode('nd', 'sldl', '4A')).toBe('04A');
  expect(censusCode('id', 'sldl', '12B')).toBe('012');
  expect(censusCode('nh', 'sldl', 'Sullivan 8')).toBe('908');
  expect(censusCode('ma', 'sldl', '10th Bristol')).toBeUndefined();
  expect(censusCode('pr', 'sldl', 'At-Large')).toBeUndefined();
});
