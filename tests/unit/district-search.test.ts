import { findDistricts } from '../../server/legislators/district-search.ts';
import { createRoster } from '../../server/legislators/roster.ts';
import { type MadeUpDistrict, madeUpRoster } from '../fixtures/people/made-up-roster.ts';

const DISTRICTS: MadeUpDistrict[] = [
  { chamber: 'upper', district: '5', members: ['Ada Lee Nixon'], counties: ['Nassau', 'Duval'] },
  { chamber: 'upper', district: '64', members: ['Zoë Sample'], counties: ['St. Johns', 'Miami-Dade'] },
  { chamber: 'upper', district: 'K', members: ['Kim Example'], counties: ["Prince George's"] },
  { chamber: 'lower', district: '5', members: ['José Díaz Müller', 'Ben O’Example'], counties: ['Duval'] },
  { chamber: 'lower', district: '15', members: ['Duval Sample-Made'], counties: ['DeSoto'] },
  { chamber: 'lower', district: '50', counties: ['De Leon'] },
  { chamber: 'lower', district: '64A', members: ['Al Nixonson'], counties: ['Leon'] },
  { chamber: 'lower', district: '64B', members: ['J. T. Example', 'Nora House'], counties: ['Mayagüez'] },
  { chamber: 'lower', district: 'Chittenden 1', members: ['Eve Madeup'], counties: ['Chittenden'] },
  { chamber: 'lower', district: 'Grand Île', members: ['Flo Madeup'], counties: ['Grand Isle'] },
];
const ROSTER = createRoster(madeUpRoster(DISTRICTS));

/** What a text finds, each as 'S5' or 'H5'. */
const found = (text: string) =>
  findDistricts(ROSTER, text).map(
    ({ org_classification, district }) => `${org_classification === 'upper' ? 'S' : 'H'}${district}`,
  );

test.each([
  ['5', ['S5', 'H5']],
  ['005', ['S5', 'H5']],
  [' District 5 ', ['S5', 'H5']],
  ['distrito n.º 5', ['S5', 'H5']],
  ['the 5th district', ['S5', 'H5']],
  ['#5', ['S5', 'H5']],
  ['HD 5', ['H5']],
  ['H.D. 5', ['H5']],
  ['hd005', ['H5']],
  ['State House District 5', ['H5']],
  ['Cámara 5', ['H5']],
  ['SD-5', ['S5']],
  ['s5', ['S5']],
  ['Distrito 5 del Senado', ['S5']],
  ['64', ['S64', 'H64A', 'H64B']],
  ['64a', ['H64A']],
  ['064A', ['H64A']],
  ['Senate 64', ['S64']],
  ['House of Representatives 64', ['H64A', 'H64B']],
  ['State House of Representatives District 5', ['H5']],
  ['Cámara de Representantes estatal, distrito 5', ['H5']],
  ['el distrito 5', ['S5', 'H5']],
  ['distrito senatorial 5', ['S5']],
  ['Distrito representativo 5', ['H5']],
  ['Legislative District 5', ['S5', 'H5']],
  ['5,', ['S5', 'H5']],
  ['5.0', []],
  ['5,0', []],
  ['6.4', []],
  ['k', ['SK']],
  ['7', []],
  ['500', []],
])('the number in %j finds %j', (text, districts) => {
  expect(found(text)).toEqual(districts);
});

test.each([
  ['nixon', ['S5']],
  ['Nixon, Ada', ['S5']],
  ['SENATOR NIXON', ['S5']],
  ['Rep. Nixon', ['H64A']],
  ['nixo', ['S5', 'H64A']],
  ['diaz', ['H5']],
  ['Díaz', ['H5']],
  ['Mu\u0308ller jose', ['H5']],
  ['oexample', ['H5']],
  ["O'Example", ['H5']],
  ['example', ['SK', 'H64B']],
  ['jt example', ['H64B']],
  ['J Example', ['H64B']],
  ['made sample', ['H15']],
  ['house', ['H64B']],
  ['sen. nobody', []],
])('the member in %j finds %j', (text, districts) => {
  expect(found(text)).toEqual(districts);
});

test.each([
  ['Duval', ['S5', 'H5', 'H15']],
  ['duval county', ['S5', 'H5']],
  ['condado de Duval', ['S5', 'H5']],
  ['the County of Duval', ['S5', 'H5']],
  ['el condado de Duval', ['S5', 'H5']],
  ['Duv county', ['S5', 'H5']],
  ['Duval parish', ['S5', 'H5']],
  ['House Duval County', ['H5']],
  ['Grand Isle Census Area', ['HGrand Île']],
  // Nothing but a member, or a district of that name.
  ['Nixon County', ['S5']],
  ['parroquia de Müller', ['H5']],
  ['Chittenden County 1', ['HChittenden 1']],
  ['Senate Duval', ['S5']],
  ['St. Johns', ['S64']],
  ['st johns county', ['S64']],
  ['Saint Johns', ['S64']],
  ['Miami-Dade', ['S64']],
  ['miami dade', ['S64']],
  ['MiamiDade', ['S64']],
  ['dade', ['S64']],
  ['De Soto', ['H15']],
  ['desoto', ['H15']],
  ['De Leon', ['H50']],
  ['leon', ['H50', 'H64A']],
  ['Prince Georges', ['SK']],
  ['mayaguez', ['H64B']],
  ['municipio de Mayagüez', ['H64B']],
])('the county in %j finds %j', (text, districts) => {
  expect(found(text)).toEqual(districts);
});

test.each([
  ['Chittenden', ['HChittenden 1']],
  ['chittenden-1', ['HChittenden 1']],
  ['chitt', ['HChittenden 1']],
  ['Chittenden 2', []],
  ['GRAND ILE', ['HGrand Île']],
])('the name of a district in %j finds %j', (text, districts) => {
  expect(found(text)).toEqual(districts);
});

test.each([
  '',
  ' ',
  '.',
  '-',
  'county',
  'district',
  '%',
  '<b>',
  '\u0000',
  'x'.repeat(100),
  '1 Example Street',
])('%j finds nothing', (text) => {
  expect(found(text)).toEqual([]);
});

test('what is found comes in the order of the roster, each once', () => {
  expect(found('Duval')).toEqual([...new Set(found('Duval'))]);
  expect(found('sample')).toEqual(['S64', 'H15']);
});

test('in a legislature of one chamber its members are senators', () => {
  const roster = createRoster(
    madeUpRoster([{ chamber: 'legislature', district: '5', members: ['Ada Nixon'] }]),
  );
  for (const text of ['5', 'LD 5', 'Senator Nixon', 'District 5']) {
    expect([text, findDistricts(roster, text).length]).toEqual([text, 1]);
  }
});

test('a large state is searched in well under a tenth of a second', () => {
  const roster = createRoster(
    madeUpRoster(
      Array.from({ length: 600 }, (_, index) => ({
        chamber: 'lower' as const,
        district: String(index + 1),
        members: [`Member Number ${index}`],
        counties: ['Duval', 'Nassau', 'Clay'],
      })),
    ),
  );
  const started = performance.now();
  for (let round = 0; round < 20; round += 1) findDistricts(roster, 'nobody of this name');
  expect((performance.now() - started) / 20).toBeLessThan(100);
});
