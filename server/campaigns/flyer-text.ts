import MarkdownIt from 'markdown-it';
import type { FileFault } from '../errors.ts';
import { withoutComments } from './comments.ts';
import { faultAt } from './template-syntax.ts';

/** What a flyer says in one language, as its file has it. */
export interface FlyerText {
  language: string;
  /** Path of the file as faults name it. */
  file: string;
  /** The ask, in large type. */
  ask: string;
  /** What to say, in short parts: paragraphs, and items of lists. */
  say: FlyerPart[];
}

/** A paragraph, or one item of a list. */
export interface FlyerPart {
  text: string;
  is_item: boolean;
}

const markdown = new MarkdownIt({ html: true, typographer: false, linkify: false });

/** What can be printed: blocks, and what stands within a line. */
const BLOCKS = /^(heading|paragraph|bullet_list|ordered_list|list_item)_(open|close)$|^inline$/;
type Token = ReturnType<typeof markdown.parse>[number];

const INLINES = ['text', 'softbreak', 'hardbreak', 'text_special'];

const PLAIN =
  'A flyer prints a heading, paragraphs and lists, and nothing else of Markdown. Write the words alone.';

/** Reads a flyer: its ask as the heading, then short paragraphs or a list of what to say. Comments are passed over. */
export function readFlyer(
  file: string,
  language: string,
  source: string,
): { flyer?: FlyerText; faults: FileFault[] } {
  // Comments are notes to those who write. Emptied, not taken out: what follows keeps its line.
  const text = withoutComments(source);
  const faults: FileFault[] = [];
  const faulty = (line: number, message: string, column = 1) =>
    void faults.push({ file, line, column, message });
  if (text.trim() === '') {
    faulty(1, "This flyer is empty. Begin it with a heading: '# ' and what you ask.");
    return { faults };
  }
  const name = text.indexOf('{{');
  if (name !== -1) {
    const message =
      'Names in braces are for messages. A flyer is the same for all: write the words themselves.';
    return { faults: [{ file, ...faultAt(text, name, message) }] };
  }
  const tokens = markdown.parse(text, {});
  for (const token of tokens) {
    const line = (token.map?.[0] ?? 0) + 1;
    const strange = BLOCKS.test(token.type) ? token.children?.find(isStrange) : token;
    if (strange) faulty(line, PLAIN, columnOf(text, line, strange.markup));
  }
  const heading = tokens[0];
  const asks = tokens.filter(({ type }) => type === 'heading_open');
  if (faults.length === 0 && (heading?.type !== 'heading_open' || heading.tag !== 'h1'))
    faulty(
      (heading?.map?.[0] ?? 0) + 1,
      "A flyer begins with what it asks, as a heading: '# ' and a few words.",
    );
  for (const { map } of asks.slice(1))
    faulty(map![0] + 1, 'A flyer has one heading: what it asks. Make a paragraph of this one.');
  if (faults.length > 0) return { faults };
  const [ask, ...say] = partsOf(tokens);
  if (ask!.text === '') faulty(1, "The heading is empty. Write what you ask after the '# '.");
  return faults.length > 0
    ? { faults }
    : { flyer: { language, file, ask: ask!.text, say: say.filter((part) => part.text !== '') }, faults };
}

function isStrange({ type }: Token): boolean {
  return !INLINES.includes(type);
}

/** Where a sign such as '**' stands first in a line, from 1; 1 where it stands in a later line of the paragraph. */
function columnOf(text: string, line: number, markup: string): number {
  return markup === '' ? 1 : text.split('\n')[line - 1]!.indexOf(markup) + 1 || 1;
}

/** The words of a flyer, the heading's first. */
function partsOf(tokens: Token[]): FlyerPart[] {
  let depth = 0;
  return tokens.flatMap(({ type, children }): FlyerPart[] => {
    if (type === 'list_item_open') depth++;
    if (type === 'list_item_close') depth--;
    if (type !== 'inline') return [];
    const words = children!.map((child) => (child.type.endsWith('break') ? ' ' : child.content));
    return [{ text: words.join('').trim(), is_item: depth > 0 }];
  });
}
