// What the command backup says of what an archive holds.
import type { CheckedArchive } from '../server/backup/restore.ts';

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
  return `${parts.join(', ')}${about ? `, as of ${about.made_at}, by version ${about.made_by}` : ''}`;
}

/** `1 action`, `12,345 actions`. */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}
