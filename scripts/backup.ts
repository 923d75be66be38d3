// npm run backup: one file that holds what can't be got anew; and back again.
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  backupName,
  backupsFolder,
  deleteBrokenOff,
  deleteOldBackups,
} from '../server/backup/backup-names.ts';
import { readCampaignFiles } from '../server/backup/campaign-files.ts';
import { checkArchive } from '../server/backup/restore.ts';
import { writeArchive } from '../server/backup/write-archive.ts';
import { readEnvironment, readKeptSecret, readSettings, type Settings } from '../server/settings.ts';
import { restoreFrom } from './backup-restore.ts';
import { contentsInWords, passedOverInWords, underWayInWords } from './backup-words.ts';
import { readArguments, runCommand, UsageError } from './command-line.ts';

const HELP = `npm run backup [-- --to FILE] [--keep N] [--with-key]
npm run backup -- check FILE
npm run backup -- restore FILE [--replace] [--campaigns]

Backs up, into one file, while the app runs: all that was counted, and the folder of campaigns with the corrections of
legislators. Not in it: the settings (.env) with their SECRET_KEY, and legislators and bills, which are fetched anew. Nor the
keys of supporters' e-mails that are still on their way: after a restore those go on where DATA_DIR/letter-keys is still the
same; on another machine they can't be read any more, and expire.
  --to         another place than DATA_DIR/backups/statehouse-<time>.tar.gz; a file that is there is never replaced
  --keep       deletes the older ones in DATA_DIR/backups: all but the N newest
  --with-key   also the key that was made in DATA_DIR, where SECRET_KEY is not set: whoever has the file can then
               make up actions, so keep it where passwords are kept. Without it, forms that are open are refused after
               a restore on another machine

check reads a back-up to its end, and says whether it is whole.

restore puts one back, into the database that the settings name, SQLite or PostgreSQL, whichever it came from. All is
put back or nothing. Stop the app first. A database in which something is counted is left as it is.
  --replace    what is counted there goes, and what is in the back-up takes its place
  --campaigns  campaigns that are there and differ are replaced too; what was there is moved to DATA_DIR/backups.
               Without it only those are put back that are not there
`;

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
const say = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      keep: { type: 'string' },
      'with-key': { type: 'boolean' },
      replace: { type: 'boolean' },
      campaigns: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const [command = 'make', file, ...rest] = positionals;
  const { replace, campaigns, ...making } = values;
  if (command === 'make' && file === undefined) {
    if (replace || campaigns) throw new UsageError('--replace and --campaigns belong to restore.');
    return makeBackup(readSettings(readEnvironment()), making);
  }
  if (command !== 'check' && command !== 'restore')
    throw new UsageError(`There is no '${command}'. Without a word a back-up is made; else: check, restore.`);
  if (file === undefined || rest.length > 0) throw new UsageError(`Name one file to ${command}.`);
  if (Object.keys(making).length > 0 || (command === 'check' && (replace || campaigns)))
    throw new UsageError(
      `${Object.keys(values)
        .map((name) => `--${name}`)
        .join(', ')}: not with ${command}.`,
    );
  const checked = await checkArchive(resolve(file));
  if (command === 'check') {
    say(`${file} is whole: ${contentsInWords(checked)}.`);
    underWayInWords(checked).forEach(say);
    return passedOverInWords('Not taken out of it by a restore', checked.passed_over).forEach(say);
  }
  const settings = readSettings(readEnvironment());
  await restoreFrom(resolve(file), checked, settings, {
    replaces: replace ?? false,
    all_campaigns: campaigns ?? false,
  });
}

async function makeBackup(
  settings: Settings,
  options: { to?: string | undefined; keep?: string | undefined; 'with-key'?: boolean | undefined },
): Promise<void> {
  const { to, keep } = options;
  if (to !== undefined && keep !== undefined)
    throw new UsageError('--keep counts those in DATA_DIR/backups: not with --to.');
  if (keep !== undefined && !/^[1-9]\d*$/.test(keep))
    throw new UsageError('--keep is how many are kept: 1 or more.');
  const made_at = new Date();
  const file = to === undefined ? join(backupsFolder(settings.data_dir), backupName(made_at)) : resolve(to);
  if (to !== undefined && (await stat(file).catch(() => undefined))?.isDirectory())
    throw new UsageError(`--to names a file: ${join(to, backupName(made_at))}`);
  const secret_key = options['with-key'] ? keyOf(settings) : undefined;
  const { files: campaign_files, passed_over } = await readCampaignFiles(
    settings.campaigns_dir,
    settings.data_dir,
  );
  await deleteBrokenOff(file, made_at);
  const rows = await writeArchive(file, {
    database_url: settings.database_url,
    campaign_files,
    secret_key,
    made_at,
    made_by: version,
  });
  say(file);
  process.stderr.write(`Backed up: ${contentsInWords({ rows, campaign_files, secret_key })}.\n`);
  for (const line of [...underWayInWords({ rows }), ...passedOverInWords('Not in it', passed_over)])
    process.stderr.write(`${line}\n`);
  if (secret_key === undefined)
    process.stderr.write('Not in it: the settings (.env). Keep a copy of those where passwords are kept.\n');
  if (keep === undefined) return;
  const deleted = await deleteOldBackups(file, Number(keep));
  if (deleted.length > 0) process.stderr.write(`Deleted: ${deleted.join(', ')}\n`);
}

/** The made key; where there is none it is told why. */
function keyOf(settings: Settings): string {
  if (settings.secrets.length > 0)
    throw new UsageError(
      'SECRET_KEY is set, so there is no made key to back up. Keep a copy of .env where passwords are kept.',
    );
  const key = readKeptSecret(settings.data_dir);
  if (key === undefined) throw new UsageError(`There is no key in ${settings.data_dir} yet.`);
  return key;
}

await runCommand('backup', main);
