import type { FileFault } from '../errors.ts';
import { endOfComments } from './comments.ts';
import { TO_WRITE } from './places-to-write.ts';
import { faultAt } from './template-syntax.ts';

/** The notes of a kind of file: what stands in one, and signs that only a note that was never closed goes on over. */
interface NoteKind {
  notes: RegExp;
  begins: string;
  ends: string;
  swallowed: RegExp;
}

const LONG: NoteKind = {
  notes: /\{\{~?!--([\s\S]*?)--~?\}\}/g,
  begins: '{{!--',
  ends: '--}}',
  swallowed: /\{\{~?!/,
};
const SHORT: NoteKind = {
  notes: /\{\{~?!(?!--)([\s\S]*?)\}\}/g,
  begins: '{{!',
  ends: '}}',
  swallowed: /\{\{|\n[^\S\n]*\n/,
};
const OF_PAGES: NoteKind = { notes: /<!--([\s\S]*?)-->/g, begins: '<!--', ends: '-->', swallowed: /<!--/ };

/** By these words a note says of itself that it is one. */
const MARKED = new RegExp(`${TO_WRITE}|needs review|^\\W*(?:note|nota|nòt)\\b`, 'i');
/** Fewer words are hardly a text that was meant to be read. */
const FEWEST_WORDS = 7;

/**
 * Warns of words of a message or a page that nobody sees: a note that goes on since it was never closed, and whole sentences
 * in a note amid the text. What stands above all text is left alone.
 */
export function hiddenWords(file: string, source: string): FileFault[] {
  const kinds = file.endsWith('.hbs') ? [LONG, SHORT] : [OF_PAGES];
  const notes = kinds.flatMap((kind) =>
    [...withEnds(kind, source).matchAll(kind.notes)].map(({ index, 0: whole, 1: inner = '' }) => ({
      kind,
      index,
      whole,
      inner,
    })),
  );
  const all = notes.toSorted((one, other) => one.index - other.index);
  let seen = 0;
  let is_amid = false;
  const found: FileFault[] = [];
  for (const { kind, index, whole, inner } of all) {
    // One within another is part of it.
    if (index < seen) continue;
    is_amid ||= source.slice(seen, index).trim() !== '';
    seen = index + whole.length;
    const message = whyHidden(kind, inner, is_amid, source.slice(0, seen).split('\n').length);
    if (message) found.push({ file, ...faultAt(source, index, message) });
  }
  return found;
}

/** A page up to where its last note ends; templates whose notes have no end are no templates, and are not read this far. */
function withEnds(kind: NoteKind, source: string): string {
  return kind === OF_PAGES ? source.slice(0, endOfComments(source)) : source;
}

function whyHidden(
  { begins, ends, swallowed }: NoteKind,
  inner: string,
  is_amid: boolean,
  last_line: number,
): string | undefined {
  if (swallowed.test(inner))
    return `This note goes on to line ${last_line}, and hides what stands between. End it with ${ends} where the note ends.`;
  if (!is_amid || MARKED.test(inner) || inner.trim().split(/\s+/).length < FEWEST_WORDS) return undefined;
  return `Nobody sees these words, since they stand in a note. If they belong to the text, take ${begins} and ${ends} away. If they are a note to you, begin it with 'Note:'.`;
}
