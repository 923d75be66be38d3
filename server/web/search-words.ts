import type { Translate } from '../words/locale.ts';

/**
 * What was typed to search the list of districts, with the words by which the page's language says what kind of thing is
 * meant put into English, which the search knows: 'konte Duval' → 'county Duval'.
 */
export function searchedFor(t: Translate, typed: string): string {
  const words = t('names.search_words', { defaultValue: '' }) as unknown as Record<string, string> | '';
  if (words === '') return typed;
  return typed.replaceAll(/\p{L}+/gu, (word) => {
    const known = word.toLowerCase();
    return Object.hasOwn(words, known) ? words[known]! : word;
  });
}
