import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { type FileFault, OperationalError } from '../errors.ts';
import type { Campaign, CampaignPage, MessageTemplate } from './campaign.ts';
import { type CampaignFile, campaignFileSchema } from './campaign-schema.ts';
import { readMessageFile } from './message-files.ts';
import { pageHtml } from './page-text.ts';
import { readYaml, schemaFaults, type YamlFile } from './yaml-faults.ts';

/** One folder of a campaign: whole, or everything that is wrong with it. */
export interface CampaignRead {
  slug: string;
  campaign?: Campaign;
  faults: FileFault[];
}

/** What a folder of campaigns holds, in the order of the slugs. */
export interface CampaignsRead {
  /** Those without a fault. */
  campaigns: Campaign[];
  /** Every fault of the others, each at its place. */
  faults: FileFault[];
  /** All folders, whole or not. */
  campaigns_read: CampaignRead[];
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Reads every campaign of a folder. A campaign with a fault is left out; the others stand. */
export async function readCampaigns(campaigns_dir: string): Promise<CampaignsRead> {
  const entries = await readdir(campaigns_dir, { withFileTypes: true }).catch((cause: unknown) => {
    throw new OperationalError(
      'campaigns_missing',
      `The folder of campaigns ${campaigns_dir} can't be read. Set CAMPAIGNS_DIR to where it is.`,
      { cause },
    );
  });
  const slugs = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
  const campaigns_read = await Promise.all(slugs.toSorted().map((slug) => readCampaign(campaigns_dir, slug)));
  return {
    campaigns: campaigns_read.flatMap(({ campaign }) => campaign ?? []),
    faults: campaigns_read.flatMap(({ faults }) => faults),
    campaigns_read,
  };
}

/** Reads one campaign. */
export async function readCampaign(campaigns_dir: string, slug: string): Promise<CampaignRead> {
  const folder = join(campaigns_dir, slug);
  const file = displayPath(join(folder, 'campaign.yaml'));
  const faulty = (...faults: FileFault[]): CampaignRead => ({ slug, faults });
  const atStart = (message: string) => faulty({ file, line: 1, column: 1, message });
  if (!SLUG.test(slug)) {
    return atStart(
      `The folder '${slug}' is the address of the campaign: use small letters, digits and hyphens, such as clean-water.`,
    );
  }
  const source = await readText(join(folder, 'campaign.yaml'));
  if (source === undefined)
    return atStart('This file is missing. Copy one from another campaign and change it.');
  const parsed = readYaml(file, source);
  if ('fault' in parsed) return faulty(parsed.fault);
  const checked = campaignFileSchema.safeParse(parsed.yaml.value);
  if (!checked.success) return faulty(...schemaFaults(file, parsed.yaml, checked.error, knownKeys));

  const pages = await readPages(folder, file, checked.data, parsed.yaml);
  const messages = await readMessages(folder, file, checked.data, parsed.yaml);
  const faults = [...pages.faults, ...messages.faults];
  if (faults.length > 0) return faulty(...faults);
  const state = /:([a-z]{2})\/government$/.exec(checked.data.jurisdiction_id)![1]!;
  return {
    slug,
    campaign: { ...checked.data, slug, state, pages: pages.pages, templates: messages.templates },
    faults,
  };
}

async function readPages(folder: string, campaignFile: string, { languages }: CampaignFile, yaml: YamlFile) {
  const pages: Record<string, CampaignPage> = {};
  const faults: FileFault[] = [];
  for (const [index, language] of languages.entries()) {
    const path = join(folder, language, 'page.md');
    const text = await readText(path);
    if (text === undefined) {
      const message = `There is no page in '${language}'. Write ${displayPath(path)}, or take '${language}' off this list.`;
      faults.push({ file: campaignFile, ...yaml.positionOf(['languages', index]), message });
    } else if (text.trim() === '') {
      faults.push({
        file: displayPath(path),
        line: 1,
        column: 1,
        message: 'This page is empty. Write the case for what the campaign asks.',
      });
    } else pages[language] = { language, html: pageHtml(text) };
  }
  return { pages, faults };
}

async function readMessages(
  folder: string,
  campaignFile: string,
  { languages, message_languages }: CampaignFile,
  yaml: YamlFile,
) {
  const templates: MessageTemplate[] = [];
  const faults: FileFault[] = [];
  for (const language of new Set([...message_languages, ...languages])) {
    for (const name of await filesOf(join(folder, language))) {
      const path = join(folder, language, name);
      const read = readMessageFile(displayPath(path), name, language, (await readText(path)) ?? '');
      faults.push(...read.faults);
      if (read.template) templates.push(read.template);
    }
  }
  for (const [index, language] of message_languages.entries()) {
    for (const kind of ['email', 'phone'] as const) {
      const is_there = templates.some(
        (one) => one.kind === kind && one.language === language && one.wording === 'plain',
      );
      if (is_there) continue;
      const path = displayPath(join(folder, language, `${kind}.hbs`));
      const message = `There is no ${kind} text in '${language}' for legislators of whom nothing is known. Write ${path}, or take '${language}' off this list.`;
      faults.push({ file: campaignFile, ...yaml.positionOf(['message_languages', index]), message });
    }
  }
  return { templates, faults };
}

/** The message files of a language's folder; what editors and systems leave beside them is passed over. */
async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(noneWhereMissing);
  return (entries ?? [])
    .filter((entry) => entry.isFile() && entry.name !== 'page.md' && !/^[.~]|~$/.test(entry.name))
    .map((entry) => entry.name)
    .toSorted();
}

/** A file's text without a byte-order mark; undefined where there is no such file. */
async function readText(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(noneWhereMissing);
  return text?.replace(/^\uFEFF/, '');
}

function noneWhereMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw new OperationalError(
    'campaigns_unreadable',
    `${error.path} can't be read (${error.code}). May this user read it?`,
    { cause: error },
  );
}

/** A path as a fault names it: from the folder in which the command was given, where it lies below that. */
function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  return (short.startsWith('..') || isAbsolute(short) ? path : short).split(sep).join('/');
}

/** The keys that the schema knows at a path. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: z.ZodType = campaignFileSchema;
  for (const part of path) {
    const inner = unwrapped(schema);
    if (inner instanceof z.ZodArray) schema = inner.element as z.ZodType;
    else if (inner instanceof z.ZodObject) schema = inner.shape[String(part)] as z.ZodType;
  }
  const inner = unwrapped(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** A schema without what makes it optional or gives it a default. */
function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema;
}
