import {
  type Document,
  type ErrorCode,
  isAlias,
  isCollection,
  isNode,
  isScalar,
  visit,
  type YAMLError,
} from 'yaml';
import { firstLookalike } from './yaml-lookalikes.ts';
import { inQuotes, lackingSpace, quoteWithin, shiftedKey } from './yaml-slips.ts';

/** A mistake in how YAML is written: `offset` counts characters from 0. */
export interface SyntaxFault {
  offset: number;
  message: string;
}

/**
 * The first mistake in a file's syntax, for someone who does not program; undefined where there is none. `top_keys` are
 * those that stand at the left margin.
 */
export function syntaxFault(
  document: Document,
  source: string,
  top_keys: readonly string[] = [],
): SyntaxFault | undefined {
  // YAML tells of what it makes of these, often lines away.
  const lookalike = firstLookalike(document, source);
  if (lookalike) return lookalike;
  const said = [...document.errors, ...document.warnings][0];
  const faults = [
    firstMark(document, source),
    firstMisread(document, source),
    lackingSpace(document, source),
    said && (shiftedKey(source, top_keys) ?? inPlainWords(document, source, said)),
  ];
  return faults.flatMap((fault) => fault ?? []).toSorted((a, b) => a.offset - b.offset)[0];
}

/**
 * Where &, * or ! begins a value: for YAML a mark, for an author text. Marks are refused altogether, since a file of a few
 * lines can grow by them to fill the memory.
 */
function firstMark(document: Document, source: string): SyntaxFault | undefined {
  let offset: number | undefined;
  let message = SIGN;
  visit(document, (_, node) => {
    if (!isNode(node) || !node.range) return undefined;
    if (isAlias(node)) offset = node.range[0];
    else if ('anchor' in node && node.anchor) offset = source.lastIndexOf(`&${node.anchor}`, node.range[0]);
    else if (node.tag) {
      offset = source.lastIndexOf('!', node.range[0]);
      while (source[offset - 1] === '!') offset -= 1;
      message = WORDS.TAG_RESOLVE_FAILED!;
    }
    return offset === undefined ? undefined : visit.BREAK;
  });
  return offset === undefined ? undefined : { offset, message };
}

/** Texts that YAML reads, but not as their author sees them: cut off at a hashtag, or with curly quotes as a part. */
function firstMisread(document: Document, source: string): SyntaxFault | undefined {
  let found: SyntaxFault | undefined;
  visit(document, {
    Scalar: (_, node) => {
      if (!node.range || node.type !== 'PLAIN' || typeof node.value !== 'string') return undefined;
      const [start, end] = node.range;
      // Right behind several words: a note stands on a line of its own, or has a space after its sign.
      const hashtag = /^[ \t]+(?=#\S)/.exec(source.slice(end));
      if (
        /^[\u201c\u201d\u2018\u2019][^\u201c\u201d\u2018\u2019]*[\u201c\u201d\u2018\u2019]$/.test(node.value)
      )
        found = { offset: start, message: CURLY };
      else if (hashtag && /\s/.test(node.value)) found = { offset: end + hashtag[0].length, message: HASH };
      return found && visit.BREAK;
    },
  });
  return found;
}

const CURLY =
  'These quotes are curly, and do not count as quotes. Type straight ones: "2026". To show curly ones, put straight ones around them.';
const HASH =
  'What follows # is left out here. To keep it, put the whole text between double quotes; before a note, leave a space after the #.';
const SIGN =
  'A text that begins with & or * is put between quotes: "* like this". YAML marks are not used here.';
const QUOTES = 'Put the whole text between double quotes: title: "Clean water: now".';
const STEPS = 'Give it as many spaces as the lines it belongs with.';

/** The words for each kind of mistake; the others are so rare that one sentence is enough for all. */
const WORDS: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'This line begins with a tab. Use spaces: two for each step inwards.',
  BAD_ALIAS: SIGN,
  BAD_SCALAR_START: `A text can not begin with this sign as it stands. ${QUOTES}`,
  TAG_RESOLVE_FAILED: `A text that begins with ! is put between quotes. ${QUOTES}`,
  BAD_DQ_ESCAPE: 'Between double quotes a \\ is a sign of its own. Write it twice: \\\\.',
  BAD_INDENT: `This line begins at the wrong place. ${STEPS}`,
  BLOCK_IN_FLOW: 'Between [ ] and { } the parts are divided by commas. Put the missing comma in.',
  MULTIPLE_DOCS: 'A line of --- or ... ends the file here. Take that line out.',
  MULTILINE_IMPLICIT_KEY: 'A colon with a space after it is missing here. Write it like this: goal: 1000.',
};

