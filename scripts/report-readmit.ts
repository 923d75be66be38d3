// npm run report -- readmit: puts back what an exclusion took out.
import { readmitActions } from '../server/actions/correction-queries.ts';
import { readCompleted } from '../server/actions/totals.ts';
import { readArguments, UsageError } from './command-line.ts';
import { actionsInWords, correctedCampaign, readReason, sumInWords } from './correction-words.ts';
import { type Opened, withCampaign } from './counted-campaign.ts';

/** How an exclusion is taken back. */
export const READMIT_HELP = `npm run report -- readmit SLUG ID --reason "They were real"
  Puts back all that an exclusion took out, by its id: 'npm run report -- corrections SLUG' lists them. Once, and for good;
  what is counted again can be taken out again. Everyone reads the reason on the page of the totals.
`;

/** Takes back the exclusion that the arguments name. */
export async function takeBack(args: string[]): Promise<void> {
  const asked = readAsked(args);
  await withCampaign(asked.slug, async (opened) => void process.stdout.write(await readmit(asked, opened)));
}

/** The same on what is open; gives back what is said of it. UsageError where an argument does not fit. */
export async function takeBackIn(args: string[], opened: Omit<Opened, 'settings'>): Promise<string> {
  return readmit(readAsked(args), opened);
}

function readAsked(args: string[]) {
  const options = { reason: { type: 'string' } } as const;
  const { values, positionals } = readArguments({ args, allowPositionals: true, options });
  const [slug, id] = positionals;
  if (!slug || !id || positionals.length > 2)
    throw new UsageError('Name one campaign, and the id of one exclusion.');
  return { slug, id, reason: readReason(values.reason, 'They were real') };
}

async function readmit(
  { id: readmits, reason }: ReturnType<typeof readAsked>,
  { campaign, store, now, newId }: Omit<Opened, 'settings'>,
): Promise<string> {
  const { slug } = campaign;
  const id = `c-${newId()}`;
  const entry = { id, campaign_slug: slug, made_at: now.toISOString(), reason };
  const back = await readmitActions(store, correctedCampaign(campaign), { ...entry, readmits });
  if (back === 'unknown')
    throw new UsageError(
      `No exclusion of ${slug} has the id '${readmits}'. npm run report -- corrections ${slug} lists those that there are.`,
    );
  if (back === 'readmitted') throw new UsageError(`What ${readmits} took out was put back already.`);
  return `${slug}: ${sumInWords(back)}, were put back as ${id}.
The campaign has ${actionsInWords(await readCompleted(store, campaign, false), 'completed action')} now. On the page of the totals everyone reads the date, the number
and your reason: ${reason}
`;
}
