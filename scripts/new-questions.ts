// What npm run campaign -- new asks before it looks the bills up, for what the flags do not say.
import { confirm, select } from '@clack/prompts';
import type { NewBill } from '../server/campaigns/new-campaign.ts';
import type { OrgClassification } from '../server/legislators/legislator.ts';
import { chamberName, type StateFacts } from '../server/legislators/states.ts';
import { readBills, readSession, readSlug, readState, type TypedBill } from './new-answers.ts';
import type { KnownSession } from './new-bills.ts';
import { ASKS, type Given } from './new-flags.ts';
import { given, line, on, optional, type Terminal } from './new-prompt.ts';

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
  const bills = await line(terminal, {
    message: 'Which bill? Write it as the legislature does.',
    example: 'SB 316',
    read: readBills,
  });
  for (;;) {
    const next = await line(terminal, {
      message: 'Another bill, its companion in the other chamber perhaps? Press Enter if there is none.',
      read: optional(readBills),
    });
    if (!next) return bills;
    bills.push(...next);
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
    message:
      'Which session of the legislature? Usually the year, 2027, or two, 2027-2028. If you are not sure, write the year: npm run campaign -- sync will tell once you have a key.',
    example: '2027',
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
