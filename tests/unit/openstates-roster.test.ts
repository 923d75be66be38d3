import { join } from 'node:path';
import { createBoundaries } from '../../server/legislators/boundaries.ts';
import { createOpenStates } from '../../server/legislators/openstates-client.ts';
import { createDownload } from '../../server/legislators/openstates-download.ts';
import { rosterOfDownload } from '../../server/legislators/openstates-roster.ts';
import { createRequestBudget } from '../../server/legislators/request-budget.ts';
import { createRoster, loadRoster } from '../../server/legislators/roster.ts';
import { stateFacts } from '../../server/legislators/states.ts';
import { square } from '../fixtures/boundaries/made-up.ts';
import {
  apiPerson,
  congressPerson,
  jurisdictionOf,
  madeUpFlorida,
  madeUpGeorgia,
  type StubPerson,
  type StubState,
} from '../fixtures/openstates/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import {
  STUB_KEY,
  type StubOpenStates,
  type StubPage,
  startStubOpenStates,
} from '../support/stub-openstates.ts';

let stub: StubOpenStates;
let ms = Date.parse('2026-11-24T12:00:00Z');
beforeAll(async () => {
  stub = await startStubOpenStates();
});
afterAll(() => stub.close());
beforeEach(() => {
  stub.requests.length = 0;
  stub.states = [madeUpGeorgia()];
  stub.behave('serve');
  stub.changePage((page) => page);
});

function open(state = 'ga') {
  const now = () => new Date(ms);
  const file = join(folderOf({}), 'requests.json');
  const budget = createRequestBudget({ file, per_minute: 1000, per_day: 10_000, now });
  const client = createOpenStates({ url: stub.url, key: STUB_KEY, budget, now, timeout_ms: 3000 });
  return createDownload(client, stateFacts(state), now);
}

const rosterOf = async (state = 'ga', boundaries?: Parameters<typeof rosterOfDownload>[1]['boundaries']) =>
  rosterOfDownload(await open(state)(), { facts: stateFacts(state), as_of: '2026-11-24', boundaries });

/** Georgia with its people changed. */
function withPeople(change: (people: StubPerson[]) => StubPerson[]): void {
  const georgia = madeUpGeorgia();
  stub.states = [{ ...georgia, people: change(georgia.people) }];
}

/** Georgia with enough people for three pages. */
function longGeorgia(): StubState {
  const georgia = madeUpGeorgia();
  const more = Array.from({ length: 100 }, (_, index) =>
    apiPerson('ga', 'lower', String(index + 30), { current_role: undefined }),
  );
  return { ...georgia, people: [...georgia.people, ...more] };
}

const pages = () => stub.requests.map(({ query }) => query.get('page') ?? 'districts');

