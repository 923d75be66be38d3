import type { NewCampaign, NewTexts, TextsFor, TextsInLanguage } from './new-campaign.ts';
import { creoleTexts } from './new-texts-creole.ts';
import { englishTexts } from './new-texts-english.ts';
import { spanishTexts } from './new-texts-spanish.ts';
import { newYaml } from './new-yaml.ts';

/** Languages with texts of their own. Those that nobody who speaks them has read yet are to be reviewed. */
const WRITTEN: Record<string, { textsFor: (campaign: TextsFor) => NewTexts; needs_review: boolean }> = {
  en: { textsFor: englishTexts, needs_review: false },
  es: { textsFor: spanishTexts, needs_review: false },
  ht: { textsFor: creoleTexts, needs_review: true },
};

/** The first texts in a language; where there are none yet the English ones, which then need review as well. */
export function newTexts(campaign: TextsFor, language: string): TextsInLanguage {
  const written = WRITTEN[language];
  if (!written) return { ...englishTexts(campaign), needs_review: true, is_stand_in: true };
  return { ...written.textsFor(campaign), needs_review: written.needs_review, is_stand_in: false };
}

/** The files of a new campaign, by their paths in its folder. */
export function newFiles(campaign: NewCampaign): Map<string, string> {
  const { languages, message_languages } = campaign;
  const files = new Map([['campaign.yaml', newYaml(campaign, (language) => newTexts(campaign, language))]]);
  for (const language of new Set([...languages, ...message_languages])) {
    const { files: texts, needs_review } = newTexts(campaign, language);
    for (const [name, text] of Object.entries(texts)) {
      const is_for_pages = name.endsWith('.md');
      if (is_for_pages && !languages.includes(language)) continue;
      const mark = is_for_pages ? '<!-- needs review -->\n' : '{{! needs review }}\n';
      files.set(`${language}/${name}`, `${needs_review ? mark : ''}${text}`);
    }
  }
  return files;
}
