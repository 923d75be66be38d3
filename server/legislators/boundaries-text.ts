import type { BoundariesFile } from './roster-schema.ts';

const HEAD = '{"type":"FeatureCollection","features":[\n';
const TAIL = '\n]}\n';
const BETWEEN = ',\n';
const FEATURE = '{"type":"Feature",';

/** The text of a boundaries file: one feature a line, so that a difference between two can be read. */
export function boundariesText(boundaries: BoundariesFile): string {
  const lines = boundaries.features.map((feature) => JSON.stringify(feature));
  return `${HEAD}${lines.join(BETWEEN)}${TAIL}`;
}

/**
 * The JSON of each feature of such a text, so that they can be read one by one: a file read at once takes ten times its
 * size. Undefined where the text is valid or not, but written otherwise.
 */
export function featureTexts(text: string): string[] | undefined {
  if (!text.startsWith(HEAD) || !text.endsWith(TAIL)) return undefined;
  const lines = text.slice(HEAD.length, -TAIL.length).split(BETWEEN);
  return lines.every((line) => line.startsWith(FEATURE)) ? lines : undefined;
}
