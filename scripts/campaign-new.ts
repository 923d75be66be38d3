// npm run campaign -- new SLUG: a new campaign's folder, from a bill number and a few answers.
import { join } from 'node:path';
import type { NewCampaign } from '../server/campaigns/new-campaign.ts';
import { newFiles } from '../server/campaigns/new-files.ts';
import { TO_WRITE } from '../server/campaigns/places-to-write.ts';
import { putCampaign } from '../server/campaigns/put-campaign.ts';
import { readCampaign } from '../server/campaigns/read-campaigns.ts';
import { formatFault } from '../server/errors.ts';
import { createOpenStates, type OpenStates } from '../server/legislators/openstates-client.ts';
import { createRequestBudget } from '../server/legislators/request-budget.ts';
import type { Settings } from '../server/settings.ts';
import { displayPath } from '../server/yaml/read-text.ts';
import { FOR_OTHERS } from './campaign-preview.ts';
import { Cancelled } from './cancelled.ts';
import type { NewFlags } from './new-flags.ts';
import { type NewParts, planOf } from './new-plan.ts';

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
3. See it before anyone else does:
   npm run campaign -- preview ${slug}
4. When all is ready, write 'status: live' in its campaign.yaml. On your own computer only you can see it.
   ${FOR_OTHERS}

The number of the bill stands in campaign.yaml, page.md and flyer.md. The messages take it from campaign.yaml.
`;
}

/** What --help says of it. */
export const NEW_HELP = `npm run campaign -- new [SLUG]
  Makes the folder of a new campaign: campaigns/SLUG, with every key explained and texts that are ready to be changed. Asks
  for what you do not say; without a terminal, or where state, bill, session and ask are said, it asks nothing.
    --state fl                 two letters or the name
    --bill "SB 316"            again for each further one, or with commas; "SB 316@2026" where sessions differ
    --session 2026             the year, or two: 2027-2028
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
