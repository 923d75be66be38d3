import type { FileFault } from '../errors.ts';
import { readYaml, type YamlFile } from './yaml-faults.ts';
import { type EntryPiece, piecesOf, type StrayPiece } from './yaml-pieces.ts';

/** What a list in YAML holds, entry by entry. */
export interface YamlListRead {
  /** Each a file with a list of this one entry, at its own lines. */
  entries: YamlFile[];
  /** Mistakes in the syntax of other entries, and what stands outside of all entries. */
  faults: FileFault[];
  /** Slips at the start of entries that are clear in spite of them: they are read all the same. */
  hints: FileFault[];
}

/**
 * Reads a YAML file that is one list, each entry by itself: a quote that is never closed in one of them, or a line between
 * them, leaves the others as they are. `kind` is what the entries are called: 'corrections'. A file of nothing but notes is
 * an empty list.
 */
export function readYamlList(file: string, source: string, kind: string): YamlListRead {
  const lines = source.split('\n');
  const textOf = ({ start, end }: { start: number; end: number }) => lines.slice(start, end).join('\n');
  const { head, entries, strays } = piecesOf(lines);
  const margin = Math.min(...entries.map(({ indent }) => indent));
  const read: YamlListRead = { entries: [], faults: [], hints: [] };

  const before = readYaml(file, textOf(head));
  if ('fault' in before) read.faults.push(before.fault);
  else if (before.yaml.value !== null && before.yaml.value !== undefined) {
    const message = `This file must be a list of ${kind}: each begins with a - and a space, and nothing else stands outside of them. Put a # before notes.`;
    read.faults.push({ file, ...before.yaml.positionOf([]), message });
  }
  for (const entry of entries) {
    const one = entry.has_space
      ? readYaml(file, textOf(entry), { above: entry.start })
      : readWithSpace(file, textOf(entry), entry);
    if ('fault' in one) {
      read.faults.push(one.fault);
      continue;
    }
    read.entries.push(one.yaml);
    read.hints.push(...slipsOf(entry, margin).map((message) => ({ file, ...placeOf(entry), message })));
  }
  for (const stray of strays) {
    const message = `This line belongs to none of the ${kind}: each begins with a - and a space. Before a note, put a #. If it is part of the one above, begin it with as many spaces as the other lines there.`;
    read.faults.push({ file, ...placeOf(stray), message });
  }
  return read;
}

const placeOf = ({ start, indent }: EntryPiece | StrayPiece) => ({ line: start + 1, column: indent + 1 });

function slipsOf({ indent, has_space, key }: EntryPiece, margin: number): string[] {
  const spaces = indent - margin === 1 ? '1 space' : `${indent - margin} spaces`;
  return [
    ...(indent > margin
      ? [
          `This entry begins ${spaces} further in than others. Take ${spaces} away from the start of each of its lines.`,
        ]
      : []),
    ...(has_space ? [] : [`After this - a space is missing. Put it in: - ${key}:`]),
  ];
}

/** Reads an entry whose - stands right before its first key, as if there were a space between; places are those of the file. */
function readWithSpace(
  file: string,
  text: string,
  { start, indent }: EntryPiece,
): ReturnType<typeof readYaml> {
  const read = readYaml(file, `${text.slice(0, indent + 1)} ${text.slice(indent + 1)}`, { above: start });
  const asWritten = <T extends { line: number; column: number }>(place: T): T =>
    place.line === start + 1 && place.column > indent + 1 ? { ...place, column: place.column - 1 } : place;
  if ('fault' in read) return { fault: asWritten(read.fault) };
  const { value, positionOf, keyPositionOf } = read.yaml;
  return {
    yaml: {
      value,
      positionOf: (path) => asWritten(positionOf(path)),
      keyPositionOf: (path) => asWritten(keyPositionOf(path)),
    },
  };
}
