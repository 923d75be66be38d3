// The questions of npm run campaign -- new, one after another, for what the flags do not say.
import type { Readable, Writable } from 'node:stream';
import { confirm, isCancel, select, text } from '@clack/prompts';
import type { Partner } from '../server/campaigns/campaign.ts';
import type { NewBill } from '../server/campaigns/new-campaign.ts';
import type { OrgClassification } from '../server/legislators/legislator.ts';
import { chamberName, type StateFacts } from '../server/legislators/states.ts';
import { Cancelled } from './cancelled.ts';
import {
  type Answer,
  readBill,
  readDay,
  readGoal,
  readLanguages,
  readPartner,
  readSession,
  readSlug,
  readState,
  type TypedBill,
} from './new-answers.ts';
import type { KnownSession } from './new-bills.ts';
import { ASKS, type Given } from './new-flags.ts';

/** Where questions are asked and answered: a terminal. `stopped` ends them. */
export interface Terminal {
  input: Readable;
  output: Writable;
  stopped: AbortSignal;
}

interface Question<Value> {
  message: string;
  /** Shown in place of an answer. */
  example?: string;
  /** Stands there to be taken or changed. */
  proposed?: string;
  read: (typed: string) => Answer<Value>;
}

const given = <Value>(answer: Value): Exclude<Value, symbol> => {
  if (isCancel(answer)) throw new Cancelled();
  return answer as Exclude<Value, symbol>;
};

/** A line of text that can be read; it is asked again until it can be. */
async function line<Value>(
  terminal: Terminal,
  { message, example, proposed, read }: Question<Value>,
): Promise<Value> {
  const typed = given(
    await text({
      message,
      ...(example === undefined ? {} : { placeholder: example }),
      ...(proposed === undefined ? {} : { initialValue: proposed }),
      validate: (answer) => {
        const found = read((answer ?? '').trim());
        return 'fault' in found ? found.fault : undefined;
      },
      ...on(terminal),
    }),
  );
  return (read((typed ?? '').trim()) as { value: Value }).value;
}

const on = ({ input, output, stopped }: Terminal) => ({ input, output, signal: stopped });

/** The same, or nothing. */
const optional =
  <Value>(read: (typed: string) => Answer<Value>) =>
  (typed: string): Answer<Value | undefined> =>
    typed === '' ? { value: undefined } : read(typed);

/** What is asked before the bills are looked up. `sessionsOf` gives the sessions of a state, none where they are not known. */
export async function askWhatAndWhere(
  known: Given,
  terminal: Terminal,
  {
    campaigns_dir,
    sessionsOf,
  }: { campaigns_dir: string; sessionsOf: (state: StateFacts) => Promise<KnownSession[]> },
): Promise<Given & Required<Pick<Given, 'slug' | 'state' | 'ask'>>> {
  const slug =
    known.slug ??
    (await line(terminal, {
      message: 'A name for the campaign, in small letters and hyphens. It becomes its web address.',
      example: 'clean-water',
      read: (typed) => readSlug(typed, campaigns_dir),
    }));
  const state =
    known.state ?? (await line(terminal, { message: 'Which state?', example: 'Florida', read: readState }));
  const bills = known.bills.length > 0 ? known.bills : await askBills(terminal);
  const needs_session = bills.some((bill) => bill.session === undefined);
  const session =
    known.session ?? (needs_session ? await askSession(terminal, await sessionsOf(state)) : undefined);
  const ask =
    known.ask ??
    given(
      await select({
        message: 'What do you ask legislators to do?',
        options: ASKS.map((value) => ({ value, label: `${value} it` })),
        ...on(terminal),
      }),
    );
  return { ...known, slug, state, bills, ask, ...(session === undefined ? {} : { session }) };
}

async function askBills(terminal: Terminal): Promise<TypedBill[]> {
  const first = await line(terminal, {
    message: 'Which bill? Write it as the legislature does.',
    example: 'SB 316',
    read: readBill,
  });
  const bills = [first];
  for (;;) {
    const next = await line(terminal, {
      message: 'Another bill, its companion in the other chamber perhaps? Press Enter if there is none.',
      example: 'none',
      read: optional(readBill),
    });
    if (!next) return bills;
    bills.push(next);
  }
}

/** No session has this name. */
const ANOTHER = '';

