import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rosterFolder, type WrittenRoster, writeRosterFiles } from '../../server/legislators/roster-files.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A campaign whose actions are known, and the clock that its days go by. */
export interface KnownCampaign {
  slug: string;
  former_slugs: string[];
  goal: number;
  time_zone: string;
}

/** Most actions are of this one. */
export const MAIN: KnownCampaign = {
  slug: 'visible-act',
  former_slugs: [],
  goal: 250_000,
  time_zone: 'America/New_York',
};
/** Counted under two earlier names too. */
export const RENAMED: KnownCampaign = {
  ...MAIN,
  slug: 'renamed-act',
  former_slugs: ['earlier-act', 'first-act'],
};
/** Of a state whose day begins three hours later, and of which no roster is at hand. */
export const WESTERN: KnownCampaign = { ...MAIN, slug: 'western-act', time_zone: 'America/Los_Angeles' };
export const KNOWN_CAMPAIGNS = [MAIN, RENAMED, WESTERN];

/** Who can be acted on: a seat's member, by id and name, and the division that elects them. */
export interface KnownSeat {
  legislator_id: string;
  name: string;
  division_id: string;
  division: string;
}

const sample = JSON.parse(readFileSync(join(ROOT, 'sample-data/fl/roster.json'), 'utf8')) as WrittenRoster;
const roster: WrittenRoster = {
  ...sample,
  is_sample: false,
  source: 'OpenStates people files',
  as_of: '2026-08-05',
  imported_at: '2026-08-05T12:00:00.000Z',
  legislators: sample.legislators.map((one) => ({ ...one, name: one.name.replace('Sample', 'Made-up') })),
};

/** The 160 seats of Florida, their members made up. */
export const SEATS: KnownSeat[] = roster.legislators.map(({ id, name, current_role: { division_id } }) => {
  const division = roster.districts.find((one) => one.division_id === division_id)!.name;
  return { legislator_id: id, name, division_id, division };
});
/** Seats of the other state. */
export const WESTERN_SEATS: KnownSeat[] = Array.from({ length: 40 }, (_, index) => ({
  legislator_id: `ocd-person/west-${index + 1}`,
  name: `ocd-person/west-${index + 1}`,
  division_id: `ocd-division/country:us/state:ca/sldu:${index + 1}`,
  division: `ocd-division/country:us/state:ca/sldu:${index + 1}`,
}));

/** Partners by code; the last is one that the campaign's file names no more. */
export const PARTNERS: Record<string, string> = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) =>
    index < 11 ? [`group-${index + 1}`, `Group ${index + 1} of the Coalition`] : ['gone-group', 'gone-group'],
  ),
);

/** Folders with the campaigns and the roster: what the app is started on. */
export interface KnownWorld {
  campaigns_dir: string;
  data_dir: string;
  drop: () => void;
}

/** Writes the campaigns and Florida's roster down, for an app that has no sample ones. */
export async function makeKnownWorld(): Promise<KnownWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-known-'));
  const campaigns_dir = join(folder, 'campaigns');
  const data_dir = join(folder, 'data');
  const yaml = readFileSync(join(ROOT, 'campaigns/visible-act/campaign.yaml'), 'utf8')
    .replace(/\npartners:\n(?: .*\n)+/, `\npartners:\n${partnersYaml()}`)
    .replace(/\ngoal: .*/, `\ngoal: ${MAIN.goal}`);
  for (const { slug, former_slugs } of KNOWN_CAMPAIGNS) {
    cpSync(join(ROOT, 'campaigns/visible-act'), join(campaigns_dir, slug), { recursive: true });
    const own = slug === WESTERN.slug ? yaml.replaceAll('state:fl', 'state:ca') : yaml;
    const names = former_slugs.length > 0 ? `\nformer_slugs: [${former_slugs.join(', ')}]\n` : '';
    writeFileSync(join(campaigns_dir, slug, 'campaign.yaml'), own + names);
  }
  await writeRosterFiles(rosterFolder(data_dir, 'fl'), roster, undefined);
  return { campaigns_dir, data_dir, drop: () => rmSync(folder, { recursive: true, force: true }) };
}

function partnersYaml(): string {
  return Object.entries(PARTNERS)
    .filter(([code, name]) => code !== name)
    .map(([code, name]) => `  - code: ${code}\n    name: ${name}\n`)
    .join('');
}
