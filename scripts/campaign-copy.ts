// npm run campaign -- copy OLD NEW: a campaign's folder under a new name.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { onOneLine } from '../server/backup/kept-files.ts';
import { asCopy, filesToCopy } from '../server/campaigns/copy-campaign.ts';
import { putCampaign, slugFault } from '../server/campaigns/put-campaign.ts';
import { OperationalError } from '../server/errors.ts';
import { displayPath } from '../server/yaml/read-text.ts';
import { UsageError } from './command-line.ts';

/** What --help says of it. */
export const COPY_HELP = `npm run campaign -- copy OLD NEW
  Copies the folder of a campaign under a new name, as a draft. What two campaigns can't share (dates, former_slugs,
  short_link, successor, closing) becomes a note in the copy. It never overwrites a folder.
`;

/**
 * Copies a campaign's folder, and says what to change next. Throws UsageError where a name is wrong, OperationalError where the
 * new folder is there or one of the two can't be read or written; then nothing is written.
 */
export function copyCampaign(
  old: string,
  slug: string,
  { campaigns_dir, print }: { campaigns_dir: string; print: (text: string) => void },
): void {
  const fault = slugFault(slug);
  if (fault !== undefined) throw new UsageError(fault);
  const from = join(campaigns_dir, old);
  if (slugFault(old) !== undefined || !existsSync(from))
    throw new UsageError(`There is no campaign '${old}' in ${displayPath(campaigns_dir)}.`);
  const { files, passed_over } = filesToCopy(from);
  const copied = asCopy(String(files.get('campaign.yaml') ?? ''));
  if (!copied)
    throw new OperationalError(
      'campaign_faulty',
      `${displayPath(join(from, 'campaign.yaml'))} can't be read. Nothing was written. Mend it first: npm run campaign -- check ${old}`,
    );
  putCampaign(campaigns_dir, slug, new Map([...files, ['campaign.yaml', Buffer.from(copied.text)]]));
  const names = passed_over.map((name) => onOneLine(displayPath(join(from, name)))).join(', ');
  if (passed_over.length > 0) print(`Not copied, since no file is there: ${names}.\n`);
  print(nextSteps(old, slug, copied.reset, campaigns_dir));
}

function nextSteps(old: string, slug: string, reset: string[], campaigns_dir: string): string {
  const path = displayPath(join(campaigns_dir, slug));
  const made_notes = reset.length === 0 ? '' : `Made a note in its campaign.yaml: ${reset.join(', ')}.\n`;
  return `${path} is made, with the files of ${old}. It is a draft: nobody is asked anything yet.
${made_notes}
1. Change in ${path}/campaign.yaml what is of ${old}: title, summary, bills with their sessions, positions, partners and
   next_steps. Then the texts, above all page.md: its facts and its days are those of ${old}.
2. Ask what is wrong with it: npm run campaign -- check ${slug}
3. See it before anyone else does. When all is ready, write 'status: live' in its campaign.yaml:
   npm run campaign -- preview ${slug}
`;
}
