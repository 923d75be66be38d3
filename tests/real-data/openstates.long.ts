import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { openRosters } from '../../server/legislators/open-rosters.ts';
import { apiPerson, type StubPerson, type StubState } from '../fixtures/openstates/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import {
  CENSUS_ZIPS,
  describeRealData,
  importFlorida,
  PEOPLE_TARBALL,
  untarPeople,
} from '../fixtures/people/shared-data.ts';
import {
  HAS_REAL_OPENSTATES,
  realReply,
  type StubOpenStates,
  startStubOpenStates,
} from '../support/stub-openstates.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { until } from '../support/until.ts';

const JURISDICTION = 'ocd-jurisdiction/country:us/state:fl/government';
const SENATE = 'ocd-division/country:us/state:fl/sldu';
const HOUSE = 'ocd-division/country:us/state:fl/sldl';

interface PersonYaml {
  id: string;
  name: string;
  given_name?: string;
  family_name?: string;
  email?: string;
  party: { name: string }[];
  roles: { type: 'upper' | 'lower'; jurisdiction: string; district: string; end_date?: string }[];
  offices?: Record<string, string>[];
  links?: Record<string, string>[];
}

/** A real person as the API would write him or her, or undefined for those without a seat. */
function inApiShape(yaml: string): StubPerson[] {
  const person = parseYaml(yaml) as PersonYaml;
  const role = person.roles.find(({ jurisdiction, end_date }) => jurisdiction === JURISDICTION && !end_date);
  if (!role) return [];
  const { id, name, given_name = '', family_name = '', email = '' } = person;
  const offices = (person.offices ?? []).map((office) => ({
    fax: '',
    voice: '',
    address: '',
    name: '',
    ...office,
  }));
  const links = (person.links ?? []).map((link) => ({ note: '', ...link }));
  const party = person.party.at(-1)?.name ?? '';
  return [
    apiPerson('fl', role.type, role.district, {
      id,
      name,
      given_name,
      family_name,
      email,
      party,
      offices,
      links,
    }),
  ];
}

/** Florida as the API had it on 5 August 2026: the real reply on its districts, and its people's real files. */
async function realFlorida(): Promise<StubState> {
  const folder = await untarPeople();
  const people = readdirSync(folder).flatMap((name) => inApiShape(readFileSync(join(folder, name), 'utf8')));
  const jurisdiction = realReply('rendered/jurisdictions-fl-organizations.json') as Record<string, unknown>;
  return { state: 'fl', jurisdiction, people, at: () => [] };
}

const describeReal = HAS_REAL_OPENSTATES ? describeRealData : describe.skip;
describeReal('Florida by key, as it was on 5 August 2026', () => {
  let stub: StubOpenStates;
  let app: TestApp;
  const data_dir = folderOf({});
  beforeAll(async () => {
    stub = await startStubOpenStates(await realFlorida());
    app = await startTestApp({
      data_dir,
      allow_sample: false,
      openstates: { url: stub.url },
      now: () => new Date('2026-08-05T17:00:00Z'),
    });
    await until(() => app.parts.rosters.get('fl') !== undefined);
  });
  afterAll(async () => {
    await app.close();
    await stub.close();
  });

  test('it takes one question for the districts and four for the members, as the real list has pages', () => {
    expect(stub.requests.length).toBe(5);
    const { pagination } = realReply('rendered/people-fl-page1.json') as { pagination: object };
    expect(pagination).toEqual({ per_page: 50, page: 1, max_page: 4, total_items: 158 });
    expect(app.parts.rosters.get('fl')!.roster.legislators.length).toBe(158);
  });

  test('the first page of the stub has the people of the real first page, in the same seats', async () => {
    const real = realReply('rendered/people-fl-page1.json') as { results: StubPerson[] };
    const { roster } = app.parts.rosters.get('fl')!;
    for (const { id, name, party, email, current_role } of real.results) {
      const { division_id } = current_role as { division_id: string };
      expect(roster.legislator(id)).toMatchObject({ name, party, email, current_role: { division_id } });
    }
  });

  test('members, districts and vacant seats are those of the people files, and the boundaries the real ones', async () => {
    const other_dir = folderOf({});
    await importFlorida(other_dir, PEOPLE_TARBALL, CENSUS_ZIPS);
    const open = (dir: string) =>
      openRosters({ data_dir: dir, sample_dir: 'no-such-folder', allow_sample: false });
    const [byKey, byFiles] = [(await open(data_dir)).get('fl')!, (await open(other_dir)).get('fl')!];
    expect(byKey.roster.districts).toEqual(byFiles.roster.districts);
    // The API does not say since when they sit.
    const told = byFiles.roster.legislators.map(
      ({ current_role: { start_date: _, ...current_role }, ...one }) => ({
        ...one,
        current_role,
      }),
    );
    expect(byKey.roster.legislators).toEqual(told);
    expect(byKey.boundaries!.features.length).toBe(160);
    expect(byKey.roster.representation(`${HOUSE}:78`)!.vacant_seats).toBe(1);
  });

  test('a point in Jacksonville leads to Senator Davis and Representative Daniels, and asks OpenStates nothing', async () => {
    const asked = stub.requests.length;
    const found = await app.post('/campaigns/visible-act/lookup', {
      latitude: '30.3255',
      longitude: '-81.6565',
    });
    expect(found.status).toBe(303);
    const act = await app.get(found.headers.get('location')!);
    const headings = act.$('.target h2').map((_, heading) => act.$(heading).text());
    expect(headings.get()).toEqual(['Senator Tracie Davis', 'Representative Kim Daniels']);
    expect(act.$(`.target[data-division-id="${SENATE}:5"] a.primary`).attr('href')).toBe('tel:+18504875005');
    expect(stub.requests.length).toBe(asked);
  });
});
