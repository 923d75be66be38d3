import { existsSync, type Stats } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OperationalError } from '../errors.ts';
import { MOST_BYTES, type PassedOver, pathFault, sizeFaults } from './kept-files.ts';

/** A file of CAMPAIGNS_DIR: its path there, with slashes, and what it holds. */
export interface CampaignFile {
  path: string;
  bytes: Buffer;
}

/** The files of CAMPAIGNS_DIR, in the order of their paths, and what of it is no file that a back-up can keep. */
export interface CampaignFiles {
  files: CampaignFile[];
  passed_over: PassedOver[];
}

/** No campaign lies so deep. */
const DEEPEST = 8;

/**
 * What is in no back-up though DATA_DIR lay among the campaigns, or they in it: the keys of letters, without which no copy of a
 * letter can be read, the mails that were put into a folder, and the made key.
 */
const NEVER_KEPT = ['', 'letter-keys', 'outbox', 'secret-key'];

interface Found {
  /** Files, by their paths and lengths in bytes. */
  files: { path: string; size: number }[];
  passed_over: PassedOver[];
  /** Files and folders of DATA_DIR that are left out wherever they are met. */
  never_kept: Stats[];
}

/**
 * Reads every file of CAMPAIGNS_DIR that an archive can keep, and names the others; those whose name begins with a dot are no
 * campaign's, and DATA_DIR, where it is named, is none. Where all together are too large the largest are passed over.
 * OperationalError `campaigns_missing` where there is no such folder, or it can't be read.
 */
export async function readCampaignFiles(campaigns_dir: string, data_dir?: string): Promise<CampaignFiles> {
  const never_kept = data_dir === undefined ? [] : await neverKept(data_dir);
  const found: Found = { files: [], passed_over: [], never_kept };
  try {
    await findBelow(campaigns_dir, '', [await stat(campaigns_dir)], found);
  } catch (cause) {
    throw new OperationalError(
      'campaigns_missing',
      `The folder of campaigns ${campaigns_dir} can't be read (${(cause as Error).message}). Set CAMPAIGNS_DIR to where it is.`,
      { cause },
    );
  }
  const files: CampaignFile[] = [];
  const passed_over = [...found.passed_over];
  const sizeFault = sizeFaults(MOST_BYTES);
  for (const { path, size } of found.files.toSorted((one, other) => one.size - other.size)) {
    const why = sizeFault(size);
    const bytes = why === undefined ? await bytesOf(join(campaigns_dir, path), size) : why;
    if (typeof bytes === 'string') passed_over.push({ path, why: bytes });
    else files.push({ path, bytes });
  }
  return { files: files.toSorted(byPath), passed_over: passed_over.toSorted(byPath) };
}

/** Adds what lies below a folder. `above` are the folders that it lies in, with itself; fails where it can't be read. */
async function findBelow(campaigns_dir: string, folder: string, above: Stats[], found: Found): Promise<void> {
  for (const name of await readdir(join(campaigns_dir, folder))) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    const path = folder === '' ? name : `${folder}/${name}`;
    const pass = (why: string) => void found.passed_over.push({ path, why });
    const fault = pathFault(path);
    if (fault !== undefined) {
      pass(fault);
      continue;
    }
    try {
      const here = await stat(join(campaigns_dir, path));
      if (found.never_kept.some((one) => isSame(one, here))) pass("it is the app's own, in DATA_DIR");
      else if (here.isFile()) found.files.push({ path, size: here.size });
      else if (!here.isDirectory()) pass('neither a file nor a folder');
      else if (above.some((one) => isSame(one, here))) pass('a link to a folder that it lies in');
      else if (above.length > DEEPEST) pass(`it lies too deep: ${DEEPEST} folders are the most`);
      else await findBelow(campaigns_dir, path, [...above, here], found);
    } catch (error) {
      pass(unreadable(error));
    }
  }
}

/** Those that are there. */
async function neverKept(data_dir: string): Promise<Stats[]> {
  const found: Stats[] = [];
  for (const name of NEVER_KEPT) {
    const file = join(data_dir, name);
    if (existsSync(file)) found.push(await stat(file));
  }
  return found;
}

/** Whether two names lead to one file or folder; a disk that numbers none says so of none. */
function isSame(one: Stats, other: Stats): boolean {
  return one.dev === other.dev && one.ino === other.ino && one.ino !== 0;
}

/** What a file holds, or why it can't be kept. */
async function bytesOf(file: string, size: number): Promise<Buffer | string> {
  try {
    const bytes = await readFile(file);
    return bytes.length > size ? 'it was written to meanwhile' : bytes;
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'a link that leads nowhere' : `it can't be read: ${code ?? message}`;
}

function byPath(one: { path: string }, other: { path: string }): number {
  return one.path < other.path ? -1 : 1;
}
