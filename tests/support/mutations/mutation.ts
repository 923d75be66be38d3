import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where and how a change of a campaign's files is to be told. */
export interface Told {
  /** Relative to the campaign's folder; the changed file where it is left out. */
  file?: string;
  line: number;
  /** Left out where more than one column of the line would do. */
  column?: number;
  says: RegExp;
  /** It stops nothing: the campaign stands, and this is told of it. */
  is_warning?: boolean;
}

/** One change of a campaign's files, and what is to come of it: the same campaign, or a message at a place. */
export interface Mutation {
  name: string;
  /** The file that is changed, relative to the campaign's folder. */
  file: string;
  apply: (folder: string) => void;
  outcome: 'same' | Told;
}

/** A whole campaign to be changed. */
export interface Original {
  slug: string;
  /** The text of every file by its name relative to the campaign's folder. */
  files: Map<string, string>;
  /** One of a list, by the seed. */
  pick: <Item>(items: readonly Item[]) => Item;
}

/** Numbers from 0 up to 1 that follow from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Reads the files of a campaign. */
export function originalOf(campaigns_dir: string, slug: string, random: () => number): Original {
  const folder = join(campaigns_dir, slug);
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
  return {
    slug,
    files: new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
    pick: (items) => items[Math.floor(random() * items.length)]!,
  };
}

/** Line and column, from 1, of a place in a text. */
export function placeAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** The change that gives a file another content. */
export function rewritten(
  name: string,
  file: string,
  content: string | Uint8Array,
  outcome: Mutation['outcome'],
): Mutation {
  const apply = (folder: string) => {
    rmSync(join(folder, file), { force: true });
    writeFileSync(join(folder, file), content);
  };
  return { name: `${file}: ${name}`, file, apply, outcome };
}

/** A text with a part of it replaced by other words. */
export function spliced(text: string, start: number, end: number, words: string): string {
  return text.slice(0, start) + words + text.slice(end);
}
