import {
  type Document,
  isMap,
  isNode,
  isPair,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import type { FileFault } from '../errors.ts';
import { didYouMean } from './nearest.ts';

/** A YAML file that was read, and where each of its values stands. */
export interface YamlFile {
  value: unknown;
  /** Line and column, from 1, of the value at a path; of its nearest parent where there is none. */
  positionOf: (path: readonly PropertyKey[]) => { line: number; column: number };
  /** Line and column of the key at a path. */
  keyPositionOf: (path: readonly PropertyKey[]) => { line: number; column: number };
}

/** Reads YAML. The first fault of its syntax is enough: what follows it is often its echo. */
export function readYaml(file: string, source: string): { yaml: YamlFile } | { fault: FileFault } {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: true });
  const [error] = document.errors;
  if (error) return { fault: { file, ...errorPosition(error), message: inPlainWords(error) } };
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  return {
    yaml: {
      value: document.toJS(),
      positionOf: (path) => at(offsetOf(document, path)),
      keyPositionOf: (path) => at(keyOffsetOf(document, path) ?? offsetOf(document, path)),
    },
  };
}

function errorPosition({ linePos }: YAMLError): { line: number; column: number } {
  const start = linePos?.[0];
  return { line: start?.line ?? 1, column: start?.col ?? 1 };
}

/** What a mistake of YAML's syntax most often is, and how to mend it. */
function inPlainWords(error: YAMLError): string {
  if (error.code === 'DUPLICATE_KEY') return 'This key is here twice. Keep one of them.';
  if (error.code === 'TAB_AS_INDENT')
    return 'This line begins with a tab. Use spaces: two for each step inwards.';
  const said = error.message.split(/ at line \d+/)[0];
  return `This is not well-formed YAML (${said}). Check the spaces at the start of the line, and put text with a colon, a quote or a bracket between quotes.`;
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

/** The faults of a value that does not fit its schema, each where it stands. */
export function schemaFaults(
  file: string,
  yaml: YamlFile,
  error: z.ZodError,
  knownKeys: (path: readonly PropertyKey[]) => string[],
): FileFault[] {
  return error.issues.flatMap((issue): FileFault[] => {
    const { path } = issue;
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        file,
        ...yaml.keyPositionOf([...path, key]),
        message: `There is no key '${key}' here.${didYouMean(key, knownKeys(path))} Known are: ${knownKeys(path).join(', ')}.`,
      }));
    }
    const name = nameOf(path);
    const isMissing = valueAt(yaml.value, path) === undefined && typeof path.at(-1) === 'string';
    if (isMissing) {
      const message = `'${name}' is missing. Add it: it ${wordsOf(issue.message)}.`;
      return [{ file, ...yaml.positionOf(path.slice(0, -1)), message }];
    }
    return [
      {
        file,
        ...yaml.positionOf(path),
        message: name
          ? `'${name}' is not right: it ${wordsOf(issue.message)}.`
          : 'This file is a list of keys and values, such as title: Our campaign.',
      },
    ];
  });
}

/** Zod's own words, for which the schema has none, read badly after a name. */
function wordsOf(message: string): string {
  return /^(is|comes|names|'|holds)/.test(message) ? message : `is not what it should be (${message})`;
}

function nameOf(path: readonly PropertyKey[]): string {
  const keys = path.filter((part) => typeof part === 'string');
  return String(keys.at(-1) ?? '');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) => (inner as Record<PropertyKey, unknown> | undefined)?.[part],
    value,
  );
}
