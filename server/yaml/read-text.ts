import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import type { FileFault } from '../errors.ts';

/** Largest file that is read, in bytes: many times what a page or a message needs. */
const LARGEST = 100_000;

/** Codes of 'there is no such file'. */
const MISSING = ['ENOENT', 'ENOTDIR'];

/** A file's text, or why it can't be read; neither where there is no such file. */
export interface TextRead {
  text?: string;
  fault?: FileFault;
}

/**
 * Reads a file as text, line ends made \n and a byte-order mark left out. Whatever else is at the path is a fault; so is a
 * link out of all folders of `within`, where they are given: what else lies on the machine is not to be shown by a page.
 */
export async function readText(path: string, within?: readonly string[]): Promise<TextRead> {
  const faulty = (message: string, place = { line: 1, column: 1 }): TextRead => ({
    fault: { file: displayPath(path), ...place, message },
  });
  try {
    const found = await stat(path);
    if (!found.isFile())
      return faulty('A file is expected here, and this is none. Put a text file in its place.');
    if (within && !(await liesWithin(path, within)))
      return faulty('This is a link that leads out of the folder of campaigns. Put the file itself here.');
    if (found.size > LARGEST)
      return faulty(`This file is too large: ${LARGEST / 1000} kB is the most. Shorten it.`);
    const bytes = await readFile(path);
    if (isUtf16(bytes))
      return faulty(
        "This file is saved in UTF-16. Save it anew as plain text in UTF-8 (your editor's 'Save as').",
      );
    const text = bytes
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .replace(/\r\n?/g, '\n');
    const strange = text.search(/[^\P{Cc}\t\n\f]|\uFFFD/u);
    if (strange === -1) return { text };
    const before = text.slice(0, strange).split('\n');
    return faulty('This sign is not text. Save the file as plain text in UTF-8, and write the sign anew.', {
      line: before.length,
      column: before.at(-1)!.length + 1,
    });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return MISSING.includes(code) ? {} : faulty(unreadable(code));
  }
}

/** Whether a file lies in one of these folders, whatever links lead to it or to them. */
async function liesWithin(path: string, folders: readonly string[]): Promise<boolean> {
  const real = await realpath(path);
  const homes = await Promise.all(folders.map((folder) => realpath(folder)));
  return homes.some((home) => {
    const way = relative(home, real);
    return way.split(sep)[0] !== '..' && !isAbsolute(way);
  });
}

/** Whether a text begins with the mark of UTF-16, or as one without a mark would: with a zero beside each letter. */
function isUtf16(bytes: Buffer): boolean {
  const [one = 1, two = 1, three = 1, four = 1] = bytes;
  const has_mark = (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff);
  const has_zeros = [one, three].every((byte) => byte === 0) !== [two, four].every((byte) => byte === 0);
  return has_mark || has_zeros;
}

/** The files of a folder in the order of their names, none where it is missing; or why it can't be read. */
export async function filesOf(folder: string): Promise<{ names: string[]; fault?: FileFault }> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return {
      names: entries
        .filter(isOurs)
        .map((entry) => entry.name)
        .toSorted(),
    };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (MISSING.includes(code)) return { names: [] };
    return { names: [], fault: { file: displayPath(folder), line: 1, column: 1, message: unreadable(code) } };
  }
}

/** A folder with the name of a file is none of what is passed over. */
function isOurs(entry: Dirent): boolean {
  const is_file = !entry.isDirectory() || /\.(hbs|md)$/i.test(entry.name);
  return is_file && !isLeftover(entry.name);
}

/** Whether a name is hidden, or of what editors and systems leave beside the files: such are passed over. */
export function isLeftover(name: string): boolean {
  return /^[.~#]|~$|^(thumbs\.db|desktop\.ini)$/i.test(name);
}

function unreadable(code: string): string {
  return `This can't be read (${code}). May the user who runs Statehouse read it?`;
}

/** A path as a fault names it: from the folder in which the command was given, where it lies below that. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  return (short.startsWith('..') || isAbsolute(short) ? path : short).split(sep).join('/');
}
