// npm run campaign -- preview: links by which a campaign is seen before it is public.
import { randomBytes } from 'node:crypto';
import { dayInWords } from '../server/calendar.ts';
import { createPreviewTokens, PREVIEW_DAYS } from '../server/campaigns/preview-token.ts';
import { readCampaign, slugsIn } from '../server/campaigns/read-campaigns.ts';
import { checkDataDir, keptSecret, type Settings } from '../server/settings.ts';
import { UsageError } from './command-line.ts';

/** Longest time that a link may be good, in days: whoever has one sees drafts. */
const MOST_DAYS = 366;
/** How long an app has to answer whether it takes a link. */
const ANSWER_WITHIN_MS = 5000;

/** What is asked for: all as typed, undefined where it was not. */
export interface PreviewWanted {
  days: string | undefined;
  lang: string | undefined;
  now: Date;
}

/** The links of a preview: the campaign's page, and the page of all its texts. */
export interface PreviewLinks {
  page: string;
  texts: string;
  token: string;
}

/** Prints the links alone on standard output; on standard error what they are, and whether an app answers there. */
export async function printPreview(
  slug: string,
  { days: typed_days = String(PREVIEW_DAYS), lang, now }: PreviewWanted,
  settings: Settings,
): Promise<void> {
  const slugs = await slugsIn(settings.campaigns_dir);
  if (!slugs.includes(slug))
    throw new UsageError(`There is no campaign '${slug}'. There are: ${slugs.join(', ') || 'none'}.`);
  const days = /^\d{1,3}$/.test(typed_days) ? Number(typed_days) : 0;
  if (days < 1 || days > MOST_DAYS) throw new UsageError(`--days is a number from 1 to ${MOST_DAYS}.`);
  const { campaign, faults } = await readCampaign(settings.campaigns_dir, slug);
  // Of a campaign with a fault its languages are not known.
  if (lang !== undefined && campaign && !campaign.languages.includes(lang))
    throw new UsageError(`--lang is one of the campaign's languages: ${campaign.languages.join(', ')}.`);
  const base = baseOf(settings);
  const links = previewLinks(slug, { base, secrets: secretsOf(settings), now, days, lang });
  process.stdout.write(`${links.page}\n${links.texts}\n`);
  const until = dayInWords(new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10), 'en');
  const told = [
    `The first link shows the campaign as supporters will see it, the second every text of it beside its file. Nothing that is done by way of them is counted. ${whoCanOpen(base, until)}`,
    ...(faults.length > 0
      ? [
          `Its files have ${faults.length === 1 ? 'a fault' : `${faults.length} faults`} now: the second link shows each in its place.`,
        ]
      : []),
    ...(await whoAnswers(base, slug, links.token)),
  ];
  process.stderr.write(`${told.join('\n')}\n`);
}

/** The links for one campaign. `secrets` as the running app has them: else it takes no link. */
export function previewLinks(
  slug: string,
  options: { base: string; secrets: string[]; now: Date; days?: number; lang?: string | undefined },
): PreviewLinks {
  const { base, secrets, now, days = PREVIEW_DAYS, lang } = options;
  const token = createPreviewTokens({ secrets }).issue(slug, { now, days });
  const query = `?${lang === undefined ? '' : `lang=${lang}&`}preview=${token}`;
  const page = `${base}/campaigns/${slug}`;
  return { page: `${page}${query}`, texts: `${page}/preview${query}`, token };
}

/** What the app signs with: what the settings say, or else the key kept in DATA_DIR, made if need be. */
export function secretsOf({ secrets, data_dir }: Settings): string[] {
  if (secrets.length > 0) return secrets;
  checkDataDir(data_dir);
  return [keptSecret(data_dir, () => randomBytes(32).toString('base64url'))];
}

/** What a campaign needs that others than its organizer are to see. */
export const FOR_OTHERS =
  'For others the campaign needs a server and an address of its own: README, Deploy (about an hour for someone who has used a server before, a few dollars a month).';

/** Hosts that lead whoever types them to their own machine. */
const THIS_MACHINE = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])$/;

/** Whether an address leads whoever types it to their own machine. */
export function isOwnMachine(base: string): boolean {
  return THIS_MACHINE.test(new URL(base).hostname);
}

/** Who can open links at this address until that day, in a sentence: others than the organizer only where it is no machine's own. */
export function whoCanOpen(base: string, until: string): string {
  return isOwnMachine(base)
    ? `They open on this computer alone, until ${until}. ${FOR_OTHERS}`
    : `Whoever has them can see the campaign until ${until}.`;
}

/** Where the app runs: its public address where that is known, else that on this machine; no slash at the end. */
export function baseOf({ base_url, port }: Pick<Settings, 'base_url' | 'port'>): string {
  return base_url ?? `http://localhost:${port}`;
}

/** What to do where no app at that address takes the link; nothing where one does. */
async function whoAnswers(base: string, slug: string, token: string): Promise<string[]> {
  const address = `${base}/campaigns/${slug}/preview/version?preview=${token}`;
  const status = await fetch(address, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).then(
    (response) => response.status,
    () => undefined,
  );
  if (status === 200) return [];
  if (status === undefined)
    return [
      `No app answers at ${base} now. To see the pages, start it in another terminal: npm run dev. Where it runs at another PORT, say so here too: PORT=3001 npm run campaign -- preview ${slug}`,
    ];
  return [
    `What answers at ${base} does not take this link (${status}). Is it Statehouse, with the same SECRET_KEY, DATA_DIR and CAMPAIGNS_DIR as here? A folder that is new is taken in within seconds. Where it runs at another PORT, say so here too: PORT=3001 npm run campaign -- preview ${slug}`,
  ];
}
