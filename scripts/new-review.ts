// The end of the questions of npm run campaign -- new: all answers, and the way back to any of them.
import { note, select } from '@clack/prompts';
import type { NewCampaign } from '../server/campaigns/new-campaign.ts';
import { chamberName } from '../server/legislators/states.ts';
import type { Given } from './new-flags.ts';
import { given, on, type Terminal } from './new-prompt.ts';

/** A title and a summary in a language, made up from the bills and the ask. */
export type Proposed = (language: string) => { title: string; summary: string };

/** Each thing that can be answered again, as it is called in the list. */
const TOPICS = {
  slug: 'the name in its address',
  state: 'the state',
  bills: 'the bills',
  session: 'the session',
  ask: 'what you ask',
  languages: 'the languages',
  texts: 'the title and the summary',
  goal: 'the goal',
  days: 'the first and the last day',
  partners: 'the partners',
};
/** One of these things. */
export type Topic = keyof typeof TOPICS;
/** All of them. */
export const EVERY_TOPIC = Object.keys(TOPICS) as Topic[];
const ALL_RIGHT = 'right';

const LANGUAGE_NAMES = new Intl.DisplayNames(['en'], { type: 'language' });
/** What a language is called in English: 'Spanish'; its code, where it has no name. */
export const languageName = (language: string): string => LANGUAGE_NAMES.of(language) ?? language;

/** Shows every answer, `proposed` in place of texts that are not said yet. Gives back what is to be answered again; undefined where all is right. */
export async function askWhatToChange(
  terminal: Terminal,
  campaign: NewCampaign,
  proposed: Proposed,
): Promise<Topic | undefined> {
  const { input: _, ...shown } = on(terminal);
  note(linesOf(campaign, proposed).join('\n'), 'Your campaign', { ...shown, format: (text) => text });
  const chosen = given(
    await select({
      message: 'Is this right?',
      options: [
        { value: ALL_RIGHT, label: 'Yes, make the folder' },
        ...EVERY_TOPIC.map((value) => ({ value, label: `Change ${TOPICS[value]}` })),
      ],
      ...on(terminal),
    }),
  );
  return EVERY_TOPIC.find((topic) => topic === chosen);
}

function linesOf(campaign: NewCampaign, proposed: Proposed): string[] {
  const { slug, state, bills, ask, languages, goal, dates, partners } = campaign;
  const said = (key: 'title' | 'summary', what: string) =>
    languages.map((language) => {
      const named = languages.length > 1 ? `${what}, ${languageName(language)}` : what;
      const own = campaign[key][language];
      return own === undefined
        ? `${named}, until you write it: ${proposed(language)[key]}`
        : `${named}: ${own}`;
    });
  return [
    `Address: /campaigns/${slug}`,
    `State: ${state.name}`,
    ...bills.map(
      ({ identifier, session, chamber }) =>
        `Bill: ${identifier}, session ${session}, filed in the ${chamberName(state.state, chamber)}`,
    ),
    `Ask: ${ask}`,
    `Languages: ${languages.map(languageName).join(', ')}`,
    ...said('title', 'Title'),
    ...said('summary', 'Summary'),
    `Goal: ${goal} calls and e-mails`,
    `First day: ${dates.starts ?? 'none'}. Last day: ${dates.ends ?? 'none'}.`,
    `Partners: ${partners.map(({ code, name }) => `${name} (${code})`).join(', ') || 'none'}`,
  ];
}

/** The answers without one of them, and without what was said for it alone. */
export const WITHOUT: Record<Topic, (all: Given) => Given> = {
  slug: ({ slug: _, ...rest }) => rest,
  state: ({ state: _, chamber: __, ...rest }) => ({
    ...rest,
    bills: rest.bills.map((bill) => ({ ...bill, chamber: undefined })),
  }),
  bills: ({ chamber: _, ...rest }) => ({ ...rest, bills: [] }),
  session: ({ session: _, ...rest }) => ({
    ...rest,
    bills: rest.bills.map((bill) => ({ ...bill, session: undefined })),
  }),
  ask: ({ ask: _, ...rest }) => rest,
  languages: ({ languages: _, ...rest }) => rest,
  texts: (all) => ({ ...all, title: {}, summary: {} }),
  goal: ({ goal: _, ...rest }) => rest,
  days: ({ starts: _, ends: __, ...rest }) => rest,
  partners: (all) => ({ ...all, partners: [] }),
};
