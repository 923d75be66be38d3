import { type Document, isMap, isNode, isPair, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { FileFault } from '../errors.ts';
import { didYouMean, nearest } from './nearest.ts';
import { shapeFault } from './yaml-shape.ts';
import { syntaxFault } from './yaml-syntax.ts';

/** A YAML file that was read, and where each of its values stands. */
export interface YamlFile {
  value: unknown;
  /** Line and column, from 1, of the value at a path; of its nearest parent where there is none. */
  positionOf: (path: readonly PropertyKey[]) => { line: number; column: number };
  /** Line and column of the key at a path. */
  keyPositionOf: (path: readonly PropertyKey[]) => { line: number; column: number };
}

/**
 * Reads YAML. The first fault of its syntax is enough: what follows it is often its echo. `top_keys` stand at its left margin;
 * `above` counts the lines of the file that stand before it.
 */
export function readYaml(
  file: string,
  source: string,
  { top_keys = [], above = 0 }: { top_keys?: readonly string[]; above?: number } = {},
): { yaml: YamlFile } | { fault: FileFault } {
  const shape = shapeFault(source);
  if (shape) return { fault: { file, ...shape, line: shape.line + above } };
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line) + above, column: Math.max(1, col) };
  };
  const wrong = syntaxFault(document, source, top_keys);
  if (wrong) return { fault: { file, ...at(wrong.offset), message: wrong.message } };
  return {
    yaml: {
      value: document.toJS(),
      positionOf: (path) => at(offsetOf(document, path)),
      keyPositionOf: (path) => at(keyOffsetOf(document, path) ?? offsetOf(document, path)),
    },
  };
}

function nodeAt(document: Document, path: readonly PropertyKey[]): Node | undefined {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) ? node : undefined;
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  const node = nodeAt(document, path);
  // A key without a value holds an empty null: the key is what a reader looks for.
  const isThere = node?.range && node.range[1] > node.range[0];
  if (isThere) return node.range![0];
  const key = keyOffsetOf(document, path);
  if (key !== undefined) return key;
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1));
}

function keyOffsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  const map = path.length === 0 ? undefined : nodeAt(document, path.slice(0, -1));
  if (!isMap(map)) return undefined;
  const pair = map.items.find(
    (item) => isPair(item) && isNode(item.key) && item.key.toJSON() === path.at(-1),
  );
  return isNode(pair?.key) ? pair.key.range?.[0] : undefined;
}

/**
 * The faults of a value that does not fit its schema, each where it stands. What the schema says of a field goes on after
 * the field's name; what it says of a whole entry of a list goes on after 'This entry'.
 */
export function schemaFaults(
  file: string,
  yaml: YamlFile,
  error: z.ZodError,
  knownKeys: (path: readonly PropertyKey[]) => string[],
): FileFault[] {
  const unknown = error.issues.flatMap(({ path, ...issue }) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => ({ path, key })) : [],
  );
  const moved = new Map(unknown.map((one) => [one, misplaced(yaml, one, knownKeys)]));
  // A key that is misspelt or stands elsewhere is one mistake, not also the want of the right one.
  const misspelt = new Set(
    unknown.flatMap((one) => {
      const { path, key } = one;
      const place = moved.get(one);
      if (place) return written(place.meant);
      const meant = nearest(key, freeKeys(yaml, path, knownKeys));
      return meant === undefined ? [] : written([...path, meant]);
    }),
  );
  const strange = unknown.map((one) => {
    const { path, key } = one;
    const invisible = /\p{Cf}/u.test(key) ? ' An invisible sign stands in it: type it anew.' : '';
    const known = `${didYouMean(key, freeKeys(yaml, path, knownKeys))}${invisible} Known are: ${knownKeys(path).join(', ')}.`;
    return {
      file,
      ...yaml.keyPositionOf([...path, key]),
      message: `There is no key '${key}' here.${moved.get(one)?.how ?? known}`,
    };
  });
  const wrong = error.issues
    .filter((issue) => issue.code !== 'unrecognized_keys' && !misspelt.has(written(issue.path)))
    .map(({ path, message }) => {
      if (isMissing(yaml, path))
        return { file, ...yaml.positionOf(path.slice(0, -1)), message: missing(path, message) };
      return { file, ...yaml.positionOf(path), message: wrongValue(yaml, path, message) };
    });
  return [...strange, ...wrong].toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** A key that is right further in or further out, and what moves it there; `meant` is the path that is wrong without it. */
function misplaced(
  yaml: YamlFile,
  { path, key }: { path: readonly PropertyKey[]; key: string },
  knownKeys: (path: readonly PropertyKey[]) => string[],
): { meant: PropertyKey[]; how: string } | undefined {
  const is_nested = path.length > 0 && path.every((part) => typeof part === 'string');
  if (is_nested && freeKeys(yaml, [], knownKeys).includes(key))
    return { meant: [key], how: ' Begin this line at the left margin, without spaces.' };
  if (!isLanguage(key)) return undefined;
  const beside = Object.entries((valueAt(yaml.value, path) as object | null) ?? {});
  const above = beside.slice(
    0,
    beside.findIndex(([name]) => name === key),
  );
  const [owner, texts] =
    above.findLast(([name]) => !isLanguage(name) || knownKeys(path).includes(name)) ?? [];
  if (owner === undefined || !isByLanguage(texts)) return undefined;
  const spaces = path.length === 0 ? 'two spaces' : 'two more spaces';
  return { meant: [...path, owner], how: ` Put ${spaces} before it, so that it belongs to '${owner}'.` };
}

/** Whether a key holds a line for each language, or nothing yet. */
function isByLanguage(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === 'object' && !Array.isArray(value) && Object.keys(value).every(isLanguage);
}

const isLanguage = (key: string) => /^[a-z]{2,3}$/.test(key);

function missing(path: readonly PropertyKey[], message: string): string {
  return `'${nameOf(path)}' is missing. Add it: it ${message}.`;
}

function wrongValue(yaml: YamlFile, path: readonly PropertyKey[], message: string): string {
  if (path.length === 0) return 'This file must be a list of keys and values, such as title: Clean water.';
  const name = nameOf(path);
  const subject = name === '' ? 'This entry' : `'${name}'`;
  if (valueAt(yaml.value, path) === null)
    return `${subject} has no value: it ${message}. A value that begins with # is put between quotes.`;
  return `${subject} ${message}.`;
}

/** The keys that are known at a path and not yet there. */
function freeKeys(
  yaml: YamlFile,
  path: readonly PropertyKey[],
  knownKeys: (path: readonly PropertyKey[]) => string[],
): string[] {
  const there = Object.keys((valueAt(yaml.value, path) as object | null) ?? {});
  return knownKeys(path).filter((key) => !there.includes(key));
}

function isMissing(yaml: YamlFile, path: readonly PropertyKey[]): boolean {
  return typeof path.at(-1) === 'string' && valueAt(yaml.value, path) === undefined;
}

function written(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

function nameOf(path: readonly PropertyKey[]): string {
  return String(path.filter((part) => typeof part === 'string').at(-1) ?? '');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[part],
    value,
  );
}
