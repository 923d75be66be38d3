import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, isNode, isScalar, type Pair, parseDocument } from 'yaml';
import { OperationalError } from '../errors.ts';
import { isLeftover } from '../yaml/read-text.ts';

/** What of a campaign is its own alone: a copy does not have it. */
const OWN_KEYS = ['dates', 'former_slugs', 'short_link', 'successor', 'closing'];

/** The campaign.yaml of a copy, and the keys that were made notes in it. */
export interface Copied {
  text: string;
  reset: string[];
}

/**
 * A campaign.yaml as a copy has it: a draft, and what must not be shared by two campaigns made a note. All else stays as it is
 * written, letter by letter. Undefined where it can't be read as YAML, or holds no keys.
 */
export function asCopy(source: string): Copied | undefined {
  const document = parseDocument(source);
  const { contents } = document;
  if (document.errors.length > 0 || !isMap(contents)) return undefined;
  const own = OWN_KEYS.filter((key) => document.has(key));
  if (contents.flow) return rewritten(document, own);
  const lines = source.split('\n');
  const lineOf = (offset: number) => source.slice(0, offset).split('\n').length - 1;
  for (const pair of contents.items.filter(({ key }) => own.includes(String(key)))) {
    const [from, to] = rangeOf(pair, source);
    for (let line = lineOf(from); line <= lineOf(to); line++) lines[line] = `# ${lines[line]}`.trimEnd();
  }
  const status = contents.items.find(({ key }) => String(key) === 'status');
  if (status) {
    const [from, to] = rangeOf(status, source);
    // A comment behind it stays.
    const [, behind = ''] = /(\s+#.*)$/.exec(lines[lineOf(to)]!) ?? [];
    lines.splice(lineOf(from), lineOf(to) - lineOf(from) + 1, `status: draft${behind}`);
  } else {
    const first = contents.items[0]?.key;
    const at = isNode(first) && first.range ? lineOf(first.range[0]) : 0;
    lines.splice(at, 0, 'status: draft');
  }
  return { text: lines.join('\n'), reset: own };
}

/** A file in braces has no lines of its own to make notes of. */
function rewritten(document: Document, own: string[]): Copied {
  for (const key of own) document.delete(key);
  document.set('status', 'draft');
  return { text: String(document), reset: own };
}

/** Where a key and its value stand: the offsets of the first sign and of the last. */
function rangeOf({ key, value }: Pair, source: string): [from: number, to: number] {
  const node = isNode(key) ? key : undefined;
  const [from, key_end] = node?.range ?? [0, 0];
  const end = Math.max(key_end, (isNode(value) && value.range?.[1]) || 0);
  // The end of a block is the start of what follows it; a block of text may hold blank lines at its end.
  const keeps_blank = isScalar(value) && value.type?.startsWith('BLOCK');
  const text = source.slice(from, end);
  return [from, from + (keeps_blank ? text.replace(/\n+$/, '') : text.trimEnd()).length - 1];
}

/** What of a campaign's folder is copied. */
export interface FilesToCopy {
  /** What each holds, by its path in the folder. */
  files: Map<string, Buffer>;
  /** Paths that are passed over: links that lead nowhere or back, pipes, devices, folders that lie too deep. */
  passed_over: string[];
}

/**
 * The files of a campaign's folder, without what editors and systems leave beside them, nor what is hidden. Throws
 * OperationalError `campaign_unreadable`.
 */
export function filesToCopy(folder: string): FilesToCopy {
  const files = new Map<string, Buffer>();
  const passed_over: string[] = [];
  const take = (inside: string, depth: number) => {
    for (const name of readdirSync(join(folder, inside)).toSorted()) {
      const path = join(inside, name);
      if (isLeftover(name)) continue;
      const found = statSync(join(folder, path), { throwIfNoEntry: false });
      // Reading from a pipe or a device may never end.
      if (found?.isFile()) files.set(path, readFileSync(join(folder, path)));
      // A link may lead back to where it stands.
      else if (found?.isDirectory() && depth < 5) take(path, depth + 1);
      else passed_over.push(path);
    }
  };
  try {
    take('.', 0);
  } catch (error) {
    const message = `${folder} can't be copied: ${(error as Error).message}. Nothing was written.`;
    throw new OperationalError('campaign_unreadable', message, { cause: error });
  }
  return { files, passed_over };
}
