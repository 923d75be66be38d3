import { syllable } from 'syllable';

/** How many syllables a word has; undefined for languages whose words nobody here can divide. */
export function syllablesOf(word: string, language: string): number | undefined {
  if (language === 'en') return Math.max(1, syllable(word));
  if (language === 'es') return Math.max(1, spanishSyllables(word));
  return undefined;
}

/**
 * Spanish is written as it is spoken: each strong vowel (a, e, o, or an accented i or u) makes a syllable, weak ones beside
 * it belong to it, and weak ones alone make one together (Real Academia Española, Ortografía 2010, II.3.2).
 */
function spanishSyllables(word: string): number {
  const sounds = word
    .toLowerCase()
    .normalize('NFC')
    .replace(/y(?![aeiouáéíóú])/g, 'i');
  const groups = sounds.match(/[aeiouáéíóúü]+/g) ?? [];
  return groups.reduce((sum, group) => sum + Math.max(1, group.match(/[aeoáéóíú]/g)?.length ?? 0), 0);
}