describe('fetching', () => {
  test('every page is fetched once, and all people come', async () => {
    stub.states = [longGeorgia()];
    const { people, jurisdiction, broken } = await open()();
    expect([people.length, broken, jurisdiction?.organizations.length]).toEqual([129, 0, 3]);
    expect(pages()).toEqual(['districts', '1', '2', '3']);
  });

  test('a page that fails is asked again later, and the pages before it are kept', async () => {
    stub.states = [longGeorgia()];
    const download = open();
    stub.behave('serve', 'serve', 'html with 502');
    await expect(download()).rejects.toMatchObject({ code: 'openstates_unavailable' });
    stub.behave('serve', 'over the minute');
    await expect(download()).rejects.toMatchObject({ code: 'openstates_over_limit' });
    ms += 61_000;
    stub.behave('serve');
    expect((await download()).people.length).toBe(129);
    expect(pages()).toEqual(['districts', '1', '2', '2', '3', '3']);
  });

  test('pages that are an hour old are of another list: it begins anew', async () => {
    stub.states = [longGeorgia()];
    const download = open();
    stub.behave('serve', 'serve', 'reset');
    await expect(download()).rejects.toThrow();
    stub.behave('serve');
    ms += 3_600_001;
    expect((await download()).people.length).toBe(129);
    expect(pages()).toEqual(['districts', '1', '2', 'districts', '1', '2', '3']);
  });

  /** Gives the people of the first page on every page. */
  const sameOnEachPage = () => {
    let first: StubPerson[] = [];
    return (page: StubPage) => {
      if (page.pagination.page === 1) first = page.results;
      return { ...page, results: first.slice(0, page.results.length) };
    };
  };

  test.each<[string, (page: StubPage) => StubPage]>([
    ['a page that comes again', (page) => ({ ...page, pagination: { ...page.pagination, page: 1 } })],
    ['pages with the same people', sameOnEachPage()],
    [
      'a count that changes between two pages',
      (page) => ({
        ...page,
        pagination: { ...page.pagination, total_items: 128 + page.pagination.page },
      }),
    ],
    [
      'fewer people than the count says',
      (page) => (page.pagination.page === 2 ? { ...page, results: page.results.slice(1) } : page),
    ],
    ['no end', (page) => ({ ...page, pagination: { ...page.pagination, max_page: 100_000 } })],
    [
      'many who can’t be read',
      (page) => ({ ...page, results: page.results.map((one) => ({ ...one, name: '' })) }),
    ],
  ])('%s: not whole, and the next try begins anew', async (_what, change) => {
    stub.states = [longGeorgia()];
    const download = open();
    stub.changePage(change);
    await expect(download()).rejects.toMatchObject({ code: 'openstates_not_whole' });
    stub.changePage((page) => page);
    stub.requests.length = 0;
    expect((await download()).people.length).toBe(129);
    expect(pages()).toEqual(['districts', '1', '2', '3']);
  });

  test('a list that becomes shorter while it is read is not whole', async () => {
    stub.states = [longGeorgia()];
    stub.changePage((page) => {
      if (page.pagination.page === 2) stub.states = [madeUpGeorgia()];
      return page;
    });
    const download = open();
    await expect(download()).rejects.toMatchObject({
      code: 'openstates_not_whole',
      message: expect.stringContaining('page 3 is gone'),
    });
    expect((await download()).people.length).toBe(29);
  });

  test('one broken person in twenty is left out, and counted', async () => {
    withPeople((people) => people.map((one, index) => (index === 0 ? { ...one, id: 'nobody' } : one)));
    const { people, broken } = await open()();
    expect([people.length, broken]).toEqual([28, 1]);
  });
});

