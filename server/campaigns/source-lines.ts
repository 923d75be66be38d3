import { dirname, resolve } from 'node:path';
import type { FileFault } from '../errors.ts';
import { readText } from '../yaml/read-text.ts';

/** The lines of a campaign's file, by its path as faults name it; none where it can't be read as text, or is a link to elsewhere. */
export async function linesOf(file: string): Promise<string[]> {
  const path = resolve(file);
  const { text } = await readText(path, [dirname(dirname(path))]);
  if (text === undefined) return [];
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** A fault with the line in which it is. */
export interface FaultInLine extends FileFault {
  /** The line around the fault, in three: what stands before it, the sign or word at its column, what comes after. */
  around: { before: string; at: string; after: string } | undefined;
}

/** How much of a line is shown on either side of a fault, in signs: a paragraph may be one line. */
const SHOWN = 80;

/** Puts a fault into the line of its file, where there is such a line. Beyond the line's end nothing stands at the column. */
export function inLine(fault: FileFault, lines: string[]): FaultInLine {
  const line = lines[fault.line - 1];
  if (line === undefined) return { ...fault, around: undefined };
  const column = Math.min(fault.column - 1, line.length);
  const [at = ''] = /^(?:[\p{L}\p{N}_.-]+|.)?/u.exec(line.slice(column)) ?? [];
  const before = line.slice(0, column);
  const after = line.slice(column + at.length);
  return {
    ...fault,
    around: {
      before: before.length > SHOWN ? `…${before.slice(-SHOWN)}` : before,
      at,
      after: after.length > SHOWN ? `${after.slice(0, SHOWN)}…` : after,
    },
  };
}
