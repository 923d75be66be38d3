import { existsSync, readFileSync } from 'node:fs';
import { dayInWords } from '../../server/calendar.ts';
import type { MessageWords } from '../../server/campaigns/messages.ts';

/** What a language calls the things of Florida, from its locale file; English where there is none. */
export function floridaWords(language: string): MessageWords {
  const { message } = localeOf(language);
  const { names } = localeOf(language) as { names?: Record<string, Record<string, string>> };
  const called = (group: string, name: string) => names?.[group]?.[name] ?? name;
  return {
    supporter: message.placeholders,
    state_name: 'Florida',
    chamberName: (chamber) => called('chambers', chamber === 'upper' ? 'Senate' : 'House'),
    titleOf: ({ current_role }) => called('titles', current_role.title),
    positionLabel: (position, is_current) =>
      (is_current && message.position_now[position]) || message.position[position],
    the_bill: message.the_bill,
    dayInWords: (iso) => dayInWords(iso, language),
  };
}

/** A locale file as it stands. */
export function localeOf(language: string) {
  const known = existsSync(`views/locales/${language}.json`) ? language : 'en';
  return JSON.parse(readFileSync(`views/locales/${known}.json`, 'utf8'));
}
