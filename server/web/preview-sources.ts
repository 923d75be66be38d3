import { type FaultInLine, inLine, linesOf } from '../campaigns/source-lines.ts';
import type { FileFault } from '../errors.ts';

/** A file of a campaign as it stands now, to be shown beside what comes of it. */
export interface ShownSource {
  file: string;
  lines: string[];
  /** Whether its first line says that somebody who speaks the language has still to read it. */
  needs_review: boolean;
}

/** The files of one drawing of the page, each read once. */
export type ReadSource = (file: string) => Promise<ShownSource>;

const NEEDS_REVIEW = /^\s*(?:\{\{~?!(?:--)?|<!--)\s*needs review\b/i;

/** Reads files by the paths that faults name them by. */
export function createSources(): ReadSource {
  const read = new Map<string, Promise<ShownSource>>();
  const readNow = async (file: string): Promise<ShownSource> => {
    const lines = await linesOf(file);
    return { file, lines, needs_review: NEEDS_REVIEW.test(lines[0] ?? '') };
  };
  return (file) => {
    const source = read.get(file) ?? readNow(file);
    read.set(file, source);
    return source;
  };
}

/** Faults, each in its line. */
export function inTheirLines(faults: readonly FileFault[], readSource: ReadSource): Promise<FaultInLine[]> {
  return Promise.all(faults.map(async (fault) => inLine(fault, (await readSource(fault.file)).lines)));
}
