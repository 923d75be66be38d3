import { messagesFor } from '../campaigns/messages.ts';
import { pickFrom } from '../campaigns/variants.ts';
import type { Letter } from '../mail/letter.ts';
import { languageIn } from '../words/names.ts';
import { wordsOf } from './message-words.ts';
import { targetsOf } from './onward.ts';
import type { Page } from './page.ts';

/** What helps to read a letter that is in the language of the offices, and not in the reader's. */
export interface LetterTranslation {
  /** That it is so, and why. */
  why: string;
  /** The campaign's own text in the language of the page, without what the supporter wrote; undefined where it has none. */
  text: { title: string; subject: string; text: string } | undefined;
}

/** What is said beside such a letter; undefined of any other. */
export function letterTranslation(page: Page, letter: Letter): LetterTranslation | undefined {
  const { campaign, t, visit } = page;
  const { message_language: language, legislator_id, division_id, variant } = letter;
  const { page_language } = visit;
  if (!campaign || language === page_language || language !== campaign.message_languages[0]) return undefined;
  const opened = { ...page, campaign };
  const is_drawn = page.place?.roster.representation(division_id) !== undefined;
  const target = is_drawn
    ? targetsOf(opened, { divisions: [division_id], done: [] }).find(
        ({ legislator }) => legislator.id === legislator_id,
      )
    : undefined;
  const translation =
    target &&
    messagesFor(campaign, {
      target,
      language,
      page_language,
      wordsIn: (named) => wordsOf(opened, named),
      pickVariant: pickFrom([variant]),
    }).email.translation;
  const title = t('letter_link.translation', { language: languageIn(t, page_language) });
  return {
    why: t('letter_link.foreign', { language: languageIn(t, language) }),
    text: translation && { title, subject: translation.subject, text: translation.text },
  };
}