async function askSession(terminal: Terminal, sessions: KnownSession[]): Promise<string> {
  if (sessions.length > 0) {
    const chosen = given(
      await select({
        message: 'Which session of the legislature?',
        options: [
          ...sessions
            .slice(0, 6)
            .map(({ identifier, name }) => ({ value: identifier, label: `${identifier}: ${name}` })),
          { value: ANOTHER, label: 'another one' },
        ],
        ...on(terminal),
      }),
    );
    if (chosen !== ANOTHER) return chosen;
  }
  return line(terminal, {
    message: 'Which session of the legislature? Write it as OpenStates does.',
    example: '2026',
    read: readSession,
  });
}

/** In which chamber a bill was filed whose name does not tell. */
export async function askChamber(
  terminal: Terminal,
  { state, chambers }: StateFacts,
  identifier: string,
): Promise<OrgClassification> {
  return given(
    await select({
      message: `In which chamber was ${identifier} filed?`,
      options: chambers.map((value) => ({ value, label: chamberName(state, value) })),
      ...on(terminal),
    }),
  );
}

/** Which of the companions the campaign is to ask for too. */
export async function askCompanions(
  terminal: Terminal,
  state: StateFacts,
  companions: readonly NewBill[],
): Promise<NewBill[]> {
  const wanted: NewBill[] = [];
  for (const bill of companions) {
    const message = `${bill.identifier} is its companion in the ${chamberName(state.state, bill.chamber)}. Ask for it too?`;
    if (given(await confirm({ message, ...on(terminal) }))) wanted.push(bill);
  }
  return wanted;
}

const LANGUAGE_NAMES = new Intl.DisplayNames(['en'], { type: 'language' });

/** What is asked once the bills are known. `proposed` gives a title and a summary in a language, as a beginning. */
export async function askTheRest(
  known: Given,
  terminal: Terminal,
  proposed: (language: string) => { title: string; summary: string },
): Promise<Given & Required<Pick<Given, 'languages' | 'goal'>>> {
  const languages =
    known.languages ??
    (await line(terminal, {
      message: 'Languages of your page, the main one first: en English, es Spanish, ht Haitian Creole …',
      proposed: 'en',
      read: readLanguages,
    }));
  const texts = { title: { ...known.title }, summary: { ...known.summary } };
  for (const [index, language] of languages.entries()) {
    const named = languages.length > 1 ? `, in ${LANGUAGE_NAMES.of(language) ?? language}` : '';
    for (const [key, message] of [
      ['title', `The title of the campaign${named}`],
      ['summary', `What you ask, and why, in a sentence or two${named}`],
    ] as const) {
      if (texts[key][language] !== undefined) continue;
      const later = index > 0 ? ' (empty: write it later)' : '';
      const typed = await line(terminal, {
        message: `${message}${later}`,
        proposed: index > 0 ? '' : proposed(language)[key],
        read: (answer): Answer<string> =>
          answer === '' && index === 0
            ? { fault: 'Write a few words. You can change them later.' }
            : { value: answer },
      });
      // Why is not said yet in a summary that stands as it was proposed.
      const is_said = typed !== '' && (key === 'title' || typed !== proposed(language)[key]);
      if (is_said) texts[key][language] = typed;
    }
  }
  const goal =
    known.goal ??
    (await line(terminal, {
      message: 'How many calls and e-mails do you hope for?',
      proposed: '500',
      read: readGoal,
    }));
  const starts =
    known.starts ??
    (await line(terminal, {
      message: 'The first day of the campaign. Press Enter for none.',
      example: 'YYYY-MM-DD',
      read: optional(readDay),
    }));
  const ends =
    known.ends ??
    (await line(terminal, {
      message: 'The last day of the campaign. Press Enter for none.',
      example: 'YYYY-MM-DD',
      read: optional((typed) => readDay(typed, starts)),
    }));
  const partners = known.partners.length > 0 ? known.partners : await askPartners(terminal);
  return {
    ...known,
    ...texts,
    languages,
    goal,
    partners,
    ...(starts === undefined ? {} : { starts }),
    ...(ends === undefined ? {} : { ends }),
  };
}

async function askPartners(terminal: Terminal): Promise<Partner[]> {
  const partners: Partner[] = [];
  for (;;) {
    const next = await line(terminal, {
      message: `${partners.length === 0 ? 'A partner' : 'Another partner'} of your coalition, as code=name. Press Enter if there is none.`,
      example: 'neighbors=Neighbors United',
      read: optional((typed) => {
        const found = readPartner(typed);
        const is_twin = 'value' in found && partners.some(({ code }) => code === found.value.code);
        return is_twin
          ? { fault: `There is a partner '${found.value.code}' already. Use another code.` }
          : found;
      }),
    });
    if (!next) return partners;
    partners.push(next);
  }
}
