import { folderOf } from '../fixtures/people/folder.ts';
import {
  CENSUS_ZIPS,
  describeRealData,
  importFlorida,
  PEOPLE_TARBALL,
  untarPeople,
} from '../fixtures/people/shared-data.ts';
import type { Answer } from '../support/client.ts';
import { rawAnswer } from '../support/raw-answer.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const SENATE = 'ocd-division/country:us/state:fl/sldu';
const HOUSE = 'ocd-division/country:us/state:fl/sldl';
const NOW = new Date('2026-11-24T17:00:00Z');

const startFlorida = (data_dir: string) => startTestApp({ data_dir, allow_sample: false, now: () => NOW });

describeRealData('Florida as it was on 5 August 2026', () => {
  const data_dir = folderOf({});
  let said: Awaited<ReturnType<typeof importFlorida>>;
  let app: TestApp;
  beforeAll(async () => {
    said = await importFlorida(data_dir, PEOPLE_TARBALL, CENSUS_ZIPS);
    app = await startFlorida(data_dir);
  });
  afterAll(() => app.close());

  /** Gives a point, as a phone does, and follows to the page that it leads to. */
  async function actAt(latitude: number, longitude: number): Promise<Answer> {
    const found = await app.post('/campaigns/visible-act/lookup', {
      latitude: String(latitude),
      longitude: String(longitude),
    });
    expect(found.status).toBe(303);
    const act = await app.get(found.headers.get('location')!);
    expect(act.status).toBe(200);
    return act;
  }

  /** The text of one district's card, its blanks made single. */
  function cardOf({ $ }: Answer, division_id: string): string {
    return $(`.target[data-division-id="${division_id}"]`).text().replaceAll(/\s+/g, ' ');
  }

  test('the import reports 160 seats, 158 members, and the two seats that were vacant', () => {
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).toBe(
      'fl: 160 seats, 158 members, vacant: House 78 and 113\nwithout e-mail: 0, without phone: 0\nsource: OpenStates people files, as of 2026-08-05\n',
    );
  });

  test('a point in Jacksonville leads to Senator Davis and Representative Daniels, each with the number in Tallahassee', async () => {
    const act = await actAt(30.3255, -81.6565);
    const { $ } = act;
    expect($('body').attr('data-sample')).toBeUndefined();
    expect($('[data-vacant]').length).toBe(0);
    expect($('.count').text()).toBe('0 of 2 done');
    const cards = $('.target').toArray();
    expect(cards.map((card) => $(card).attr('data-division-id'))).toEqual([`${SENATE}:5`, `${HOUSE}:14`]);
    expect(cards.map((card) => $(card).find('h2').text())).toEqual([
      'Senator Tracie Davis',
      'Representative Kim Daniels',
    ]);
    expect(cards.map((card) => $(card).attr('data-legislator-id'))).toEqual([
      'ocd-person/03362949-948c-415d-a5b6-f99e8fbc6495',
      'ocd-person/469b8c3d-5133-43c1-8598-b63ea936f135',
    ]);
    const calls = cards.map((card) => $(card).find('a.primary[href^="tel:"]').first());
    expect(calls.map((link) => link.attr('href'))).toEqual(['tel:+18504875005', 'tel:+18507175014']);
    expect(calls.map((link) => link.text())).toEqual([
      expect.stringContaining('850-487-5005'),
      expect.stringContaining('850-717-5014'),
    ]);
    // The office in the district comes after, and is not lost.
    expect(cardOf(act, `${SENATE}:5`)).toContain('904-359-2575');
    expect(cardOf(act, `${HOUSE}:14`)).toContain('904-659-7180');
    expect($(cards[0]).find('form.compose').attr('data-to')).toMatch(/davis.*@flsenate\.gov$/);
    expect($(cards[1]).find('form.compose').attr('data-to')).toMatch(/daniels@flhouse\.gov$/);
  });

  test('months later every card says as of when it is true, that an election has passed, and where to check', async () => {
    const act = await actAt(30.3255, -81.6565);
    for (const [division_id, finder] of [
      [`${SENATE}:5`, 'https://www.flsenate.gov/Senators/Find'],
      [`${HOUSE}:14`, 'https://www.flhouse.gov/FindYourRepresentative'],
    ] as const) {
      const card = act.$(`.target[data-division-id="${division_id}"]`);
      const notice = card.find('.notice').first().text();
      expect(notice).toContain('August 5, 2026');
      expect(notice).toMatch(/election on November 3, 2026/);
      expect(card.find('.notice a').attr('href')).toBe(finder);
    }
  });

  test.each([
    ['House 78, in Fort Myers', [26.617, -81.84], `${HOUSE}:78`, `${SENATE}:33`],
    ['House 113, in Miami', [25.76, -80.167], `${HOUSE}:113`, `${SENATE}:36`],
  ] as const)(
    'a point in %s shows that the seat was vacant, and the senator',
    async (_name, [latitude, longitude], vacant, senate) => {
      const act = await actAt(latitude, longitude);
      const seat = act.$('[data-vacant]');
      expect(seat.length).toBe(1);
      expect(seat.attr('data-division-id')).toBe(vacant);
      expect(seat.text()).toMatch(/vacant/);
      expect(seat.text()).toContain('August 5, 2026');
      expect(seat.text()).toMatch(/election on November 3, 2026/);
      expect(act.$('.target').length).toBe(1);
      expect(cardOf(act, senate)).toMatch(/^ ?Senator /);
      expect(act.$('.target a[href^="tel:+1"]').length).toBeGreaterThan(0);
    },
  );

  test('the sponsors named in the campaign are the members of Senate 17 and House 13, and are thanked', async () => {
    const { positions } = app.parts.campaigns.get('visible-act')!;
    const { roster } = app.parts.rosters.get('fl')!;
    const sponsors = positions.map(({ person_id }) => roster.legislator(person_id!)!);
    expect(sponsors.map(({ current_role }) => current_role.division_id)).toEqual([
      `${SENATE}:17`,
      `${HOUSE}:13`,
    ]);

    const act = await app.get(`/campaigns/visible-act/act?division=${SENATE}:17&division=${HOUSE}:13`);
    for (const [{ id, current_role }, bill] of [
      [sponsors[0]!, 'SB 316'],
      [sponsors[1]!, 'HB 419'],
    ] as const) {
      const card = act.$(`[data-legislator-id="${id}"]`);
      expect(card.find('.position').text()).toContain(`Sponsor, 2026 session (${bill})`);
      expect(card.find('.position a').attr('href')).toMatch(/^https:\/\//);
      expect(card.find('.script').first().text()).toMatch(/I am calling to say thank you/);
      expect(card.find('textarea').text()).toContain(`You sponsored ${bill} in the 2026 session.`);
      expect(card.attr('data-division-id')).toBe(current_role.division_id);
    }
    const others = await actAt(30.3255, -81.6565);
    expect(others.$('.position').length).toBe(0);
    expect(others.$('.target .script').text()).not.toMatch(/say thank you/);
  });

  test('the page of every district has a number to dial, or says that the seat is vacant', async () => {
    const { districts } = app.parts.rosters.get('fl')!.roster;
    expect(districts.length).toBe(160);
    let undialled = 0;
    let links = 0;
    for (const { division_id } of districts) {
      const { $ } = await app.get(`/campaigns/visible-act/act?division=${division_id}`);
      const targets = $('.target').length;
      expect(targets + $('[data-vacant]').length).toBe(1);
      if (targets > 0 && $('.target a.primary[href^="tel:+1"]').length === 0) undialled += 1;
      links += $('.target a[href^="tel:+1"]').length;
    }
    expect(undialled).toBe(0);
    expect(links).toBeGreaterThan(326);
  });

  test('the heaviest page of two legislators and its style sheet come in what a server sends at once', async () => {
    const { districts } = app.parts.rosters.get('fl')!.roster;
    const weigh = async (path: string) =>
      (await rawAnswer(`${app.url}${path}`, { accept: 'text/html', 'accept-encoding': 'br' })).transferred;
    const act = (...ids: string[]) =>
      `/campaigns/visible-act/act?${ids.map((id) => `division=${id}`).join('&')}`;
    const weighed = [];
    for (const district of districts)
      weighed.push({ ...district, bytes: await weigh(act(district.division_id)) });
    const heaviestFirst = weighed.toSorted((a, b) => b.bytes - a.bytes);
    const heaviest = ['upper', 'lower'].map(
      (chamber) => heaviestFirst.find((district) => district.org_classification === chamber)!.division_id,
    );
    const page = await weigh(act(...heaviest));
    const style = (await app.get('/')).$('link[rel=stylesheet]').attr('href')!;
    // Ten packets (RFC 6928).
    expect(page + (await weigh(style))).toBeLessThan(14_000);
  });

  test('an extension in a number is kept, to read and to dial', async () => {
    const people = await untarPeople((yaml) => yaml.replace('850-487-5005', '850-487-5005 ext. 12'));
    const other_dir = folderOf({});
    await importFlorida(other_dir, people, CENSUS_ZIPS);
    const other = await startFlorida(other_dir);
    const { $ } = await other.get(`/campaigns/visible-act/act?division=${SENATE}:5`);
    const call = $('.target a.primary[href^="tel:"]').first();
    expect(call.attr('href')).toBe('tel:+18504875005;ext=12');
    expect(call.text()).toContain('850-487-5005 ext. 12');
    await other.close();
  });

  test('a later import that lacks a chamber fails, and the roster stays as it was', async () => {
    const { roster } = app.parts.rosters.get('fl')!;
    const failed = await importFlorida(data_dir, PEOPLE_TARBALL, [CENSUS_ZIPS[1]!]);
    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect(failed.stderr).toMatch(/boundaries of the House of Florida are missing/);
    const again = await startFlorida(data_dir);
    expect(again.parts.rosters.get('fl')!.roster.legislators).toEqual(roster.legislators);
    await again.close();
  });
});
