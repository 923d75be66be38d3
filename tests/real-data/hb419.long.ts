import { cpSync, rmSync } from 'node:fs';
import type { Roster } from '../../server/legislators/legislator.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import {
  CENSUS_ZIPS,
  describeRealData,
  importFlorida,
  PEOPLE_TARBALL,
} from '../fixtures/people/shared-data.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import type { Answer } from '../support/client.ts';
import {
  HAS_REAL_OPENSTATES,
  realReply,
  type StubOpenStates,
  startStubOpenStates,
} from '../support/stub-openstates.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { until } from '../support/until.ts';

const HOUSE = 'ocd-division/country:us/state:fl/sldl';
const SENATE = 'ocd-division/country:us/state:fl/sldu';
const HB_419 = 'rendered/bills-detail-fl-2026-HB419-all-includes.json';
const NOW = new Date('2026-03-05T15:00:00Z');

interface Reply {
  from_organization: { id: string };
  votes: object[];
  [field: string]: unknown;
}
const bill = (changes: (reply: Reply) => object = () => ({})): object => {
  const reply = realReply(HB_419) as Reply;
  return { ...reply, ...changes(reply) };
};

/** A roll call of the House as the API writes one; who is named alone is known by that name only. */
function rollCall(
  motion_text: string,
  motion_classification: string[],
  votes: [option: string, who: string][],
) {
  return ({ from_organization }: Reply) => ({
    id: `ocd-vote/${motion_text}`,
    motion_text,
    motion_classification,
    start_date: '2026-03-03',
    result: 'pass',
    identifier: '',
    extras: {},
    organization: from_organization,
    counts: [],
    sources: [{ url: 'https://example.org/roll-call' }],
    votes: votes.map(([option, who]) =>
      who.startsWith('ocd-person/')
        ? { id: 'v', option, voter_name: who, voter: { id: who, name: who, party: '' } }
        : { id: 'v', option, voter_name: who },
    ),
  });
}

if (!HAS_REAL_OPENSTATES)
  process.stderr.write('skipped: HB 419 as OpenStates serves it: ../shared/data is not here\n');

