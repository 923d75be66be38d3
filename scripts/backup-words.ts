// What the command backup says of what an archive holds.
import { onOneLine, type PassedOver } from '../server/backup/kept-files.ts';
import type { CheckedArchive } from '../server/backup/restore.ts';

/** So many files are named one by one. */
const MOST_NAMED = 20;

/** `3 actions, 2 campaigns (ga-hb-1, visible-act), the key`: what an archive holds that people know of. */
export function contentsInWords({
  rows,
  campaign_files,
  secret_key,
  about,
}: Pick<CheckedArchive, 'rows' | 'campaign_files' | 'secret_key'> & Partial<CheckedArchive>): string {
  const slugs = campaign_files.flatMap(({ path }) => /^([^/]+)\/campaign\.yaml$/.exec(path)?.[1] ?? []);
  const parts = [
    counted(rows.actions ?? 0, 'action'),
    `${counted(slugs.length, 'campaign')}${slugs.length > 0 ? ` (${slugs.join(', ')})` : ''}`,
    ...(secret_key === undefined ? [] : ['the key']),
  ];
  return onOneLine(
    `${parts.join(', ')}${about ? `, as of ${about.made_at}, by version ${about.made_by}` : ''}`,
  );
}

/** A line for each of the first files that were passed over, after `what` was done with them; none where there are none. */
export function passedOverInWords(what: string, passed_over: readonly PassedOver[]): string[] {
  const lines = passed_over
    .slice(0, MOST_NAMED)
    .map(({ path, why }) => `${what}: ${onOneLine(path)} (${onOneLine(why)}).`);
  const more = passed_over.length - lines.length;
  return more > 0 ? [...lines, `${what}: ${more.toLocaleString('en-US')} more.`] : lines;
}

/** What becomes of supporters' e-mails that are under way in an archive: their keys are in none. No line where there are none. */
export function underWayInWords({ rows }: Pick<CheckedArchive, 'rows'>): string[] {
  const mails = rows.outbox ?? 0;
  return mails === 0
    ? []
    : [
        `${counted(mails, 'mail')} of supporters under way: the keys in DATA_DIR/letter-keys are in no back-up. Put back where that folder is still the same they go on; elsewhere they can't be read, and expire.`,
      ];
}

/** A name as a shell takes it. */
export function quoted(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

/** `1 action`, `12,345 actions`. */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}