function inPlainWords(document: Document, source: string, error: YAMLError): SyntaxFault {
  const offset = error.pos[0];
  const start = source.lastIndexOf('\n', offset - 1) + 1;
  const before = source.slice(start, offset);
  const tab = before.trim() === '' ? /^ *(?=\t)/.exec(source.slice(start)) : null;
  // YAML names it by what it makes of the line: a key below a key, for one, is text that goes on.
  if (tab) return { offset: start + tab[0].length, message: WORDS.TAB_AS_INDENT! };
  const line = source.slice(offset).split(/\r?\n/, 1)[0]!;
  switch (error.code) {
    case 'DUPLICATE_KEY': {
      const key = /^["']?([^\s:"']+)/.exec(line)?.[1];
      return { offset, message: `'${key}' is here twice. Keep one of them.` };
    }
    case 'BLOCK_AS_IMPLICIT_KEY': {
      // A - that stands less far in than those above it.
      if (/^ +-/.test(line)) return { offset: offset + line.indexOf('-'), message: WORDS.BAD_INDENT! };
      if (/^[\u201c\u201d]/.test(line)) return { offset, message: CURLY };
      if (/:(\s|$)/.test(line))
        return { offset, message: `There is a second colon in this line. ${inQuotes(before, line)}` };
      // The next line stands further in, as if it were a part of this value.
      const rest = source.slice(offset + line.length);
      return { offset: source.length - rest.trimStart().length, message: WORDS.BAD_INDENT! };
    }
    case 'BAD_INDENT':
      return {
        offset: openBracket(document, offset) ?? offset,
        message: bracketOr(source, document, offset),
      };
    case 'TAB_AS_INDENT':
      return {
        offset,
        message: before.trim() === '' ? WORDS.TAB_AS_INDENT! : 'Here is a tab. Put a space in its place.',
      };
    case 'MISSING_CHAR':
      return missingSign(document, offset, error.message);
    case 'UNEXPECTED_TOKEN':
      return quoteWithin(document, source, offset) ?? { offset, message: unexpected(error.message, before) };
    default: {
      const others =
        'This line can not be read. Look at the spaces at its start, and put text between quotes.';
      return { offset, message: WORDS[error.code] ?? others };
    }
  }
}

function bracketOr(source: string, document: Document, offset: number): string {
  const open = openBracket(document, offset);
  if (open === undefined) return WORDS.BAD_INDENT!;
  return `This ${source[open]} is never closed. Put the ${source[open] === '[' ? ']' : '}'} in.`;
}

/** Where a [ or { begins that is still open at an offset. */
function openBracket(document: Document, offset: number): number | undefined {
  let found: number | undefined;
  visit(document, (_, node) => {
    if (isCollection(node) && node.flow && node.range && node.range[0] < offset && node.range[1] >= offset)
      found = node.range[0];
  });
  return found;
}

function missingSign(document: Document, offset: number, said: string): SyntaxFault {
  if (said.startsWith('Missing closing')) {
    // YAML notices at the end of the file; the quote that opens is where an author looks.
    let quote = offset;
    visit(document, (_, node) => {
      if (isScalar(node) && node.type?.startsWith('QUOTE') && node.range?.[1] === offset)
        quote = node.range[0];
    });
    return {
      offset: quote,
      message: 'This quote is never closed. Put the same quote at the end of the text.',
    };
  }
  if (said.startsWith('Sequence item')) return { offset, message: WORDS.BAD_INDENT! };
  const message = `${WORDS.MULTILINE_IMPLICIT_KEY} Where the line goes on with the text above it, begin it with two spaces.`;
  return { offset, message };
}

function unexpected(said: string, before: string): string {
  if (said.includes('seq-ind'))
    return 'A list begins on a line of its own: put the - below its key, two spaces further in.';
  if (said.includes('at node end') && before.trim() === '') return WORDS.BAD_INDENT!;
  if (said.includes('at node end')) return `Here text goes on after its end. ${QUOTES}`;
  return `This can not be read here. ${QUOTES}`;
}
