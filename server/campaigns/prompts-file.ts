import MarkdownIt, { type Token } from 'markdown-it';
import type { FileFault } from '../errors.ts';
import type { Campaign } from './campaign.ts';
import { withoutComments } from './comments.ts';
import { faultAt } from './template-syntax.ts';

/** Most questions that stand above one letter, and the longest, in letters: it is read on a phone. */
const MOST_PROMPTS = 5;
const LONGEST_PROMPT = 140;

const markdown = new MarkdownIt({ html: false, typographer: false, linkify: false });

/** The questions of one language, and where they stand. */
export interface Prompts {
  language: string;
  questions: string[];
}

/** The prompts that a page in this language shows: its own, or those in the first; undefined where there are none. */
export function promptsIn(
  { prompts, languages }: Pick<Campaign, 'prompts' | 'languages'>,
  page_language: string,
): Prompts | undefined {
  const language = [page_language, languages[0]!].find((one) => prompts[one] !== undefined);
  return language === undefined ? undefined : { language, questions: prompts[language]! };
}

/** Reads prompts.md, a Markdown list of short questions, and everything that is wrong with it. Comments are passed over. */
export function readPrompts(file: string, source: string): { prompts?: string[]; faults: FileFault[] } {
  // Emptied, not taken out: what follows keeps its line.
  const text = withoutComments(source);
  const lines = text.split('\n');
  const at = (line: number, column: number, message: string): FileFault => ({ file, line, column, message });
  if (text.trim() === '')
    return {
      faults: [at(1, 1, 'This file is empty. Write one to five questions, each after a - and a space.')],
    };
  const braces = text.indexOf('{{');
  if (braces !== -1) {
    const message =
      'Names in braces are for messages. These questions are the same for all: write the words.';
    return { faults: [{ file, ...faultAt(text, braces, message) }] };
  }

  const prompts: string[] = [];
  const faults: FileFault[] = [];
  for (const { line, question } of itemsOf(markdown.parse(text, {}))) {
    const [mark = ''] = /^\s*(?:(?:[-*+]|\d+[.)])\s+)*/.exec(lines[line - 1]!) ?? [];
    const told = (message: string) => void faults.push(at(line, mark.length + 1, message));
    if (question === undefined)
      told(
        'Only a list of questions stands here. Begin each with a - and a space, at the start of its line.',
      );
    else if (question === '') told('This question is empty. Write it after the - and a space.');
    else if (question.length > LONGEST_PROMPT)
      told(
        `This question has ${question.length} letters. Keep each to ${LONGEST_PROMPT}, so that it is read.`,
      );
    else if (prompts.length === MOST_PROMPTS)
      told(`This is the ${MOST_PROMPTS + 1}th question. Keep to ${MOST_PROMPTS}, so that they are read.`);
    prompts.push(question ?? '');
  }
  return faults.length > 0 ? { faults } : { prompts, faults };
}

interface Item {
  /** From 1. */
  line: number;
  /** Undefined for what is no item of a list, or stands deeper in one. */
  question: string | undefined;
}

/** The items of every list, and what stands beside them, in order. */
function itemsOf(tokens: Token[]): Item[] {
  return tokens.flatMap((token, index): Item[] => {
    const line = (token.map?.[0] ?? 0) + 1;
    if (token.type === 'list_item_open' && token.level === 1) {
      const [first, inline, end] = tokens.slice(index + 1, index + 4);
      if (first?.type === 'list_item_close') return [{ line, question: '' }];
      const is_text = first?.type === 'paragraph_open' && end?.type === 'paragraph_close';
      return is_text ? [{ line, question: plain(inline!) }] : [{ line, question: undefined }];
    }
    const is_list = /^(bullet|ordered)_list_open$/.test(token.type);
    // A second paragraph, or a list within an item, stands one deeper.
    const is_first_text = token.level === 2 && tokens[index - 1]?.type === 'list_item_open';
    const is_stray = token.nesting >= 0 && token.type !== 'inline' && !is_first_text;
    const is_own = token.level === 0 ? !is_list : token.level === 2;
    return is_stray && is_own ? [{ line, question: undefined }] : [];
  });
}

/** The words of a line of Markdown, without what makes them bold or a link. */
function plain({ children }: Token): string {
  return (children ?? [])
    .map(({ type, content }) => (type === 'softbreak' || type === 'hardbreak' ? ' ' : content))
    .join('')
    .trim();
}
