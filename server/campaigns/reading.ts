import { fleschKincaid } from 'flesch-kincaid';
import { syllablesOf } from './syllables.ts';

/** Stands in a text for a name that was filled in: no word, and no part of one. */
export const FILLED_IN = '\uE000';

/** How a text is measured. */
export type ReadingScale = 'flesch-kincaid' | 'szigriszt-pazos' | 'sentence-length';

/** How hard a text is to read. */
export interface Reading {
  scale: ReadingScale;
  /** By its scale: the grade of school; 0 to 100 and easier the higher; words a sentence. To one decimal. */
  value: number;
  /** Whether it is harder than most people read with ease: about grade 8. */
  is_hard: boolean;
  /** Its longest sentence. */
  longest: string;
  /** How many words that has, each name counted as one. */
  longest_words: number;
}

/**
 * The hardest that a text may be. Flesch-Kincaid (Kincaid et al. 1975) gives the U.S. grade of school. Szigriszt-Pazos
 * (1993) gives 0 to 100 on the scale INFLESZ, whose 55 is the least for the average reader (Barrio-Cantalejo et al., Anales
 * del Sistema Sanitario de Navarra 31/2, 2008). Where no formula is at hand, the rule of plain language counts: sentences of
 * 15 to 20 words.
 */
export const HARDEST: Record<ReadingScale, number> = {
  'flesch-kincaid': 8,
  'szigriszt-pazos': 55,
  'sentence-length': 20,
};

/** The formulas are made for running text: below this many words chance alone decides. */
const FEWEST_WORDS = 30;
/** What has no mark at its end is a sentence all the same from so many words on: else it is a greeting or an address. */
const FEWEST_WITHOUT_MARK = 5;

/** How hard a text is to read in its language; undefined where it is too short to tell. Names count as one short word each, web addresses too. */
export function readingOf(text: string, language: string): Reading | undefined {
  const sentences = sentencesOf(text, language)
    .map((sentence) => ({ sentence, words: wordsOf(sentence, language) }))
    .filter(({ sentence, words }) => words.some((word) => word !== NAME) && isWhole(sentence, words.length));
  const words = sentences.flatMap((one) => one.words);
  if (words.length < FEWEST_WORDS) return undefined;
  const longest = sentences.reduce((one, other) => (other.words.length > one.words.length ? other : one));
  const counts = words.map((word) => (word === NAME ? 1 : syllablesOf(word, language)));
  const syllables = counts.every((count) => count !== undefined)
    ? counts.reduce((a, b) => a + b, 0)
    : undefined;
  const measured = measure({ sentences: sentences.length, words: words.length, syllables }, language);
  return { ...measured, longest: longest.sentence, longest_words: longest.words.length };
}

function measure(
  { sentences, words, syllables }: { sentences: number; words: number; syllables: number | undefined },
  language: string,
): Pick<Reading, 'scale' | 'value' | 'is_hard'> {
  const rounded = (value: number) => Math.round(value * 10) / 10;
  if (syllables !== undefined && language === 'en') {
    const grade = fleschKincaid({ sentence: sentences, word: words, syllable: syllables });
    const value = rounded(Math.max(0, grade));
    return { scale: 'flesch-kincaid', value, is_hard: value > HARDEST['flesch-kincaid'] };
  }
  if (syllables !== undefined) {
    const ease = 206.835 - 62.3 * (syllables / words) - words / sentences;
    const value = rounded(Math.min(100, Math.max(0, ease)));
    return { scale: 'szigriszt-pazos', value, is_hard: value < HARDEST['szigriszt-pazos'] };
  }
  const value = rounded(words / sentences);
  return { scale: 'sentence-length', value, is_hard: value > HARDEST['sentence-length'] };
}

function sentencesOf(text: string, language: string): string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  return text
    .replace(/https?:\/\/\S+/g, FILLED_IN)
    .split(/\n\s*\n/)
    .flatMap((paragraph) => [...segmenter.segment(paragraph.replace(/\s+/g, ' '))])
    .map(({ segment }) => segment.trim());
}

function isWhole(sentence: string, words: number): boolean {
  return /[.?!…:;]["”’»)\]]*$/.test(sentence) || words >= FEWEST_WITHOUT_MARK;
}

/** The words of a sentence in their order, with NAME for each name: however long that is, it is known, and reads as one short word. */
function wordsOf(sentence: string, language: string): string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  const words = [...segmenter.segment(sentence)]
    .filter(({ isWordLike, segment }) => isWordLike || segment.includes(FILLED_IN))
    .map(({ segment }, index) => (isName(segment, index, language) ? NAME : segment));
  return words.filter((word, index) => word !== NAME || words[index - 1] !== NAME);
}

/** Stands for a name among words; what holds no letter is one too. */
const NAME = '';

/** What is written with a capital within a sentence, or all in capitals. Other languages have capitals in other places, as German has. */
function isName(word: string, index: number, language: string): boolean {
  if (!/\p{L}/u.test(word)) return true;
  if (!['en', 'es'].includes(language)) return false;
  return /^\p{Lu}{2,}$/u.test(word) || (index > 0 && !/^(\P{Lu}|I$|I['’])/u.test(word));
}
