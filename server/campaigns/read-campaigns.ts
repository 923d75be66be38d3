import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileFault, OperationalError } from '../errors.ts';
import { displayPath, filesOf, readText } from '../yaml/read-text.ts';
import { readYaml, schemaFaults } from '../yaml/yaml-faults.ts';
import type { Campaign, CampaignPage, NamedTarget } from './campaign.ts';
import type { CampaignRead } from './campaign-read.ts';
import { type CampaignFile, campaignFileSchema, knownKeys } from './campaign-schema.ts';
import type { CampaignWarning } from './campaign-warning.ts';
import { editorHints } from './editor-hints.ts';
import { SLUG } from './field-values.ts';
import { type LanguageFiles, readLanguage } from './language-files.ts';
import { gapsOf } from './language-gaps.ts';
import type { LocalText } from './local-text.ts';
import { folderOf, missingFiles } from './missing-texts.ts';
import { lostSuccessors, nameClashes } from './name-clashes.ts';
import { placesToWrite } from './places-to-write.ts';
import { variantFaults } from './variant-faults.ts';
import { variantWarnings } from './variant-warnings.ts';
import { weightOf } from './variants.ts';
import { emptyTexts } from './wording-faults.ts';
import { unaskedWarnings, wordingWarnings } from './wording-warnings.ts';

/** What a folder of campaigns holds, in the order of the slugs. */
export interface CampaignsRead {
  /** Those without a fault. */
  campaigns: Campaign[];
  /** Every fault of the others, each at its place. */
  faults: FileFault[];
  /** All folders, whole or not. */
  campaigns_read: CampaignRead[];
}

const LANGUAGE = /^[a-z]{2,3}$/i;

/**
 * Reads every campaign of a folder. A campaign with a fault is left out; the others stand. `interface_languages` are those
 * that pages can be shown in: with them, others that a campaign names are told among its gaps.
 */
export async function readCampaigns(
  campaigns_dir: string,
  interface_languages?: string[],
): Promise<CampaignsRead> {
  const slugs = await slugsIn(campaigns_dir);
  const alone = await Promise.all(
    slugs.map((slug) => readCampaign(campaigns_dir, slug, interface_languages)),
  );
  const clashes = nameClashes(alone);
  const lost = lostSuccessors(alone);
  const campaigns_read = alone.map((one): CampaignRead => {
    const faults = clashes.get(one.slug);
    if (faults) return { slug: one.slug, faults, gaps: [], warnings: [], hints: [], page_sources: [] };
    return { ...one, warnings: [...one.warnings, ...(lost.get(one.slug) ?? [])] };
  });
  return {
    campaigns: campaigns_read.flatMap(({ campaign }) => campaign ?? []),
    faults: campaigns_read.flatMap(({ faults }) => faults),
    campaigns_read,
  };
}

/** The slugs of a folder of campaigns, in order; rejects with OperationalError `campaigns_missing` where it can't be read. */
export function slugsIn(campaigns_dir: string): Promise<string[]> {
  return foldersOf(campaigns_dir).catch((cause: unknown) => {
    throw new OperationalError(
      'campaigns_missing',
      `The folder of campaigns ${campaigns_dir} can't be read. Set CAMPAIGNS_DIR to where it is.`,
      { cause },
    );
  });
}

/** The names of the folders in a folder, links to folders among them, in order. */
async function foldersOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const shown = entries.filter((entry) => !entry.name.startsWith('.'));
  const folders = await Promise.all(
    shown.map(async (entry) => {
      if (!entry.isSymbolicLink()) return entry.isDirectory();
      // A link that leads nowhere counts as a folder, so that it is named rather than passed over.
      const found = await stat(join(folder, entry.name)).catch(() => undefined);
      return found === undefined || found.isDirectory();
    }),
  );
  return shown
    .filter((_, index) => folders[index])
    .map((entry) => entry.name)
    .toSorted();
}

/** Editors add an ending of their own, and systems hide it. */
function missingMessage(names: string[]): string {
  const misnamed = names.find((name) => /^campaign\.(ya?ml(\..+)?|txt)$/i.test(name));
  return misnamed
    ? `This file is missing, but there is a '${misnamed}'. Rename it to campaign.yaml (your system may hide its ending).`
    : 'This file is missing. Copy one from another campaign and change it.';
}

