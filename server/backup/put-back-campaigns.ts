import { cp, lstat, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type CampaignFile, readCampaignFiles } from './campaign-files.ts';

/** What became of each campaign, and of each single file beside them. */
export interface CampaignsPutBack {
  /** Those that were not there. */
  added: string[];
  /** Those that are there and differ from the archive: left as they are, or, where that was asked for, replaced. */
  kept: string[];
  replaced: string[];
  /** Those that could not be written, why, and whether it is since this user may not. */
  refused: { name: string; why: string; is_forbidden: boolean }[];
}

/**
 * The files that are in CAMPAIGNS_DIR, none where there is no such folder. OperationalError `campaigns_missing` where it
 * can't be read.
 */
export async function campaignsAtHand(campaigns_dir: string): Promise<CampaignFile[]> {
  const is_there = await stat(campaigns_dir).then(
    () => true,
    () => false,
  );
  return is_there ? (await readCampaignFiles(campaigns_dir)).files : [];
}

/**
 * Puts campaigns back where there are none of their names, each at once. `at_hand` are those that are there. With
 * `replaced_dir` those that differ are replaced, and what was there is moved to that folder.
 */
export async function putBackCampaigns(
  files: CampaignFile[],
  at_hand: CampaignFile[],
  { campaigns_dir, replaced_dir }: { campaigns_dir: string; replaced_dir: string | undefined },
): Promise<CampaignsPutBack> {
  const result: CampaignsPutBack = { added: [], kept: [], replaced: [], refused: [] };
  const all_there = byTop(at_hand);
  for (const [name, wanted] of byTop(files)) {
    const there = all_there.get(name);
    if (there && isSame(there, wanted)) continue;
    const is_taken = there !== undefined || (await isTaken(join(campaigns_dir, name)));
    if (is_taken && replaced_dir === undefined) {
      result.kept.push(name);
      continue;
    }
    try {
      await putBack(name, wanted, campaigns_dir, is_taken ? replaced_dir : undefined);
      (is_taken ? result.replaced : result.added).push(name);
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      const is_forbidden = ['EACCES', 'EPERM', 'EROFS'].includes(code);
      result.refused.push({ name, why: message, is_forbidden });
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

/** Whether something that no back-up keeps stands there: it is not lost either. An empty folder is nothing. */
async function isTaken(place: string): Promise<boolean> {
  const found = await lstat(place).catch(() => undefined);
  if (!found?.isDirectory()) return found !== undefined;
  return readdir(place).then(
    (names) => names.length > 0,
    () => true,
  );
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
