// npm run backup -- restore: what it does with an archive that is whole, and what it says of it.
import { join } from 'node:path';
import { backupName, backupsFolder } from '../server/backup/backup-names.ts';
import { onOneLine } from '../server/backup/kept-files.ts';
import {
  type CampaignsPutBack,
  campaignsAtHand,
  putBackCampaigns,
} from '../server/backup/put-back-campaigns.ts';
import { type CheckedArchive, restoreDatabase } from '../server/backup/restore.ts';
import { keptSecret, readKeptSecret, type Settings } from '../server/settings.ts';
import { contentsInWords, counted, passedOverInWords, quoted, underWayInWords } from './backup-words.ts';

/** Puts an archive back: the database, then the campaigns, then the key where DATA_DIR has none. */
export async function restoreFrom(
  file: string,
  checked: CheckedArchive,
  settings: Settings,
  { replaces, all_campaigns }: { replaces: boolean; all_campaigns: boolean },
): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${onOneLine(line)}\n`);
  say(`The back-up is whole: ${contentsInWords(checked)}.`);
  for (const line of passedOverInWords('Not taken out of it', checked.passed_over)) say(line);
  underWayInWords(checked).forEach(say);
  const { database_url, data_dir, campaigns_dir } = settings;
  // Before anything is changed: what stops it, stops it here.
  const at_hand = await campaignsAtHand(campaigns_dir);
  const { actions, mended } = await restoreDatabase(file, checked, { database_url, replaces });
  say(`The database holds ${counted(actions, 'action')} now.`);
  if (mended.length === 0) say('The totals agree with them, counted one by one.');
  else say(`The totals of ${mended.join(', ')} were not those of its actions: they are counted anew.`);

  const folder = `replaced-${backupName(new Date()).replace(/^statehouse-|\.tar\.gz$/g, '')}`;
  const replaced_dir = join(backupsFolder(data_dir), folder);
  const put_back = await putBackCampaigns(checked.campaign_files, at_hand, {
    campaigns_dir,
    replaced_dir: all_campaigns ? replaced_dir : undefined,
  });
  for (const line of campaignLines(put_back, { campaigns_dir, replaced_dir, file })) say(line);
  if (put_back.refused.length > 0) process.exitCode = 1;
  if (checked.secret_key !== undefined) say(putBackKey(data_dir, checked.secret_key));
}

/** What became of the campaigns, in lines for the terminal. */
export function campaignLines(
  { added, kept, replaced, refused }: CampaignsPutBack,
  { campaigns_dir, replaced_dir, file }: { campaigns_dir: string; replaced_dir: string; file: string },
): string[] {
  const lines: string[] = [];
  if (added.length > 0) lines.push(`Put into ${campaigns_dir}: ${added.join(', ')}.`);
  if (replaced.length > 0)
    lines.push(`Replaced there: ${replaced.join(', ')}. What was there is in ${replaced_dir}.`);
  if (kept.length > 0)
    lines.push(
      `Left as they are there, though the back-up has them otherwise: ${kept.join(', ')}. To replace them too: --campaigns.`,
    );
  if (refused.length > 0)
    lines.push(
      `Not put into ${campaigns_dir}: ${refused.map(({ name, why }) => `${name} (${why})`).join(', ')}.`,
      `${refused.every(({ is_forbidden }) => is_forbidden) ? 'This user may not write there. As one who may' : 'Mend what stops it, then'}: ${byHand(file, campaigns_dir, refused)}`,
    );
  if (lines.length === 0) lines.push(`The campaigns in ${campaigns_dir} are those of the back-up.`);
  return lines;
}

function byHand(file: string, campaigns_dir: string, refused: CampaignsPutBack['refused']): string {
  const names = refused.map(({ name }) => quoted(`campaigns/${name}`));
  return `tar -xzf ${quoted(file)} --strip-components=1 -C ${quoted(campaigns_dir)} ${names.join(' ')}`;
}

function putBackKey(data_dir: string, secret_key: string): string {
  const held = readKeptSecret(data_dir);
  if (held === secret_key) return 'The key in DATA_DIR is that of the back-up.';
  if (held !== undefined)
    return `${data_dir} has another key already: it stays, and forms that were opened under that of the back-up are refused.`;
  keptSecret(data_dir, () => secret_key);
  return `The key is put into ${data_dir}.`;
}
