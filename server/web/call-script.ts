import type { Message } from '../campaigns/campaign.ts';

/** Words to be said aloud, in paragraphs, with what they mean beside them for whoever reads another language. */
export interface Script {
  language: string;
  /** Each paragraph, with its translation where both texts have as many. */
  parts: { text: string; translation?: string }[];
  /** The whole translation, where the paragraphs can't be paired. */
  translated: string[];
  /** '' where there is no translation. */
  translation_language: string;
}

/** A message as it is shown to be said. */
export function scriptOf({ language, text, translation }: Message): Script {
  const spoken = paragraphs(text);
  const translated = translation ? paragraphs(translation.text) : [];
  const are_paired = translated.length === spoken.length;
  return {
    language,
    parts: spoken.map((part, index) =>
      are_paired ? { text: part, translation: translated[index]! } : { text: part },
    ),
    translated: are_paired ? [] : translated,
    translation_language: translation?.language ?? '',
  };
}

function paragraphs(text: string): string[] {
  return text.split(/\n\s*\n/);
}
