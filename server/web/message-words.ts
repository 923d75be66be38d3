import type { MessageWords } from '../campaigns/messages.ts';
import type { Translate } from '../words/locale.ts';
import { messageWords } from '../words/message-words.ts';
import { languageIn } from '../words/names.ts';
import type { CampaignPage } from './page.ts';

/** The strings that go into a message: in its own language, whatever the page's. */
export function stringsOf(page: CampaignPage, language: string): Translate {
  return page.site.locales.translate(language);
}

/** What a message's language calls that of which it speaks. */
export function wordsOf(page: CampaignPage, language: string): MessageWords {
  return messageWords(stringsOf(page, language), page.campaign.state);
}

/** The language of the messages: the one that the supporter chose, or the one that the offices speak. */
export function messageLanguageOf({ campaign, visit }: CampaignPage): string {
  return visit.message_language || campaign.message_languages[0]!;
}

/** A line to ask an office whether someone there speaks the supporter's language; undefined where it is the office's own. */
export function askFirst(
  page: CampaignPage,
): { language: string; text: string; meaning: string } | undefined {
  const { page_language } = page.visit;
  const office_language = page.campaign.message_languages[0]!;
  if (page_language === office_language) return undefined;
  const ask = (language: string) => {
    const t = stringsOf(page, language);
    return t('message.ask_language', { language: languageIn(t, page_language) });
  };
  return { language: office_language, text: ask(office_language), meaning: ask(page_language) };
}
