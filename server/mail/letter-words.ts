import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { dayInWords } from '../calendar.ts';
import type { MessageWords } from '../campaigns/messages.ts';
import type { StandInWords } from '../campaigns/wording-examples.ts';
import { chamberName, stateFacts } from '../legislators/states.ts';

const words = z.record(z.string(), z.string());

/** What of a locale file goes into letters; of names it has those that are not as in English. */
const letterStrings = z.object({
  message: z.object({
    placeholders: z.object({ name: z.string(), street: z.string(), city: z.string(), zip: z.string() }),
    position: words,
    position_now: words,
    the_bill: z.string(),
  }),
  preview: z.object({
    stand_in: z.object({
      name: z.string(),
      given_name: z.string(),
      family_name: z.string(),
      party: z.string(),
      district: z.string(),
      committee: z.string(),
      reason: z.string(),
    }),
  }),
  names: z.object({ states: words, chambers: words, titles: words }).partial().default({}),
});

/** The words of one language for letters: what they call things, and what stands for what is not known. */
export interface LetterWords {
  words: MessageWords;
  stand_ins: Omit<StandInWords, 'title'>;
}

/** Reads the words of a language for letters about a state, in English where the folder has no file of the language. */
export function readLetterWords(locales_dir: string, language: string, state: string): LetterWords {
  const { message, preview, names } = readStrings(locales_dir, language);
  const { placeholders, position, position_now, the_bill } = message;
  return {
    words: {
      supporter: placeholders,
      state_name: names.states?.[state] ?? stateFacts(state).name,
      chamberName: (chamber) => {
        const name = chamberName(state, chamber);
        return names.chambers?.[name] ?? name;
      },
      titleOf: ({ current_role: { title } }) => names.titles?.[title] ?? title,
      positionLabel: (name, is_current) => (is_current && position_now[name]) || position[name] || name,
      the_bill,
      dayInWords: (iso) => dayInWords(iso, language),
    },
    stand_ins: preview.stand_in,
  };
}

function readStrings(locales_dir: string, language: string) {
  for (const one of [language, 'en']) {
    const text = readIfThere(join(locales_dir, `${one}.json`));
    if (text !== undefined) return letterStrings.parse(JSON.parse(text));
  }
  throw new Error(`no en.json in ${locales_dir}`);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
