import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { censusCode, districtsOfCensus } from '../../server/legislators/census-names.ts';
import { chamberOfLayer, districtKey, type Layer } from '../../server/legislators/district-names.ts';
import { divisionId } from '../../server/legislators/division-ids.ts';
import type { OrgClassification } from '../../server/legislators/legislator.ts';
import { seatsOf } from '../../server/legislators/seat-counts.ts';
import { STATES, stateFacts } from '../../server/legislators/states.ts';
import { legislatorTitle } from '../../server/legislators/titles.ts';
import { undrawnIn } from '../../server/legislators/undrawn-districts.ts';
import { DISTRICT_TABLE, describeRealData } from '../fixtures/people/shared-data.ts';

/** One district of OpenStates' metadata with the Census's code, of August 2026. */
interface Row {
  state: string;
  chamber: OrgClassification;
  openstates_district: string;
  division_id: string;
  num_seats: string;
  census_layer: Layer;
  census_geoid: string;
}

/** Districts that are no place at the Census Bureau, each with why. */
const NO_PLACE = [
  'dc At-Large', // elected by the whole District
  'dc Chairman', // elected by the whole District
  'me Houlton Band of Maliseet Indians', // speaks for a tribe
  'me Passamaquoddy Tribe', // speaks for a tribe
  'pr At-Large', // of the Senate, elected by the whole of Puerto Rico
  'pr At-Large', // of the House, as well
];

/** Titles that are neither Senator nor Representative. */
const OTHER_TITLES: Record<string, string> = {
  'ca lower': 'Assembly Member',
  'nj lower': 'Assembly Member',
  'nv lower': 'Assembly Member',
  'ny lower': 'Assembly Member',
  'md lower': 'Delegate',
  'va lower': 'Delegate',
  'wv lower': 'Delegate',
  'dc legislature': 'Councilmember',
};

describeRealData('the districts of all 52 jurisdictions', () => {
  const rows: Row[] = parse(readFileSync(DISTRICT_TABLE), { columns: true });
  const drawn = rows.filter(({ census_geoid }) => census_geoid !== '');
  const inWords = ({ state, openstates_district }: Row) => `${state} ${openstates_district}`;
  const codeOf = ({ census_geoid }: Row) => census_geoid.slice(2);

  test('the table holds every state, and each of its chambers', () => {
    expect(rows.length).toBe(6911);
    const chambers = new Set(rows.map(({ state, chamber }) => `${state} ${chamber}`));
    const ours = STATES.flatMap(({ state, chambers: own }) => own.map((chamber) => `${state} ${chamber}`));
    expect(chambers).toEqual(new Set(ours));
    const elsewhere = rows.filter(
      ({ state, chamber, census_layer, census_geoid }) =>
        chamberOfLayer(state, census_layer) !== chamber ||
        (census_geoid !== '' && !census_geoid.startsWith(stateFacts(state).fips)),
    );
    expect(elsewhere.map(inWords)).toEqual([]);
  });

  test('every name gives the id of its division', () => {
    const wrong = rows.filter(
      ({ state, census_layer, openstates_district, division_id }) =>
        divisionId(state, census_layer, openstates_district) !== division_id,
    );
    expect(wrong.map(inWords)).toEqual([]);
  });

  test('every district has a Census code, but for six that are no places there', () => {
    const without = rows.filter(({ census_geoid }) => census_geoid === '');
    expect(without.map(inWords).sort()).toEqual(NO_PLACE);
    for (const row of without) expect(undrawnIn(row.state)(row)).toBe(true);
  });

  test('every name gives the Census’s code, but in Massachusetts and Vermont, where the name itself ties them', () => {
    const known = rows.filter(({ state, census_layer: layer, openstates_district }) =>
      censusCode(state, layer, openstates_district),
    );
    const wrong = known.filter(
      (row) => censusCode(row.state, row.census_layer, row.openstates_district) !== codeOf(row),
    );
    expect(wrong.map(inWords)).toEqual([]);
    const by_name = drawn.filter((row) => !known.includes(row));
    const states = Map.groupBy(by_name, ({ state, chamber }) => `${state} ${chamber}`);
    expect(Object.fromEntries([...states].map(([chamber, same]) => [chamber, same.length]))).toEqual({
      'ma upper': 40,
      'ma lower': 160,
      'vt upper': 16,
      'vt lower': 109,
    });
  });

  test('a Census code and name lead back to the districts of OpenStates, in every spelling that the Census has used', () => {
    const spellings = ({ openstates_district: name }: Row) => [
      name,
      `${name} District`,
      `${name} State House District`,
      name.replaceAll(/, | and /g, '-'),
      name.replaceAll(' and ', ' & '),
      name.replace(/ (\d)$/, ' 0$1'),
      name.replace(/ (\d+)$/, ' County No. $1'),
      name.replace('Southeast', 'South East'),
    ];
    const wrong = drawn.flatMap((row) => {
      const seats = row.state === 'id' && row.chamber === 'lower' ? 2 : 1;
      return spellings(row).flatMap((name) => {
        const found = districtsOfCensus(row.state, row.census_layer, { code: codeOf(row), name });
        return found.includes(row.openstates_district) && found.length === seats
          ? []
          : [`${row.state} ${name}: ${found}`];
      });
    });
    expect(wrong).toEqual([]);
  });

  test('no two districts of a chamber have the same key, and only Idaho’s seats share a Census code', () => {
    const keys = rows.map(
      ({ state, chamber, openstates_district }) => `${state} ${chamber} ${districtKey(openstates_district)}`,
    );
    expect(new Set(keys).size).toBe(rows.length);
    const codes = Map.groupBy(drawn, ({ chamber, census_geoid }) => `${chamber} ${census_geoid}`);
    const shared = [...codes.values()].filter((same) => same.length > 1);
    expect(shared.length).toBe(35);
    expect(new Set(shared.flat().map(({ state, chamber }) => `${state} ${chamber}`))).toEqual(
      new Set(['id lower']),
    );
  });

  test('every district elects as many as OpenStates counts: 7,482 in all', () => {
    const wrong = rows.filter(
      ({ state, chamber, openstates_district, num_seats }) =>
        seatsOf(state, chamber, openstates_district) !== Number(num_seats),
    );
    expect(wrong.map(inWords)).toEqual([]);
    const seats = rows.map(({ state, chamber, openstates_district }) =>
      seatsOf(state, chamber, openstates_district),
    );
    expect(seats.reduce((sum, count) => sum + count, 0)).toBe(7482);
  });

  test('every member is addressed as the chamber does', () => {
    const wrong = rows.filter(({ state, chamber, openstates_district }) => {
      const usual = chamber === 'lower' ? 'Representative' : 'Senator';
      const expected =
        openstates_district === 'Chairman' ? 'Chairman' : (OTHER_TITLES[`${state} ${chamber}`] ?? usual);
      return legislatorTitle(state, chamber, openstates_district) !== expected;
    });
    expect(wrong.map(inWords)).toEqual([]);
  });

  test('all of New Hampshire’s House districts are known, drawn or not', () => {
    const house = rows.filter(({ state, chamber }) => state === 'nh' && chamber === 'lower');
    expect(house.length).toBe(203);
    for (const row of house) expect(undrawnIn('nh')(row)).toBe(true);
  });
});
