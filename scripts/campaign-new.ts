// npm run campaign -- new SLUG: a new campaign's folder, from a bill number and a few answers.
import { join } from 'node:path';
import { chamberFiledIn } from '../server/bills/filed-in.ts';
import type { NewBill, NewCampaign } from '../server/campaigns/new-campaign.ts';
import { newFiles, newTexts } from '../server/campaigns/new-files.ts';
import { TO_WRITE } from '../server/campaigns/places-to-write.ts';
import { putCampaign } from '../server/campaigns/put-campaign.ts';
import { readCampaign } from '../server/campaigns/read-campaigns.ts';
import { formatFault } from '../server/errors.ts';
import { createOpenStates, type OpenStates } from '../server/legislators/openstates-client.ts';
import { createRequestBudget } from '../server/legislators/request-budget.ts';
import type { StateFacts } from '../server/legislators/states.ts';
import type { Settings } from '../server/settings.ts';
import { displayPath } from '../server/yaml/read-text.ts';
import { Cancelled } from './cancelled.ts';
import { UsageError } from './command-line.ts';
import { isNamedTwice, type KnownBill, lookUpBills, newestSessions } from './new-bills.ts';
import { type Given, type NewFlags, readFlags, whatIsMissing } from './new-flags.ts';
import { askChamber, askCompanions, askTheRest, askWhatAndWhere, type Terminal } from './new-questions.ts';

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
 * Makes the folder of a campaign from flags and, at a terminal, from answers to questions; asks nothing where all that is
 * needed is said. Throws UsageError with a sentence for all that is wrong or missing, OperationalError where the folder is
 * there or can't be written, and Cancelled where the organizer stops: in each case nothing is written.
 */
export async function newCampaign(slug: string | undefined, flags: NewFlags, parts: NewParts): Promise<void> {
  const { campaigns_dir, print, say } = parts;
  const campaign = await planOf(slug, flags, parts);
  if (parts.stopped.aborted) throw new Cancelled();
  const files = newFiles(campaign);
  putCampaign(campaigns_dir, campaign.slug, files);
  for (const fault of (await readCampaign(campaigns_dir, campaign.slug)).faults) say(formatFault(fault));
  print(nextSteps(campaign, files, campaigns_dir));
}

async function planOf(slug: string | undefined, flags: NewFlags, parts: NewParts): Promise<NewCampaign> {
  const { campaigns_dir, stopped } = parts;
  const { given, wrong } = readFlags(slug, flags, campaigns_dir);
  if (wrong.length > 0) throw new UsageError(wrong.join('\n'));
  const missing = whatIsMissing(given);
  const terminal = parts.terminal && { ...parts.terminal, stopped };
  if (missing.length > 0 && !terminal) throw new UsageError(missing.join('\n'));
  const asking = missing.length > 0 ? terminal : undefined;

  const sessionsOf = ({ state }: StateFacts) => newestSessions({ ...parts, state });
  const first = asking ? await askWhatAndWhere(given, asking, { campaigns_dir, sessionsOf }) : given;
  const { state, ask } = first as Required<Given>;
  const { bills, companions } = await billsOf(first as Given & { state: StateFacts }, parts, {
    terminal,
    asking,
  });

  const texts = (language: string) => newTexts({ state, ask, bills }, language);
  const all = asking ? await askTheRest(first, asking, texts) : first;
  const { languages = ['en'], goal = DEFAULT_GOAL, starts, ends } = all;
  return {
    slug: all.slug!,
    state,
    bills,
    companions,
    ask,
    title: all.title,
    summary: all.summary,
    languages,
    message_languages: all.message_languages ?? inOffices(state, languages),
    goal,
    dates: { ...(starts === undefined ? {} : { starts }), ...(ends === undefined ? {} : { ends }) },
    partners: all.partners,
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
): Promise<{ bills: NewBill[]; companions: NewBill[] }> {
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

/** The end of it: which files to open, how to check them, how to see the campaign. */
function nextSteps(
  { slug, languages }: NewCampaign,
  files: ReadonlyMap<string, string>,
  campaigns_dir: string,
): string {
  const pathOf = (name: string) => displayPath(join(campaigns_dir, slug, name));
  const having = (mark: string) => [...files].filter(([, text]) => text.includes(mark)).map(([name]) => name);
  const to_write = having(TO_WRITE);
  const to_review = [
    ...new Set(
      having('needs review')
        .filter((name) => name.includes('/'))
        .map((name) => name.split('/')[0]!),
    ),
  ];
  const review =
    to_review.length === 0
      ? ''
      : `   Let someone who speaks the language read all in ${to_review.map((name) => pathOf(name)).join(' and ')}, and take 'needs review' out.\n`;
  const others = languages.length > 1 ? ' in each language' : '';
  return `
${pathOf('')} is made. It is a draft: nobody is asked anything yet.

1. Open these files with a text editor. Write${others} what '${TO_WRITE}' asks for, and take the note out:
${to_write.map((name) => `   ${pathOf(name)}\n`).join('')}${review}2. Ask what is wrong with it, and what is still to be written:
   npm run campaign -- check ${slug}
3. See it before anyone else does. When all is ready, write 'status: live' in its campaign.yaml:
   npm run campaign -- preview ${slug}
`;
}

/** What --help says of it. */
export const NEW_HELP = `npm run campaign -- new [SLUG]
  Makes the folder of a new campaign: campaigns/SLUG, with every key explained and texts that are ready to be changed. Asks
  for what you do not say; without a terminal, or where state, bill, session and ask are said, it asks nothing.
    --state fl                 two letters or the name
    --bill "SB 316"            again for each further one; "SB 316@2026" where sessions differ
    --session 2026             as OpenStates writes it
    --chamber upper            upper, lower or legislature, where a bill's name does not tell; or "LD 5@2026@lower"
    --ask support              or oppose
    --title "Clean water"      again with es="Agua limpia" for another language; so with --summary
    --languages en,es          of the page; --message-languages of what is said to offices
    --goal 500                 calls and e-mails hoped for
    --starts 2026-11-01        and --ends: the first and the last day
    --partner jira="Jacksonville Immigrant Rights Alliance"      again for each further one
  With your key (OPENSTATES_API_KEY) it looks the bills up and says what it found. It never overwrites a folder.
`;

/** The command `new`: asks at the terminal where there is one. Ctrl+C stops it, with nothing written and exit code 130. */
export async function newAtTheTerminal(
  slug: string | undefined,
  flags: NewFlags,
  settings: Settings,
): Promise<void> {
  const { stdin: input, stdout: output, stderr } = process;
  const now = () => new Date();
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal);
  try {
    await newCampaign(slug, flags, {
      campaigns_dir: settings.campaigns_dir,
      client: clientBy(settings, now),
      now,
      stopped: stop.signal,
      terminal: input.isTTY && output.isTTY ? { input, output } : undefined,
      say: (line) => void stderr.write(`${line}\n`),
      print: (text) => void output.write(text),
    });
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    stderr.write('Stopped. Nothing was written.\n');
    process.exitCode = 130;
  } finally {
    process.off('SIGINT', onSignal);
  }
}

function clientBy(settings: Settings, now: () => Date): OpenStates | undefined {
  const { data_dir, openstates_url: url, openstates_api_key: key } = settings;
  if (!key) return undefined;
  const budget = createRequestBudget({
    file: join(data_dir, 'openstates-requests.json'),
    per_minute: settings.openstates_per_minute,
    per_day: settings.openstates_per_day,
    now,
  });
  return createOpenStates({ url, key, budget, now });
}
