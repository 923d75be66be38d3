import type { Weight } from './letters.ts';

/** What measures text: a PDF that is being made. */
export interface Measure {
  /** Width in points of a text in one line. */
  widthOf: (text: string, weight: Weight, size: number) => number;
}

/** A text to be set: all lengths in points, 72 to the inch. */
export interface Block {
  text: string;
  weight: Weight;
  size: number;
  /** From one line's top to the next one's, by the size. */
  leading: number;
  /** White above it, where it is not the first on its page. */
  before: number;
  /** The tag by which PDF readers know what it is. */
  tag: 'H1' | 'H2' | 'H3' | 'P';
  /** Its language, where that is not the document's. */
  language?: string;
  /** How far in its lines begin. */
  indent?: number;
  /** Whether a bullet stands before it. */
  is_item?: boolean;
}

/** A block in lines that are no wider than they may be. */
export interface SetBlock extends Block {
  lines: string[];
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Breaks a text into lines: between words, in an address after its / and ?, and elsewhere only where a word is wider than the line. */
export function linesOf(
  measure: Measure,
  text: string,
  { weight, size, width }: { weight: Weight; size: number; width: number },
): string[] {
  const fits = (line: string) => measure.widthOf(line.trimEnd(), weight, size) <= width;
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const piece of piecesOf(paragraph)) {
      for (const part of fits(piece) ? [piece] : graphemesOf(piece)) {
        if (line !== '' && !fits(line + part)) {
          lines.push(line.trimEnd());
          line = '';
        }
        line += part;
      }
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

/** Where a line may end: behind white, but not within 'SB 316', and behind the / and ? of an address. */
const BREAK = /(?<=[/?])(?=\S)|(?<=\s)(?=\S)(?!(?<=\b[A-Z]{1,4}\s)\d)/;

function piecesOf(text: string): string[] {
  return text.split(BREAK);
}

function graphemesOf(text: string): string[] {
  return [...graphemes.segment(text)].map(({ segment }) => segment);
}

/** Sets blocks for a width; the first heading in lines that are about as long as each other. */
export function setBlocks(measure: Measure, blocks: Block[], width: number): SetBlock[] {
  return blocks.map((block) => {
    const lines = linesOf(measure, block.text, { ...block, width: width - (block.indent ?? 0) });
    return { ...block, lines: block.tag === 'H1' ? balanced(measure, block, lines, width) : lines };
  });
}

/** The same number of lines, each no wider than it must be. */
function balanced(measure: Measure, block: Block, lines: string[], width: number): string[] {
  let best = lines;
  for (let share = 0.95; share > 1 / lines.length; share -= 0.05) {
    const narrower = linesOf(measure, block.text, { ...block, width: width * share });
    if (narrower.length > lines.length) return best;
    best = narrower;
  }
  return best;
}

/** The height of blocks one below the other. */
export function heightOf(blocks: SetBlock[]): number {
  return blocks.reduce(
    (sum, { lines, size, leading, before }, index) =>
      sum + (index === 0 ? 0 : before) + lines.length * size * leading,
    0,
  );
}

/**
 * Divides blocks over pages: the first `first` high, each other `others`. A block stays whole where a page can hold it, and
 * a heading stays with what it is over.
 */
export function flow(blocks: SetBlock[], { first, others }: { first: number; others: number }): SetBlock[][] {
  const pages: SetBlock[][] = [[]];
  const room = () => (pages.length === 1 ? first : others) - heightOf(pages.at(-1)!);
  const turn = () => {
    const left = pages.at(-1)!;
    const heading = left.length > 1 && left.at(-1)!.tag !== 'P' ? [left.pop()!] : [];
    pages.push(heading);
  };
  for (const block of blocks) {
    let { lines } = block;
    while (lines.length > 0) {
      const page = pages.at(-1)!;
      const height = block.size * block.leading;
      // What computers make of fractions is not to cost a line.
      const count = Math.floor((room() - (page.length === 0 ? 0 : block.before) + 0.01) / height);
      const could_be_whole = page.length > 0 && lines.length * height <= others;
      if (count < lines.length && (count < 1 || could_be_whole) && page.some(({ tag }) => tag === 'P'))
        turn();
      else {
        // A page takes a line at least, whatever its height: nothing is lost.
        page.push({ ...block, lines: lines.slice(0, Math.max(1, count)) });
        lines = lines.slice(Math.max(1, count));
        if (lines.length > 0) pages.push([]);
      }
    }
  }
  return pages;
}

/** The largest scale of those given, from the first on, in which blocks fit a height; the last where none does. */
export function fitting(
  scales: number[],
  height: number,
  setAt: (scale: number) => SetBlock[],
): { blocks: SetBlock[]; fits: boolean } {
  for (const scale of scales) {
    const blocks = setAt(scale);
    if (heightOf(blocks) <= height) return { blocks, fits: true };
  }
  return { blocks: setAt(scales.at(-1)!), fits: false };
}
