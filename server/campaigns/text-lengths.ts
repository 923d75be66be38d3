/** How many words are said in a minute on the phone: half a minute is about 75 words. */
const WORDS_A_MINUTE = 150;

/** How long a text is. */
export interface TextLengths {
  words: number;
  /** Everything that is typed, spaces too. */
  letters: number;
  /** How long it takes to say aloud, in whole seconds. */
  seconds: number;
}

/** Counts a text. What stands in brackets counts as it stands. */
export function lengthsOf(text: string): TextLengths {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.@-]*/gu)?.length ?? 0;
  return { words, letters: [...text].length, seconds: Math.ceil((words * 60) / WORDS_A_MINUTE) };
}
