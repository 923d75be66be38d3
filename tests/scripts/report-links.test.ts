import { join } from 'node:path';
import type { Opened } from '../../scripts/counted-campaign.ts';
import { linkIn } from '../../scripts/report-link.ts';
import { linksInWords, revokeIn } from '../../scripts/report-links.ts';
import type { Campaign } from '../../server/campaigns/campaign.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';
import { listReportLinks } from '../../server/reports/report-link-queries.ts';
import { openStore, type Store } from '../../server/store/open-store.ts';
import { folderOf } from '../fixtures/people/folder.ts';

/** Eight in the evening in Florida, the next day already in UTC. */
const NOW = new Date('2026-11-29T01:00:00.400Z');

let campaign: Campaign;
let store: Store;
let opened: Opened;
beforeAll(async () => {
  campaign = (await readCampaign('campaigns', 'visible-act')).campaign!;
});
beforeEach(async () => {
  const data_dir = folderOf({});
  store = await openStore(`sqlite:${join(data_dir, 'statehouse.db')}`);
  const settings = { data_dir, port: 3000, is_production: false, secrets: ['a'.repeat(40)] };
  opened = {
    campaign,
    store,
    settings: settings as unknown as Opened['settings'],
    now: NOW,
    newId: () => '',
  };
});
afterEach(() => store.close());

const link = (...args: string[]) => linkIn(['visible-act', ...args], opened);
const idOf = ({ address }: { address: string }) => /link=([^.]*)/.exec(address)![1]!;
const revoke = (...args: string[]) => revokeIn(['visible-act', ...args], opened);
const holding = async () =>
  (await listReportLinks(store, ['visible-act']))
    .filter(({ revoked_at }) => revoked_at === '')
    .map(({ id }) => id);

test('a link and the list of links tell days of the state', async () => {
  const made = await link('--partner', 'jira');
  expect(made.said).toContain(
    ', until February 26, 2027. To end it before: npm run report -- revoke visible-act ',
  );
  await link('--days', '1');
  const list = async (at: string) =>
    linksInWords(await listReportLinks(store, ['visible-act']), campaign, new Date(at));
  expect(await list('2026-11-29T02:00:00Z')).toContain(
    `${idOf(made)}  jira                  made 2026-11-28  good until 2027-02-26\n`,
  );
  await revoke(idOf(made));
  const later = await list('2026-11-30T02:00:00Z');
  expect(later).toContain('made 2026-11-28  revoked 2026-11-28\n');
  expect(later).toContain('organizer             made 2026-11-28  expired 2026-11-29\n');
  expect(linksInWords([], campaign, NOW)).toBe('No link was made yet: npm run report -- link visible-act\n');
});

test('whoever ends a link is told of the others that its holder has, and can end them at once', async () => {
  const [first, second, third] = [
    await link('--partner', 'jira'),
    await link('--partner', 'jira'),
    await link('--partner', 'jira'),
  ].map(idOf);
  const own = [await link(), await link()].map(idOf);
  const said = await revoke(first!);
  expect(said).toMatch(
    new RegExp(
      `^Revoked: ${first} opens nothing any more\\.\\njira has 2 more links that hold: \\w+, \\w+\\. To end all: npm run report -- revoke visible-act --partner jira\\n$`,
    ),
  );
  for (const id of [second!, third!]) expect(said).toContain(id);
  await expect(revoke(first!)).rejects.toThrow(`This campaign has no link '${first}' that still held.`);
  expect(await revoke('--partner', 'jira')).toMatch(/^Revoked: \w+, \w+ open nothing any more\.\n$/);
  expect(new Set(await holding())).toEqual(new Set(own));
  await expect(revoke('--partner', 'jira')).rejects.toThrow(
    "The partner 'jira' has no link that still held.",
  );
  expect(await revoke(own[0]!)).toBe(
    `Revoked: ${own[0]} opens nothing any more.\nThe organizer has 1 more link that holds: ${own[1]}.\n`,
  );
  await link('--partner', 'jira');
  await revoke('--all');
  expect(await holding()).toEqual([]);
  await expect(revoke('--all')).rejects.toThrow('This campaign has no link that still held.');
});

test.each([[], ['abc', '--all'], ['--partner', 'jira', '--all'], ['a', 'b'], ['--partner', '']])(
  'revoke with %j %j %j is refused in words',
  async (...args) => {
    await link();
    await expect(revoke(...args)).rejects.toThrow(/revoke takes a campaign|--partner is the code/);
    expect(await holding()).toHaveLength(1);
  },
);

test('an empty code of a partner gives nothing away, and a link whose partner is gone is pointed out', async () => {
  for (const empty of ['', ' '])
    await expect(link('--partner', empty)).rejects.toThrow('--partner is empty.');
  expect(await listReportLinks(store, ['visible-act'])).toEqual([]);
  await link('--partner', 'jira');
  const without = { ...campaign, partners: [] };
  expect(linksInWords(await listReportLinks(store, ['visible-act']), without, NOW)).toMatch(
    /good until 2027-02-26 {2}\(no partner of the campaign any more: revoke it\)\n$/,
  );
});
