import { isMap, isNode, isPair, isScalar, isSeq, type Pair, parseDocument } from 'yaml';
import { type Mutation, type Original, placeAt, rewritten, spliced } from './mutation.ts';

const FILE = 'campaign.yaml';

/** A key of campaign.yaml with its value, by where they stand. */
export interface Entry {
  key: string;
  /** Names and numbers of all that it lies in, itself last. */
  path: (string | number)[];
  key_at: number;
  value_at: number;
  value_end: number;
  /** A text or number in one line, without quotes. */
  is_plain: boolean;
  /** Where the entries beside it begin, itself among them. */
  siblings: number[];
}

function entriesOf(source: string): Entry[] {
  const found: Entry[] = [];
  const walk = (node: unknown, path: (string | number)[]) => {
    if (isSeq(node)) for (const [index, item] of node.items.entries()) walk(item, [...path, index]);
    if (!isMap(node)) return;
    const startOf = (pair: Pair) => (isNode(pair.key) ? pair.key.range![0] : 0);
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key) || !isNode(pair.value)) continue;
      const [value_at, value_end] = pair.value.range!;
      const key = String(pair.key.value);
      found.push({
        key,
        path: [...path, key],
        key_at: startOf(pair),
        value_at,
        value_end,
        is_plain:
          isScalar(pair.value) &&
          pair.value.type === 'PLAIN' &&
          !source.slice(value_at, value_end).includes('\n'),
        siblings: node.items.map(startOf),
      });
      walk(pair.value, [...path, key]);
    }
  };
  walk(parseDocument(source).contents, []);
  return found;
}

/** A campaign.yaml by its keys, and what makes changes of it. */
export interface YamlSource {
  source: string;
  entries: Entry[];
  /** Those with a plain value. */
  plain: Entry[];
  /** Those of them that have a line to themselves. */
  alone: Entry[];
  /** The key of that name that stands in no other. */
  one: (key: string) => Entry;
  /** A change that is told at an offset of the new content, in that column where it is `exact`. */
  told: (name: string, content: string, offset: number, says: RegExp, exact?: boolean) => Mutation;
  /** A change that means the same. */
  same: (name: string, content: string) => Mutation;
  /** The content with other words in place of a value. */
  put: (at: Entry, words: string) => string;
}

/** Reads the campaign.yaml of a campaign. */
export function yamlSourceOf({ files }: Original): YamlSource {
  const source = files.get(FILE)!;
  const entries = entriesOf(source);
  const plain = entries.filter(({ is_plain }) => is_plain);
  return {
    source,
    entries,
    plain,
    alone: plain.filter(({ key_at }) => /(^|\n) *$/.test(source.slice(0, key_at))),
    one: (key) => entries.find(({ path }) => path.length === 1 && path[0] === key)!,
    told: (name, content, offset, says, exact = true) => {
      const { line, column } = placeAt(content, offset);
      return rewritten(name, FILE, content, { line, ...(exact ? { column } : {}), says });
    },
    same: (name, content) => rewritten(name, FILE, content, 'same'),
    put: (at, words) => spliced(source, at.value_at, at.value_end, words),
  };
}

/** Where the colon behind a key stands. */
export function colonOf({ key_at, key }: Entry): number {
  return key_at + key.length;
}