(HAS_REAL_OPENSTATES ? describeRealData : describe.skip)(
  'HB 419 as OpenStates serves it, with Florida’s real members',
  () => {
    const imported = folderOf({});
    let openstates: StubOpenStates;
    let app: TestApp | undefined;
    let drop = () => {};
    beforeAll(async () => {
      await importFlorida(imported, PEOPLE_TARBALL, CENSUS_ZIPS);
      openstates = await startStubOpenStates();
    });
    afterEach(async () => {
      await app?.close();
      drop();
    });
    afterAll(async () => {
      await openstates.close();
      rmSync(imported, { recursive: true });
    });

    /** The app once it has fetched the bill; the campaign says of nobody by itself what they did. */
    async function start(reply: object, change: (yaml: string) => string = (yaml) => yaml): Promise<TestApp> {
      const changed = changedCampaign((yaml) => change(yaml.replace(/\npositions:\n[\s\S]*?\n\n/, '\n')));
      const data_dir = folderOf({});
      cpSync(imported, data_dir, { recursive: true });
      drop = () => {
        changed.drop();
        rmSync(data_dir, { recursive: true });
      };
      openstates.behave('serve');
      openstates.behaveAt(/^\/bills\/fl\/2026\/SB/, 'no such bill');
      openstates.answerAt(/^\/bills\/fl\/2026\/HB%20419\?/, reply);
      openstates.answerAt(/^\/committees\?/, committees(await memberIds(3)));
      app = await startTestApp({
        campaigns_dir: changed.folder,
        data_dir,
        allow_sample: false,
        now: () => NOW,
        openstates: { url: openstates.url, syncs_bills: true, per_minute: 100 },
      });
      const started = app;
      await until(() => started.log.some((line) => line.includes('"bills_fetched"')));
      return app;
    }

    /** The committee that has the bill, under the House, with these members. */
    function committees(member_ids: string[]) {
      const { from_organization } = realReply(HB_419) as Reply;
      const committee = {
        id: 'ocd-organization/00000000-0000-8000-8000-000000000419',
        name: 'Criminal Justice Subcommittee',
        classification: 'subcommittee',
        parent_id: from_organization.id,
        extras: {},
        memberships: member_ids.map((id) => ({
          person_name: id,
          role: 'member',
          person: { id, name: id, party: '' },
        })),
      };
      return {
        results: [committee],
        pagination: { per_page: 20, page: 1, max_page: 1, total_items: 1 },
      };
    }

    let roster: Roster | undefined;
    /** OpenStates ids of who sits in House districts 1 and on. */
    async function memberIds(count: number): Promise<string[]> {
      if (!roster) {
        const reader = await startTestApp({ data_dir: imported, allow_sample: false, now: () => NOW });
        roster = reader.parts.rosters.get('fl')!.roster;
        await reader.close();
      }
      return Array.from(
        { length: count },
        (_, index) => roster!.representation(`${HOUSE}:${index + 1}`)!.legislators[0]!.id,
      );
    }

    const house = (district: number) => app!.get(`/campaigns/visible-act/act?division=${HOUSE}:${district}`);
    const cardOf = ({ $ }: Answer, district: number) => $(`[data-division-id="${HOUSE}:${district}"]`);

    test('the sponsor’s constituents see what they did and thank them; of all others nothing is known', async () => {
      await start(bill());
      const card = cardOf(await house(13), 13);
      expect(card.find('.position').text()).toContain('Sponsor, 2026 session');
      expect(card.find('.position a').attr('href')).toBe('https://www.flsenate.gov/Session/Bill/2026/419');
      expect(card.find('textarea').text()).toContain('Thank you. You sponsored HB 419 in the 2026 session');
      const other = cardOf(await house(14), 14);
      expect(other.find('.position').length).toBe(0);
      expect(other.find('textarea').text()).toContain('Would you tell me where you stand');
      const page = await app!.get('/campaigns/visible-act/bill');
      expect(page.text).toContain('Now in Criminal Justice Subcommittee');
      expect(page.text).toContain('As of March 5, 2026');
    });

    test('the members of the committee that has it can be targeted, and nobody else of the House is then', async () => {
      await start(bill(), (yaml) =>
        yaml.replace('  chambers: [upper, lower]', '  chambers: [lower]\n  committee: current'),
      );
      for (const district of [1, 2, 3])
        expect(cardOf(await house(district), district).hasClass('target')).toBe(true);
      const page = await house(14);
      expect(page.$('.target').length).toBe(0);
      expect(page.$('[data-not-asked=committee]').text()).toContain('Criminal Justice Subcommittee');
      const senate = await app!.get(`/campaigns/visible-act/act?division=${SENATE}:5`);
      expect(senate.$('[data-not-asked=chamber]').length).toBe(1);
    });

    test('a roll call on passage makes allies and opponents, who change places where the campaign asks to oppose', async () => {
      const [first, second, third] = (await memberIds(3)) as [string, string, string];
      // One by the name that the House writes, who is the only one of it; Alvarez and Robinson are two each.
      const surname = roster!.legislator(third)!.family_name!;
      const on_passage = rollCall(
        'Third reading',
        ['passage'],
        [
          ['yes', first],
          ['no', second],
          ['no', surname],
          ['no', 'Robinson'],
          ['no', 'Alvarez'],
        ],
      );
      const reply = bill((one) => ({ votes: [on_passage(one)] }));
      await start(reply);
      const [yes, no, named] = [await house(1), await house(2), await house(3)];
      expect(cardOf(yes, 1).find('.position').text()).toContain('Voted yes on HB 419 on March 3, 2026');
      expect(cardOf(yes, 1).find('.position a').attr('href')).toBe('https://example.org/roll-call');
      expect(cardOf(yes, 1).find('textarea').text()).toContain('Thank you. You voted yes on HB 419');
      expect(cardOf(no, 2).find('.position').text()).toContain('Voted no on HB 419 on March 3, 2026');
      expect(cardOf(no, 2).find('textarea').text()).toContain('I see it differently');
      expect(cardOf(named, 3).find('.position').text()).toContain('Voted no on HB 419');
      const doubled = roster!.legislators.filter(
        ({ family_name, current_role }) =>
          ['Robinson', 'Alvarez'].includes(family_name ?? '') && current_role.org_classification === 'lower',
      );
      expect(doubled.length).toBe(4);
      for (const { current_role } of doubled) {
        const district = Number(current_role.district);
        expect(cardOf(await house(district), district).find('.position').length).toBe(0);
      }
      await app!.close();
      drop();
      await start(reply, (yaml) => yaml.replace('ask: support', 'ask: oppose'));
      expect(
        cardOf(await house(1), 1)
          .find('textarea')
          .text(),
      ).toContain('I see it differently');
      expect(
        cardOf(await house(2), 2)
          .find('textarea')
          .text(),
      ).toContain('Thank you.');
      expect(
        cardOf(await house(13), 13)
          .find('textarea')
          .text(),
      ).toContain('I see it differently');
    });

    test.each([
      ['Motion to table', []],
      ['Motion to table', ['passage']],
      ['Amendment 1', ['amendment']],
    ])('%s (%j) sets no position, and the campaign goes on as before', async (motion, classes) => {
      const [first, second] = (await memberIds(2)) as [string, string];
      const vote = rollCall(motion, classes, [
        ['yes', first],
        ['no', second],
      ]);
      await start(bill((one) => ({ votes: [vote(one)] })));
      for (const district of [1, 2]) {
        const card = cardOf(await house(district), district);
        expect(card.find('.position').text()).not.toMatch(/Voted/);
        expect(card.find('textarea').text()).toContain('Would you tell me where you stand');
      }
      expect((await app!.get('/campaigns/visible-act/bill')).text).toContain(motion);
    });
  },
);