describe('the roster', () => {
  test('has every district with its seats, the members, and what is vacant', async () => {
    const { data, boundaries, left_out } = await rosterOf();
    expect([boundaries, left_out]).toEqual([undefined, 0]);
    expect(data).toMatchObject({ source: 'OpenStates API', as_of: '2026-11-24', is_sample: false });
    expect(data.districts.map(({ district }) => district)).toEqual(
      [6, 24].flatMap((most) => Array.from({ length: most }, (_, index) => String(index + 1))),
    );
    expect(data.districts[4]).toEqual({
      division_id: 'ocd-division/country:us/state:ga/sldu:5',
      state: 'ga',
      org_classification: 'upper',
      district: '5',
      name: 'State Senate District 5',
      seats: 1,
      geoid: '13005',
    });
    const roster = createRoster(data);
    expect(roster.representation('ocd-division/country:us/state:ga/sldl:24')?.vacant_seats).toBe(1);
    const seven = roster.representation('ocd-division/country:us/state:ga/sldl:7')!.legislators;
    expect(seven).toEqual([
      expect.objectContaining({
        name: 'Made-Up Representative 7',
        party: 'Example Party',
        email: 'lower-7@example.org',
        offices: [
          {
            classification: 'capitol',
            name: 'Capitol Office',
            voice: '850-555-0107',
            address: 'Room 1, Example Capitol',
          },
        ],
        links: [{ url: 'https://example.org/lower/7' }],
      }),
    ]);
  });

  test('Congress, the governor, other states and people without a seat are no members', async () => {
    withPeople((people) => [
      ...people,
      congressPerson('ga', 'Aa Example Senator'),
      apiPerson('fl', 'lower', '1', { id: 'ocd-person/1' }),
      apiPerson('ga', 'lower', '1', { id: 'ocd-person/2', current_role: undefined }),
      apiPerson('ga', 'lower', '1', {
        id: 'ocd-person/3',
        current_role: { title: 'Governor', org_classification: 'executive', district: '' },
      }),
    ]);
    expect((await rosterOf()).data.legislators.length).toBe(29);
  });

  test('absent and null fields are borne, a district may be a number or known by its division alone', async () => {
    const seat = (district: unknown) => ({
      current_role: {
        org_classification: 'lower',
        division_id: 'ocd-division/country:us/state:ga/sldl:3',
        ...(district === undefined ? {} : { district }),
      },
    });
    const others = ({ id }: StubPerson) => id !== apiPerson('ga', 'lower', '3').id;
    for (const district of [3, '3', '003', undefined, null]) {
      const { id, name, jurisdiction } = apiPerson('ga', 'lower', '3');
      const bare = { id, name, jurisdiction, email: null, party: null, offices: null, ...seat(district) };
      withPeople((people) => [...people.filter(others), bare]);
      const { data } = await rosterOf();
      const [member] = createRoster(data).representation(
        'ocd-division/country:us/state:ga/sldl:3',
      )!.legislators;
      expect(member).toMatchObject({ id, party: '', offices: [], links: [] });
      expect(member!.email).toBeUndefined();
    }
  });

  test('a contact form in the place of an e-mail address is a link, and a malformed address is none', async () => {
    withPeople((people) =>
      people.map((one, index) => {
        if (index === 0) return { ...one, email: 'https://example.org/contact' };
        return index === 1 ? { ...one, email: 'made up@example.org' } : one;
      }),
    );
    const { data, malformed_emails } = await rosterOf();
    const [first, second] = data.legislators.filter(({ email }) => email === undefined);
    expect(first!.links[0]).toEqual({ url: 'https://example.org/contact', note: 'contact form' });
    expect(second!.links.length).toBe(1);
    expect(malformed_emails).toBe(1);
  });

  test('links that could run as a script, and empty offices, are left out', async () => {
    withPeople((people) =>
      people.map((one) => ({
        ...one,
        links: [{ url: 'javascript:alert(1)' }],
        offices: [{ classification: 'capitol', voice: '', address: '', fax: '', name: '' }],
      })),
    );
    const { data } = await rosterOf();
    expect(data.legislators.every(({ links, offices }) => links.length + offices.length === 0)).toBe(true);
  });

  test.each<[string, (georgia: StubState) => StubState]>([
    ['no people', (georgia) => ({ ...georgia, people: [] })],
    [
      'no districts of a chamber',
      (georgia) => ({ ...georgia, jurisdiction: jurisdictionOf('ga', { upper: [['1']] }) }),
    ],
    [
      'other districts than the members have',
      (georgia) => ({
        ...georgia,
        jurisdiction: jurisdictionOf('ga', { upper: [['101']], lower: [['102']] }),
      }),
    ],
    [
      'the districts of another state',
      (georgia) => ({ ...georgia, jurisdiction: { ...georgia.jurisdiction, id: 'ocd-jurisdiction/x' } }),
    ],
  ])('%s is not whole', async (_what, change) => {
    stub.states = [change(madeUpGeorgia())];
    // Asked by the postal code, the changed jurisdiction is still found.
    await expect(rosterOf()).rejects.toMatchObject({ code: 'openstates_not_whole' });
  });

  test('with the boundaries of the same districts at hand it has them, under the ids of the API', async () => {
    stub.states = [madeUpFlorida()];
    const sample = (await loadRoster('sample-data/fl', 'fl'))!;
    const { data, boundaries } = await rosterOf('fl', sample.boundaries);
    expect(boundaries?.features.length).toBe(160);
    expect(data.districts).toEqual(sample.roster.districts);
    expect(data.legislators.every(({ name }) => name.startsWith('Fetched '))).toBe(true);
  });

  test('boundaries of other districts are not taken', async () => {
    const sample = (await loadRoster('sample-data/fl', 'fl'))!;
    const florida = madeUpFlorida();
    const [upper, lower] = (florida.jurisdiction.organizations as { districts: { label: string }[] }[]).map(
      ({ districts }) => districts.map(({ label }): [string] => [label]),
    ) as [[string][], [string][]];
    const jurisdiction = jurisdictionOf('fl', { upper, lower: [...lower, ['121']] });
    stub.states = [{ ...florida, jurisdiction }];
    expect((await rosterOf('fl', sample.boundaries)).boundaries).toBeUndefined();
  });

  test('where OpenStates has no list of districts those of the boundaries stand in for it', async () => {
    stub.states = [madeUpFlorida()];
    const sample = (await loadRoster('sample-data/fl', 'fl'))!;
    stub.behave('no such jurisdiction', 'serve');
    const { data } = await rosterOf('fl', sample.boundaries);
    expect([data.districts.length, data.legislators.length]).toEqual([160, 159]);
    stub.behave('no such jurisdiction', 'serve');
    await expect(rosterOf('fl')).rejects.toMatchObject({ code: 'openstates_not_whole' });
  });

  test('boundaries are taken where only districts that nobody draws are not among them', async () => {
    const district = {
      division_id: 'ocd-division/country:us/state:nh/sldl:belknap_1',
      state: 'nh',
      org_classification: 'lower',
      district: 'Belknap 1',
      name: 'Belknap 1',
      seats: 1,
    } as const;
    const senate = {
      ...district,
      division_id: 'ocd-division/country:us/state:nh/sldu:1',
      org_classification: 'upper',
      district: '1',
    } as const;
    const { geometry } = square('sldl', 1);
    const boundaries = createBoundaries('nh', {
      type: 'FeatureCollection',
      features: [district, senate].map((properties) => ({ type: 'Feature', properties, geometry })),
    });
    const people = [apiPerson('nh', 'lower', 'Belknap 1'), apiPerson('nh', 'lower', 'Belknap 8')];
    const jurisdiction = jurisdictionOf('nh', { upper: [['1']], lower: [['Belknap 1'], ['Belknap 8', 2]] });
    stub.states = [{ state: 'nh', jurisdiction, people, at: () => [] }];
    const made = await rosterOf('nh', boundaries);
    expect(made.boundaries?.features.length).toBe(2);
    expect(made.data.districts.map(({ district, geoid }) => `${district} ${geoid}`)).toEqual([
      '1 33001',
      'Belknap 1 33001',
      'Belknap 8 33008',
    ]);
    // A senator's district is always drawn.
    const more = jurisdictionOf('nh', { upper: [['1'], ['2']], lower: [['Belknap 1'], ['Belknap 8', 2]] });
    stub.states = [{ state: 'nh', jurisdiction: more, people, at: () => [] }];
    expect((await rosterOf('nh', boundaries)).boundaries).toBeUndefined();
  });

  test('DC’s chairman and its members at large share one division, and are all found in it', async () => {
    const bare = 'ocd-division/country:us/district:dc';
    const at_large = (id: number, district: string) =>
      apiPerson('dc', 'legislature', district, {
        id: `ocd-person/${id}`,
        current_role: { org_classification: 'legislature', district, division_id: bare },
      });
    const wards = [1, 2, 3, 4, 5, 6, 7, 8].map((ward) => `Ward ${ward}`);
    const jurisdiction = jurisdictionOf('dc', {
      legislature: [
        ['Chairman', 1, bare],
        ['At-Large', 4, bare],
        ...wards.map((ward, index): [string, number, string] => [ward, 1, `${bare}/ward:${index + 1}`]),
      ],
    });
    const people = [
      at_large(1, 'Chairman'),
      ...[2, 3, 4].map((id) => at_large(id, 'At-Large')),
      ...wards.map((ward) => apiPerson('dc', 'legislature', ward)),
    ];
    stub.states = [{ state: 'dc', jurisdiction, people, at: () => [] }];
    const { data } = await rosterOf('dc');
    expect(data.districts.length).toBe(9);
    const { district, legislators, vacant_seats } = createRoster(data).representation(bare)!;
    expect([district.name, district.seats, legislators.length, vacant_seats]).toEqual([
      'At-Large, Chairman',
      5,
      4,
      1,
    ]);
    expect(data.districts.find((one) => one.district === 'Ward 3')).toMatchObject({ geoid: '11003' });
  });
});