/** Reads one campaign, by itself: whether its names are taken by another is for whoever reads all. */
export async function readCampaign(
  campaigns_dir: string,
  slug: string,
  interface_languages?: string[],
): Promise<CampaignRead> {
  const folder = join(campaigns_dir, slug);
  const file = displayPath(join(folder, 'campaign.yaml'));
  const faulty = (...faults: FileFault[]): CampaignRead => ({
    slug,
    faults,
    gaps: [],
    warnings: [],
    hints: [],
    page_sources: [],
  });
  const atStart = (message: string) => faulty({ file, line: 1, column: 1, message });
  if (!SLUG.test(slug)) {
    return atStart(
      `The name of the folder '${slug}' becomes a web address: use small letters, digits and hyphens, such as clean-water.`,
    );
  }
  const source = await readText(join(folder, 'campaign.yaml'), [campaigns_dir, folder]);
  if (source.fault) return faulty(source.fault);
  if (source.text === undefined) {
    const message = missingMessage((await filesOf(folder)).names);
    return faulty({ file, line: 1, column: 1, message }, ...(await textFaults(folder)));
  }
  const parsed = readYaml(file, source.text, { top_keys: knownKeys([]) });
  if ('fault' in parsed) return faulty(parsed.fault, ...(await textFaults(folder)));
  const checked = campaignFileSchema.safeParse(parsed.yaml.value);
  if (!checked.success) {
    const own = schemaFaults(file, parsed.yaml, checked.error, knownKeys);
    return faulty(...own, ...(await textFaults(folder)));
  }

  const settings = checked.data;
  const files = new Map<string, LanguageFiles>();
  const folders = await foldersOf(folder);
  for (const language of new Set([...settings.languages, ...settings.message_languages]))
    files.set(language, await readLanguage(folder, folderOf(folders, language)));
  const missing = missingFiles({ folder, settings, files, folders, yaml: parsed.yaml });
  const faults = [
    ...missing.map((fault) => ({ file, ...fault })),
    ...variantFaults(settings, files).map(({ path, message }) => ({
      file,
      ...parsed.yaml.keyPositionOf(path),
      message,
    })),
    ...[...files.values()].flatMap((read) => read.faults),
  ];
  if (faults.length > 0) return faulty(...faults);
  const campaign = campaignOf(slug, settings, files);
  const empty = emptyTexts(campaign);
  if (empty.length > 0) return faulty(...empty);
  const placeOf = (path: readonly PropertyKey[]) => ({ file, ...parsed.yaml.positionOf(path) });
  const placed = ({ path, message }: CampaignWarning) => ({ ...placeOf(path), message });
  const gaps = gapsOf(campaign, { spoken: interface_languages, folders }).map(placed);
  const read = [...files.values()];
  const warnings = [
    ...placesToWrite(file, source.text),
    ...read.flatMap((one) => one.to_write),
    ...unaskedWarnings(campaign).map(placed),
    ...read.flatMap((one) => one.warnings),
    ...wordingWarnings(campaign),
    ...variantWarnings(campaign),
  ];
  const page_sources = read.flatMap(({ page_source }) => page_source ?? []);
  const hints = editorHints(file, source.text);
  return { slug, campaign, faults, gaps, warnings, hints, page_sources, placeOf };
}

/** What is wrong with the texts of a campaign whose campaign.yaml can't say which languages it has. */
async function textFaults(folder: string): Promise<FileFault[]> {
  // Of a folder that can't be read its campaign.yaml has told already.
  const folders = await foldersOf(folder).catch(() => []);
  const languages = folders.filter((name) => LANGUAGE.test(name));
  const read = await Promise.all(languages.map((language) => readLanguage(folder, language)));
  return read.flatMap((one) => one.faults);
}

function campaignOf(slug: string, settings: CampaignFile, files: Map<string, LanguageFiles>): Campaign {
  const pages = settings.languages.flatMap((language): [string, CampaignPage][] => {
    const page = files.get(language)?.page;
    return page ? [[language, page]] : [];
  });
  const prompts = settings.languages.flatMap((language): [string, string[]][] => {
    const written = files.get(language)?.prompts;
    return written ? [[language, written]] : [];
  });
  const flyers = settings.languages.flatMap((language) => files.get(language)?.flyer ?? []);
  const first = settings.languages[0]!;
  const { fallback, ...targets } = settings.targets;
  const { closing, ...others } = settings;
  return {
    ...others,
    slug,
    title: byLanguage(settings.title, first),
    summary: byLanguage(settings.summary, first),
    bills: settings.bills.map(({ session_name, ...bill }) => ({
      ...bill,
      ...(session_name === undefined ? {} : { session_name: byLanguage(session_name, first) }),
    })),
    ...(closing === undefined ? {} : { closing: byLanguage(closing, first) }),
    targets: {
      ...targets,
      extra: targets.extra.map((one) => named(one, first)),
      ...(fallback ? { fallback: named(fallback, first) } : {}),
    },
    partners: settings.partners.map(({ next_steps, ...partner }) => ({
      ...partner,
      ...(next_steps === undefined ? {} : { next_steps: next_steps.map((step) => labelled(step, first)) }),
    })),
    next_steps: settings.next_steps.map((step) => labelled(step, first)),
    state: /:([a-z]{2})\/government$/.exec(settings.jurisdiction_id)![1]!,
    pages: Object.fromEntries(pages),
    prompts: Object.fromEntries(prompts),
    flyers: Object.fromEntries(flyers.map((flyer) => [flyer.language, flyer])),
    templates: [...files.values()]
      .flatMap((read) => read.templates)
      .filter(({ variant }) => weightOf(settings, variant) > 0),
  };
}

/** A legislator whom campaign.yaml names, the reason by language. */
function named(one: { person_id: string; reason: string | LocalText }, first: string): NamedTarget {
  return { ...one, reason: byLanguage(one.reason, first) };
}

/** A next step, what it says by language. */
function labelled<Step extends { label: string | LocalText }>(step: Step, first: string) {
  return { ...step, label: byLanguage(step.label, first) };
}

/** A text that campaign.yaml gives in one line, or in one for each language: the first language's first. */
function byLanguage(text: string | LocalText, first: string): LocalText {
  return typeof text === 'string' ? { [first]: text } : { [first]: text[first]!, ...text };
}
