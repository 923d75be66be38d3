import type { LetterContent } from './letter.ts';

/** Fewer words of its own than this make no letter; a word that is said again is not counted again. */
const FEWEST_WORDS = 4;
/** A greeting has no more words than this. */
const LONGEST_GREETING = 8;
/** And a closing: more of them may hold what is asked. */
const LONGEST_CLOSING = 5;

const GREETINGS =
  /^(dear|hello|hi|hey|good (morning|afternoon|evening|day)|to whom|to (the|my|senator|representative)|honorable|estimad[oa]s?|querid[oa]s?|hola|buen[oa]?s? (d[ií]as?|tardes|noches)|a quien|a mi|al? (la )?(senador|representante)a?|honorable|ch[eè]|bonjou|bonswa|onorab)(?!\p{L})/iu;
const CLOSINGS =
  /^(sincerely|yours|respectfully|(many )?thanks|thank you|(best|kind|warm)( regards| wishes)?|regards|cordially|atentamente|(muchas )?gracias|saludos|cordialmente|respetuosamente|(un )?cordial saludo|mèsi|sensèman|avèk respè|ak respè)(?!\p{L})/iu;

const words = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * Whether hardly a word is left of a letter beside greeting, closing, name and address. One that has all of the campaign's own
 * words in it is never empty, however few these are.
 */
export function isNearlyEmpty(content: LetterContent, own_text: string): boolean {
  const left = wordsLeft(content.text, content);
  if (new Set(left).size >= FEWEST_WORDS) return false;
  const own = wordsLeft(withoutSubject(own_text), content);
  return own.length === 0 || !left.join(' ').includes(own.join(' '));
}

/** The words of a letter, in small letters, but for those that every letter has. */
function wordsLeft(text: string, { name, street, city, zip }: LetterContent): string[] {
  const details = new Set(wordsOf([name, street, city, zip].join(' ')));
  const isDetail = (line: string) =>
    wordsOf(line).every((word) => details.has(word) || /^\p{L}{2}$/u.test(word));
  const lines = text
    // What stands for words that were never typed.
    .replace(/\[[^\]\n]*\]|\{\{[^}\n]*\}\}/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !isDetail(line));
  const [first = '', ...rest] = lines;
  const body = [withoutGreeting(first, rest.length === 0), ...rest].filter(
    (line) => line !== '' && !isClosing(line),
  );
  return body.flatMap(wordsOf);
}

/** The first line without its greeting, which ends at the first comma or colon, or with a line that is not the only one. */
function withoutGreeting(line: string, is_only: boolean): string {
  const [greeting = ''] = /^[^,:!]*[,:!]?/u.exec(line) ?? [];
  const is_short = wordsOf(greeting).length <= LONGEST_GREETING;
  const is_ended = /[,:!]$/.test(greeting);
  const is_greeting =
    is_short && (is_ended ? GREETINGS.test(line) || greeting === line : GREETINGS.test(line) && !is_only);
  return is_greeting ? line.slice(greeting.length).trim() : line;
}

function isClosing(line: string): boolean {
  return CLOSINGS.test(line) && wordsOf(line).length <= LONGEST_CLOSING && !/[.?!]\s+\S/.test(line);
}

function withoutSubject(own_text: string): string {
  return own_text.replace(/^Subject:.*\n/i, '');
}

function wordsOf(text: string): string[] {
  return [...words.segment(text.toLowerCase())].flatMap(({ segment, isWordLike }) =>
    isWordLike ? [segment] : [],
  );
}
