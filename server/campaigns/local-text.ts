/** A text of campaign.yaml by language; the first of them stands in for every language that it lacks. */
export type LocalText = Record<string, string>;

/** Words, and the language that they are in: not always the one that was asked for. */
export interface TextInLanguage {
  text: string;
  language: string;
}

/** A text in the language asked for, or in the first that it has. */
export function inLanguage(texts: LocalText, language: string): TextInLanguage {
  const own = texts[language];
  if (own !== undefined) return { text: own, language };
  const [[first, text] = ['', '']] = Object.entries(texts);
  return { text, language: first };
}
