import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CampaignsKeeper, keepCampaigns } from '../../server/campaigns/campaigns-keeper.ts';

let folder: string;
let keeper: CampaignsKeeper | undefined;
let log: { event: string; slug?: string; message?: string }[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-live-'));
  cpSync('campaigns/visible-act', join(folder, 'water'), { recursive: true });
  log = [];
  keeper = undefined;
});
afterEach(() => {
  keeper?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A keeper that looks only when it is told to. */
async function keep(options: Partial<Parameters<typeof keepCampaigns>[0]> = {}): Promise<CampaignsKeeper> {
  keeper = await keepCampaigns({
    campaigns_dir: folder,
    log: (_level, event, fields) => void log.push({ event, ...fields }),
    look_every_ms: 3_600_000,
    ...options,
  });
  return keeper;
}

/** Two looks: what changed before the first has stood still by the second. */
async function settle(): Promise<void> {
  await keeper!.look();
  await keeper!.look();
}

const path = (...parts: string[]) => join(folder, ...parts);
const change = (file: string, from: string | RegExp, to: string) =>
  writeFileSync(path(file), readFileSync(path(file), 'utf8').replace(from, to));
const titled = (title: string) => change('water/campaign.yaml', /^ {2}en: .*/m, `  en: ${title}`);
const titleOf = (slug = 'water') => keeper!.get(slug)?.title.en;
const events = () => log.map(({ event }) => event);

test('a changed campaign is served once its files have stood still from one look to the next', async () => {
  await keep();
  titled('One');
  await keeper!.look();
  expect(titleOf()).toBe('Bring back the Florida VISIBLE Act');
  titled('Two');
  await keeper!.look();
  expect(titleOf()).toBe('Bring back the Florida VISIBLE Act');
  await keeper!.look();
  expect(titleOf()).toBe('Two');
  expect(events()).toEqual(['campaigns_read']);
});

test('a change that leaves the time and size of a file as they were is seen', async () => {
  await keep();
  const { atime, mtime } = statSync(path('water/en/page.md'));
  change('water/en/page.md', 'the', 'teh');
  utimesSync(path('water/en/page.md'), atime, mtime);
  await settle();
  expect(keeper!.get('water')!.pages.en!.html).toContain('teh');
});

test('a campaign whose files are the same is the same object, whatever happens to others', async () => {
  await keep();
  const before = keeper!.get('water');
  cpSync(path('water'), path('zoo'), { recursive: true });
  await settle();
  expect(keeper!.all().map(({ slug }) => slug)).toEqual(['water', 'zoo']);
  expect(keeper!.get('water')).toBe(before);
});

test('while a file is broken what was served before is, and the log names the fault once', async () => {
  await keep();
  titled('Half of it');
  change('water/en/email.hbs', '{{legislator.title}}', '{{legislator.titel}}');
  await settle();
  await settle();
  expect(titleOf()).toBe('Bring back the Florida VISIBLE Act');
  expect(keeper!.broken()).toMatchObject([{ slug: 'water', is_served: true, faults: [{ line: 3 }] }]);
  expect(events()).toEqual(['campaign_fault', 'campaign_kept', 'campaigns_read']);
  expect(log[0]!.message).toMatch(/en\/email\.hbs:3:\d+: There is no name 'legislator\.titel'/);

  change('water/en/email.hbs', '{{legislator.titel}}', '{{legislator.title}}');
  await settle();
  expect([titleOf(), keeper!.broken()]).toEqual(['Half of it', []]);
});

test('a campaign that is broken from the start is left out until it is mended, and is read anew without a change', async () => {
  const text = readFileSync(path('water/campaign.yaml'), 'utf8');
  rmSync(path('water/campaign.yaml'));
  mkdirSync(path('water/campaign.yaml'));
  await keep();
  expect([keeper!.all(), keeper!.broken()]).toMatchObject([[], [{ slug: 'water', is_served: false }]]);
  expect(events()).toEqual(['campaign_fault', 'campaign_left_out']);
  rmSync(path('water/campaign.yaml'), { recursive: true });
  writeFileSync(path('water/campaign.yaml'), text);
  await settle();
  expect([titleOf(), keeper!.broken()]).toEqual(['Bring back the Florida VISIBLE Act', []]);
});

test('a folder that is gone is a campaign that is gone, and what editors leave beside is none', async () => {
  cpSync(path('water'), path('zoo'), { recursive: true });
  await keep();
  rmSync(path('zoo'), { recursive: true });
  writeFileSync(path('water/.campaign.yaml.swp'), 'x');
  await keeper!.look();
  expect(keeper!.get('zoo')).toBeDefined();
  await keeper!.look();
  expect(keeper!.all().map(({ slug }) => slug)).toEqual(['water']);
});

test('a disk that is away for a while takes no campaign with it', async () => {
  await keep();
  renameSync(folder, `${folder}-away`);
  await settle();
  await settle();
  expect(titleOf()).toBeDefined();
  expect(events()).toEqual(['campaigns_unreadable']);
  renameSync(`${folder}-away`, folder);
  titled('Back');
  await settle();
  expect(titleOf()).toBe('Back');
});

test('a folder that is renamed is found by the name that it had, in one step', async () => {
  await keep();
  renameSync(path('water'), path('clean-water'));
  change('clean-water/campaign.yaml', /^ask:/m, 'former_slugs: [water]\nshort_link: h2o\nask:');
  await settle();
  expect(keeper!.all().map(({ slug }) => slug)).toEqual(['clean-water']);
  for (const name of ['clean-water', 'water', 'h2o']) expect(keeper!.byName(name)?.slug).toBe('clean-water');
  expect([keeper!.get('water'), keeper!.broken()]).toEqual([undefined, []]);
});

test('a name that leads elsewhere already is refused, and taken once it is free', async () => {
  cpSync(path('water'), path('zoo'), { recursive: true });
  await keep();
  change('zoo/campaign.yaml', /^ask:/m, 'short_link: water\nask:');
  await settle();
  expect(keeper!.broken()).toMatchObject([{ slug: 'zoo', is_served: true }]);
  expect(keeper!.broken()[0]!.faults[0]!.message).toMatch(/'water' leads to the campaign water already/);
  expect(keeper!.get('zoo')!.short_link).toBeUndefined();
  rmSync(path('water'), { recursive: true });
  await settle();
  expect([keeper!.byName('water')?.slug, keeper!.broken()]).toEqual(['zoo', []]);
});

test('new campaigns are served only when what their pages need is at hand', async () => {
  let is_ready = true;
  const prepared: string[][] = [];
  const prepare = async (list: readonly { slug: string }[]) => {
    if (!is_ready) throw new Error('not now');
    prepared.push(list.map(({ slug }) => slug));
    expect(keeper?.get('zoo')).toBeUndefined();
  };
  await keep({ prepare });
  is_ready = false;
  cpSync(path('water'), path('zoo'), { recursive: true });
  await settle();
  expect(keeper!.get('zoo')).toBeUndefined();
  is_ready = true;
  await keeper!.look();
  expect(keeper!.get('zoo')).toBeDefined();
  expect(prepared).toEqual([['water'], ['water', 'zoo']]);
});

test('a folder that can’t be read for a while stays served, and is not taken for gone', async () => {
  await keep();
  renameSync(path('water'), path('.away'));
  symlinkSync(path('nowhere'), path('water'));
  for (let look = 0; look < 5; look++) await keeper!.look();
  expect(titleOf()).toBe('Bring back the Florida VISIBLE Act');
  expect(keeper!.broken()).toMatchObject([{ slug: 'water', is_served: true }]);
  rmSync(path('water'));
  renameSync(path('.away'), path('water'));
  await settle();
  expect(keeper!.broken()).toEqual([]);
});

test('a disk that is away and leaves an empty folder behind takes no campaign with it', async () => {
  await keep();
  renameSync(folder, `${folder}-away`);
  mkdirSync(folder);
  await settle();
  await settle();
  expect(titleOf()).toBeDefined();
  expect(events()).toEqual(['campaigns_unreadable']);
  rmSync(folder, { recursive: true });
  renameSync(`${folder}-away`, folder);
});

test('a name belongs to the campaign that is served by it, though its files claim another’s by now', async () => {
  change('water/campaign.yaml', /^ask:/m, 'former_slugs: [one, two]\nask:');
  cpSync(path('water'), path('zoo'), { recursive: true });
  change('zoo/campaign.yaml', 'former_slugs: [one, two]', 'former_slugs: [three]');
  await keep();
  change('water/campaign.yaml', 'former_slugs: [one, two]', 'former_slugs: [two, zoo]');
  await settle();
  change('zoo/campaign.yaml', 'former_slugs: [three]', 'former_slugs: [one]');
  await settle();
  expect(keeper!.get('water')!.former_slugs).toEqual(['one', 'two']);
  expect(keeper!.get('zoo')!.former_slugs).toEqual(['three']);
  expect(keeper!.broken().map(({ slug }) => slug)).toEqual(['water', 'zoo']);
});

test('one that is gone is known by its name for whoever still has a form of it, until another is found by that', async () => {
  await keep();
  renameSync(path('water'), path('clean-water'));
  await settle();
  expect([keeper!.get('water'), keeper!.gone('water')?.slug]).toEqual([undefined, 'water']);
  change('clean-water/campaign.yaml', /^ask:/m, 'former_slugs: [water]\nask:');
  await settle();
  expect([keeper!.byName('water')?.slug, keeper!.gone('water')]).toEqual(['clean-water', undefined]);
});

test('of what is broken, drafts are told apart, and what does not say what it is counts as one', async () => {
  const made = (slug: string, yaml: string) => {
    mkdirSync(path(slug));
    writeFileSync(path(`${slug}/campaign.yaml`), yaml);
  };
  made('plan', 'status: draft\ntitle: x\n');
  made('public', 'title: x\n');
  mkdirSync(path('empty'));
  await keep();
  const drafts = keeper!.broken().map(({ slug, is_draft }) => [slug, is_draft]);
  expect(drafts).toEqual([
    ['empty', true],
    ['plan', true],
    ['public', false],
  ]);
});
