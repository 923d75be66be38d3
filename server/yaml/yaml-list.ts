import type { FileFault } from '../errors.ts';
import { readYaml, type YamlFile } from './yaml-faults.ts';

/** What a list in YAML holds, entry by entry. */
export interface YamlListRead {
  /** Each a file with a list of this one entry, at its own lines. */
  entries: YamlFile[];
  /** Mistakes in the syntax of other entries, and what stands outside of all entries. */
  faults: FileFault[];
}

/**
 * Reads a YAML file that is one list, each entry by itself: a quote that is never closed in one of them leaves the others
 * as they are. `kind` is what the entries are called: 'corrections'. A file of nothing but notes is an empty list.
 */
export function readYamlList(file: string, source: string, kind: string): YamlListRead {
  const [head, ...pieces] = piecesOf(source);
  const entries: YamlFile[] = [];
  const faults: FileFault[] = [];
  const before = readYaml(file, head!);
  if ('fault' in before) faults.push(before.fault);
  else if (before.yaml.value !== null && before.yaml.value !== undefined) {
    const message = `This file must be a list of ${kind}: each begins with a - and a space, and nothing else stands outside of them. Put a # before notes.`;
    faults.push({ file, ...before.yaml.positionOf([]), message });
  }
  for (const piece of pieces) {
    const read = readYaml(file, piece);
    if ('fault' in read) faults.push(read.fault);
    else entries.push(read.yaml);
  }
  return { entries, faults };
}

/**
 * What stands before the first entry, then each entry; all with as many line breaks before them as in the file. What
 * belongs to an entry stands further in than its -, whatever it holds: so a - in that column begins another one.
 */
function piecesOf(source: string): string[] {
  const lines = source.split('\n');
  const indent = lines.map((line) => /^( *)-(\s|$)/.exec(line)?.[1]).find((one) => one !== undefined);
  const begin = (line: string) => indent !== undefined && new RegExp(`^${indent}-(\\s|$)`).test(line);
  const starts = lines.flatMap((line, index) => (begin(line) ? [index] : []));
  const bounds = [0, ...starts, lines.length];
  return bounds.slice(1).map((end, index) => {
    const start = bounds[index]!;
    return '\n'.repeat(start) + lines.slice(start, end).join('\n');
  });
}
