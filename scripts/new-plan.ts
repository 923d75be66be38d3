// What a new campaign is to be: from flags, from what OpenStates knows, and from answers.
import { chamberFiledIn } from '../server/bills/filed-in.ts';
import { calendarDay } from '../server/calendar.ts';
import type { NewBill, NewCampaign } from '../server/campaigns/new-campaign.ts';
import { newTexts } from '../server/campaigns/new-files.ts';
import type { OpenStates } from '../server/legislators/openstates-client.ts';
import type { StateFacts } from '../server/legislators/states.ts';
import { UsageError } from './command-line.ts';
import { isNamedTwice, type KnownBill, lookUpBills, newestSessions } from './new-bills.ts';
import { type Given, type NewFlags, readFlags, whatIsMissing } from './new-flags.ts';
import type { Terminal } from './new-prompt.ts';
import { askChamber, askCompanions, askWhatAndWhere } from './new-questions.ts';
import { askTheRest } from './new-rest.ts';
import { askWhatToChange, EVERY_TOPIC, type Topic, WITHOUT } from './new-review.ts';

/** What a campaign is made with. */
export interface NewParts {
  campaigns_dir: string;
  /** Undefined without a key: then nothing is looked up. */
  client: OpenStates | undefined;
  now: () => Date;
  stopped: AbortSignal;
  /** Undefined where nobody is there to be asked. */
  terminal: Omit<Terminal, 'stopped'> | undefined;
  /** Tells the organizer a line on the way. */
  say: (line: string) => void;
  /** Tells what to do next, at the end. */
  print: (text: string) => void;
}

const DEFAULT_GOAL = 500;

/**
 * The campaign that flags and, at a terminal, answers describe; nothing is asked where all that is needed is said. Throws
 * UsageError with a sentence for all that is wrong or missing, and Cancelled where the organizer stops.
 */
export async function planOf(
  slug: string | undefined,
  flags: NewFlags,
  parts: NewParts,
): Promise<NewCampaign> {
  const { given, wrong } = readFlags(slug, flags, parts);
  if (wrong.length > 0) throw new UsageError(wrong.join('\n'));
  const missing = whatIsMissing(given);
  const terminal = parts.terminal && { ...parts.terminal, stopped: parts.stopped };
  if (missing.length === 0) {
    const complete = given as Required<Given>;
    return campaignOf(complete, await billsOf(complete, parts, { terminal, asking: undefined }));
  }
  if (!terminal) throw new UsageError(missing.join('\n'));
  return askedPlan(given, terminal, parts);
}

/** The bills of a campaign, and the companions that it leaves out. */
interface PlannedBills {
  bills: NewBill[];
  companions: NewBill[];
}

/** Asks until all answers together are right. */
async function askedPlan(flags: Given, terminal: Terminal, parts: NewParts): Promise<NewCampaign> {
  const settled = new Set<Topic>();
  let known = flags;
  let was: Given | undefined;
  let found: PlannedBills | undefined;
  for (;;) {
    const sessionsOf = ({ state }: StateFacts) => newestSessions({ ...parts, state });
    const first = await askWhatAndWhere(known, terminal, { ...parts, sessionsOf });
    const { state, ask } = first;
    try {
      found ??= await billsOf(first, parts, { terminal, asking: terminal });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      parts.say(error.message);
      known = WITHOUT.bills(first);
      continue;
    }
    const { bills } = found;
    const proposed = (language: string) => newTexts({ state, ask, bills }, language);
    const today = calendarDay(parts.now(), state.time_zone);
    const all = await askTheRest(first, terminal, { proposed, today, settled, was });
    const campaign = campaignOf(all, found);
    const topic = await askWhatToChange(terminal, campaign, proposed);
    if (!topic) return campaign;
    for (const one of EVERY_TOPIC) settled.add(one);
    settled.delete(topic);
    if (topic === 'languages') settled.delete('texts');
    was = all;
    known = WITHOUT[topic](all);
    if (['state', 'bills', 'session'].includes(topic)) found = undefined;
    // A title that stands as it was made up from the bills and the ask goes with them.
    const is_made_up = Object.entries(all.title).some(
      ([language, text]) => text === proposed(language).title,
    );
    if (['bills', 'ask'].includes(topic) && is_made_up) {
      settled.delete('texts');
      known = WITHOUT.texts(known);
      was = WITHOUT.texts(all);
    }
  }
}

function campaignOf(
  { slug, state, ask, title, summary, partners, starts, ends, ...all }: Given,
  { bills, companions }: PlannedBills,
): NewCampaign {
  const { languages = ['en'], goal = DEFAULT_GOAL } = all;
  return {
    slug: slug!,
    state: state!,
    bills,
    companions,
    ask: ask!,
    title,
    summary,
    languages,
    message_languages: all.message_languages ?? inOffices(state!, languages),
    goal,
    dates: { ...(starts === undefined ? {} : { starts }), ...(ends === undefined ? {} : { ends }) },
    partners,
  };
}

/** The languages of messages: that of the offices before those of the page. */
function inOffices({ state }: StateFacts, languages: string[]): string[] {
  return [...new Set([state === 'pr' ? 'es' : 'en', ...languages])];
}

async function billsOf(
  given: Given & { state: StateFacts },
  parts: NewParts,
  { terminal, asking }: { terminal: Terminal | undefined; asking: Terminal | undefined },
): Promise<PlannedBills> {
  const { state } = given;
  const typed = given.bills.map(({ identifier, session, chamber }): KnownBill => {
    const filed_in = chamber ?? chamberFiledIn(state.state, identifier) ?? given.chamber;
    return { identifier, session: (session ?? given.session)!, chamber: filed_in };
  });
  const twin = isNamedTwice(typed);
  if (twin !== undefined) throw new UsageError(`The bill ${twin} is named twice. Name each once.`);
  const strange = typed.find(({ chamber }) => chamber && !state.chambers.includes(chamber));
  if (strange)
    throw new UsageError(
      `${state.name} has no chamber '${strange.chamber}', which is said of ${strange.identifier}. It has: ${state.chambers.join(', ')}.`,
    );
  const found = await lookUpBills(typed, { ...parts, state: state.state });
  const bills: NewBill[] = [];
  for (const { chamber, ...bill } of found.bills) {
    if (!chamber && !terminal)
      throw new UsageError(
        `The name of ${bill.identifier} does not tell in which chamber it was filed. Say it: --bill "${bill.identifier}@${bill.session}@${state.chambers[0]}", or @${state.chambers.at(-1)} at its end.`,
      );
    bills.push({ ...bill, chamber: chamber ?? (await askChamber(terminal!, state, bill.identifier)) });
  }
  const wanted = asking ? await askCompanions(asking, state, found.companions) : [];
  const left = found.companions.filter((bill) => !wanted.includes(bill));
  if (!asking)
    for (const { identifier } of left)
      parts.say(
        `${identifier}, a companion, stands in campaign.yaml as a note: take the signs before it away to ask for it too.`,
      );
  return { bills: [...bills, ...wanted], companions: left };
}
