import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Legislator } from '../../server/legislators/legislator.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import {
  CENSUS_ZIPS,
  DISTRICT_TABLE,
  describeRealData,
  GEO_JSON,
  importFlorida,
  PEOPLE_CSV,
  PEOPLE_TARBALL,
  rosterOnDisk,
  untarPeople,
} from '../fixtures/people/shared-data.ts';

describeRealData('Florida from every kind of source', () => {
  /** Imports from these sources; gives back what was said and the roster file. */
  async function imported(people: string, boundaries: string[]) {
    const data_dir = folderOf({});
    const said = await importFlorida(data_dir, people, boundaries);
    expect(said.code).toBe(0);
    return { ...said, roster: rosterOnDisk(data_dir) };
  }
  let fromTarball: Awaited<ReturnType<typeof imported>>;
  beforeAll(async () => {
    fromTarball = await imported(PEOPLE_TARBALL, CENSUS_ZIPS);
  });

  const seatsOf = (legislators: Legislator[]) =>
    Object.fromEntries(
      legislators.map(({ id, name, party, current_role: { start_date: _, ...current_role } }) => [
        id,
        // The bulk CSV does not say since when.
        { name, party, current_role },
      ]),
    );

  test('the bulk CSV gives the same members in the same seats, and every number that it holds', async () => {
    const { roster, stdout, stderr } = await imported(PEOPLE_CSV, CENSUS_ZIPS);
    expect(stdout).toMatch(/^fl: 160 seats, 158 members, vacant: House 78 and 113\n/);
    expect(stderr).toMatch(/^The bulk CSV holds no offices at the capitol.*\n$/);
    expect(roster.districts).toEqual(fromTarball.roster.districts);
    expect(Object.keys(seatsOf(roster.legislators)).length).toBe(158);
    expect(seatsOf(roster.legislators)).toEqual(seatsOf(fromTarball.roster.legislators));

    const rows: Record<string, string>[] = parse(readFileSync(PEOPLE_CSV), { columns: true, bom: true });
    const numbersIn = ({ id, offices }: Legislator) => offices.map(({ voice }) => `${id} ${voice}`);
    const numbers: string[] = roster.legislators
      .flatMap(numbersIn)
      .filter((one: string) => !/undefined/.test(one));
    const inFile = rows.flatMap((row) =>
      [row.capitol_voice, row.district_voice].filter(Boolean).map((voice) => `${row.id} ${voice}`),
    );
    expect(inFile.length).toBe(145);
    expect(numbers.toSorted()).toEqual(inFile.toSorted());
    expect(roster.legislators.map(({ email }: Legislator) => email)).toEqual(
      fromTarball.roster.legislators.map(({ email }: Legislator) => email),
    );
  });

  test('GeoJSON in place of the zips gives the same districts and the same members', async () => {
    const { roster, stdout } = await imported(PEOPLE_TARBALL, GEO_JSON);
    expect(stdout).toBe(fromTarball.stdout);
    expect(roster.districts).toEqual(fromTarball.roster.districts);
    expect(roster.legislators).toEqual(fromTarball.roster.legislators);
  });

  test('a folder of the same person files gives the same roster', async () => {
    const { roster, stdout } = await imported(await untarPeople(), CENSUS_ZIPS);
    expect(stdout).toBe(fromTarball.stdout);
    const { imported_at: _, ...rest } = roster;
    const { imported_at: __, ...expected } = fromTarball.roster;
    expect(rest).toEqual(expected);
  });

  test('what is derived from the zips agrees with what was added to the GeoJSON: GEOID, division and OpenStates name', () => {
    const features = GEO_JSON.flatMap((path) => JSON.parse(readFileSync(path, 'utf8')).features);
    const added = features.map(({ properties }: { properties: Record<string, string> }) => ({
      geoid: properties.GEOID,
      division_id: properties.ocdid,
      district: properties.openstates_district,
      name: properties.NAMELSAD,
    }));
    const derived = fromTarball.roster.districts.map(
      ({ geoid, division_id, district, name }: Record<string, string>) => ({
        geoid,
        division_id,
        district,
        name,
      }),
    );
    const byId = (one: { division_id?: string }, other: { division_id?: string }) =>
      one.division_id!.localeCompare(other.division_id!);
    expect(derived.length).toBe(160);
    expect(derived.toSorted(byId)).toEqual(added.toSorted(byId));
  });

  test('every row of Florida in the table of districts agrees: chamber, name, division, seats and GEOID', () => {
    const rows: Record<string, string>[] = parse(readFileSync(DISTRICT_TABLE), { columns: true, bom: true });
    const expected = rows
      .filter(({ state }) => state === 'fl')
      .map((row) => [
        row.chamber,
        row.openstates_district,
        row.division_id,
        Number(row.num_seats),
        row.census_geoid,
      ]);
    const derived = fromTarball.roster.districts.map((one: Record<string, unknown>) => [
      one.org_classification,
      one.district,
      one.division_id,
      one.seats,
      one.geoid,
    ]);
    expect(expected.length).toBe(160);
    expect(derived.toSorted()).toEqual(expected.toSorted());
  });
});
