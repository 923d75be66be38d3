import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperationalError } from '../errors.ts';

/** A file of CAMPAIGNS_DIR: its path there, with slashes, and what it holds. */
export interface CampaignFile {
  path: string;
  bytes: Buffer;
}

/** No campaign lies so deep: links that lead back to where they came from end here. */
const DEEPEST = 8;

/**
 * Reads every file of CAMPAIGNS_DIR, in the order of their paths; those whose name begins with a dot are no campaign's.
 * OperationalError `campaigns_missing` where there is no such folder.
 */
export async function readCampaignFiles(campaigns_dir: string): Promise<CampaignFile[]> {
  try {
    return await readBelow(campaigns_dir, '', 0);
  } catch (cause) {
    throw new OperationalError(
      'campaigns_missing',
      `The folder of campaigns ${campaigns_dir} can't be read (${(cause as Error).message}). Set CAMPAIGNS_DIR to where it is.`,
      { cause },
    );
  }
}

async function readBelow(campaigns_dir: string, folder: string, depth: number): Promise<CampaignFile[]> {
  const files: CampaignFile[] = [];
  for (const name of (await readdir(join(campaigns_dir, folder))).toSorted()) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    const path = folder === '' ? name : `${folder}/${name}`;
    const found = await stat(join(campaigns_dir, path));
    if (found.isFile()) files.push({ path, bytes: await readFile(join(campaigns_dir, path)) });
    else if (found.isDirectory() && depth < DEEPEST)
      files.push(...(await readBelow(campaigns_dir, path, depth + 1)));
  }
  return files;
}

/** What became of each campaign, and of each single file beside them. */
export interface CampaignsPutBack {
  /** Those that were not there. */
  added: string[];
  /** Those that are there and differ from the archive: left as they are, or, where that was asked for, replaced. */
  kept: string[];
  replaced: string[];
  /** Those that may not be written, and why. */
  refused: { name: string; why: string }[];
}

/**
 * Puts campaigns back where there are none of their names, each at once. With `replaced_dir` those that differ are replaced,
 * and what was there is moved to that folder.
 */
export async function putBackCampaigns(
  files: CampaignFile[],
  campaigns_dir: string,
  replaced_dir: string | undefined,
): Promise<CampaignsPutBack> {
  const result: CampaignsPutBack = { added: [], kept: [], replaced: [], refused: [] };
  const at_hand = await stat(campaigns_dir).then(
    () => readCampaignFiles(campaigns_dir),
    () => [],
  );
  for (const [name, wanted] of byTop(files)) {
    const there = byTop(at_hand).get(name);
    if (there && isSame(there, wanted)) continue;
    if (there && replaced_dir === undefined) {
      result.kept.push(name);
      continue;
    }
    try {
      await putBack(name, wanted, campaigns_dir, there ? replaced_dir : undefined);
      (there ? result.replaced : result.added).push(name);
    } catch (error) {
      result.refused.push({ name, why: (error as Error).message });
    }
  }
  return result;
}

function byTop(files: CampaignFile[]): Map<string, CampaignFile[]> {
  return Map.groupBy(files, ({ path }) => path.split('/')[0]!);
}

function isSame(some: CampaignFile[], others: CampaignFile[]): boolean {
  const bytes = new Map(some.map((file) => [file.path, file.bytes]));
  return some.length === others.length && others.every((file) => bytes.get(file.path)?.equals(file.bytes));
}

/** Written aside first: an app that runs sees a campaign whole or not at all. */
async function putBack(
  name: string,
  files: CampaignFile[],
  campaigns_dir: string,
  replaced_dir: string | undefined,
): Promise<void> {
  const aside = join(campaigns_dir, '.being-put-back');
  const place = join(campaigns_dir, name);
  await rm(aside, { recursive: true, force: true });
  try {
    for (const { path, bytes } of files) {
      await mkdir(dirname(join(aside, path)), { recursive: true });
      await writeFile(join(aside, path), bytes, { flush: true });
    }
    if (replaced_dir !== undefined) await moveAway(place, join(replaced_dir, name));
    await rename(join(aside, name), place);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Copied, then deleted: the two folders may lie on two disks. */
async function moveAway(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await cp(from, to, { recursive: true, errorOnExist: true, force: false });
  await rm(from, { recursive: true });
}
