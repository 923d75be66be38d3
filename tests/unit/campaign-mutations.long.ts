import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Campaign } from '../../server/campaigns/campaign.ts';
import type { CampaignRead } from '../../server/campaigns/campaign-read.ts';
import { writtenFor } from '../../server/campaigns/messages.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';
import type { FileFault } from '../../server/errors.ts';
import { madeUpTarget } from '../fixtures/campaigns/made-up-target.ts';
import { floridaWords } from '../support/message-words.ts';
import { fileMutations } from '../support/mutations/file-mutations.ts';
import { headerMutations } from '../support/mutations/header-mutations.ts';
import { keyMutations } from '../support/mutations/key-mutations.ts';
import { type Mutation, originalOf, seeded } from '../support/mutations/mutation.ts';
import { pageMutations } from '../support/mutations/page-mutations.ts';
import { signMutations } from '../support/mutations/sign-mutations.ts';
import { templateMutations } from '../support/mutations/template-mutations.ts';
import { textMutations } from '../support/mutations/text-mutations.ts';
import { yamlRewritings } from '../support/mutations/yaml-rewritings.ts';

/** Another seed makes other changes: other keys, other files, other places. */
const SEED = Number(process.env.MUTATION_SEED ?? 316);

const SLUGS = readdirSync('campaigns', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const MUTATIONS: [name: string, slug: string, mutation: Mutation][] = SLUGS.flatMap((slug, index) => {
  const original = originalOf('campaigns', slug, seeded(SEED + index));
  return [
    keyMutations,
    signMutations,
    yamlRewritings,
    textMutations,
    templateMutations,
    headerMutations,
    pageMutations,
    fileMutations,
  ].flatMap((mutationsOf) =>
    mutationsOf(original)
      // Each change is made to one of the campaigns.
      .filter((_, nth) => nth % SLUGS.length === index)
      .map((mutation): [string, string, Mutation] => [`${slug}/${mutation.name}`, slug, mutation]),
  );
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-campaigns-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Reads as somebody whom files can be closed to: the superuser may read everything. */
async function readAsNobody(slug: string): Promise<CampaignRead> {
  const is_root = process.geteuid?.() === 0;
  chmodSync(folder, 0o755);
  if (is_root) process.seteuid!(65534);
  try {
    return await readCampaign(folder, slug);
  } finally {
    if (is_root) process.seteuid!(0);
  }
}

const POSITIONED = madeUpTarget({ position: 'sponsor' });
const UNKNOWN = madeUpTarget();

/** What a campaign says, wherever its files lie and however its messages are written. */
function meaningOf({ templates, flyers: printed, ...others }: Campaign): unknown {
  const campaign = { ...others, flyers: printed };
  const texts = templates.map((template) => {
    const { kind, language, wording, variant } = template;
    const written = [POSITIONED, UNKNOWN].map((target) =>
      writtenFor({ ...campaign, templates }, target, { template, words: floridaWords(language) }),
    );
    return { kind, language, wording, variant, written };
  });
  const flyers = Object.values(printed).map(({ ask, say, language }) => ({ ask, say, language }));
  return { ...others, flyers, texts };
}

const originals = new Map<string, Promise<CampaignRead>>();
function originalRead(slug: string): Promise<CampaignRead> {
  const read = originals.get(slug) ?? readCampaign('campaigns', slug);
  originals.set(slug, read);
  return read;
}

test('there are more than a hundred changes, and each is another', () => {
  const names = MUTATIONS.map(([name]) => name);
  expect(names.length).toBeGreaterThan(100);
  expect(new Set(names).size).toBe(names.length);
});

test.each(MUTATIONS)(
  '%s: is told at its place, or means the same',
  async (_, slug, { apply, file, outcome }) => {
    const copy = join(folder, slug);
    cpSync(join('campaigns', slug), copy, { recursive: true });
    apply(copy);
    const read = await readAsNobody(slug);
    const before = await originalRead(slug);
    const inFolder = (path: string) => path.slice(copy.length + 1);
    if (outcome === 'same') {
      expect(read.faults).toEqual([]);
      expect(meaningOf(read.campaign!)).toEqual(meaningOf(before.campaign!));
      expect(read.warnings.length).toBe(before.warnings.length);
      return;
    }
    const { line, column, says, is_warning = false } = outcome;
    const isNew = ({ message }: FileFault) => !before.warnings.some((one) => one.message === message);
    const told = is_warning ? read.warnings.filter(isNew) : read.faults;
    const places = told.map((one) => [
      inFolder(one.file),
      ...(line === 0 ? [] : [one.line]),
      ...(column ? [one.column] : []),
    ]);
    expect(told.map(({ message }) => message)).toContainEqual(expect.stringMatching(says));
    expect(places).toEqual([
      [outcome.file ?? file, ...(line === 0 ? [] : [line]), ...(column ? [column] : [])],
    ]);
    expect(read.campaign !== undefined).toBe(is_warning);
    for (const { message } of told) {
      expect(message).toMatch(/[.?]$/);
      // Words of programmers, which an organizer can do nothing with.
      expect(message).not.toMatch(/invalid|expected (a|string)|undefined|object|parse|token|syntax/i);
    }
  },
);
