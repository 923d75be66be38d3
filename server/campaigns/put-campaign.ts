import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OperationalError } from '../errors.ts';
import { displayPath } from '../yaml/read-text.ts';
import { SLUG } from './field-values.ts';

/** Why a campaign can't have this slug, in a sentence; undefined where it can. */
export function slugFault(slug: string): string | undefined {
  if (slug === '') return 'A name is missing: use small letters, digits and hyphens, such as clean-water.';
  if (!SLUG.test(slug))
    return `'${slug}' becomes a web address: use small letters, digits and hyphens, such as clean-water.`;
  return slug.length > 60 ? `'${slug}' is too long for a web address: 60 letters are the most.` : undefined;
}

/** Whether there is something by the name of this campaign. */
export function isTaken(campaigns_dir: string, slug: string): boolean {
  return existsSync(join(campaigns_dir, slug));
}

/**
 * Puts the folder of a campaign in place, whole or not at all: `files` by their paths in it. Throws OperationalError
 * `campaign_exists` where there is something by its name, which stays as it is, and `campaign_unwritable`.
 */
export function putCampaign(
  campaigns_dir: string,
  slug: string,
  files: ReadonlyMap<string, string | Buffer>,
): void {
  const place = join(campaigns_dir, slug);
  const exists = () => {
    const message = `There is a campaign '${slug}' already: ${displayPath(place)}. Nothing was written. Use another name, or take that folder away first.`;
    return new OperationalError('campaign_exists', message);
  };
  if (isTaken(campaigns_dir, slug)) throw exists();
  let aside: string | undefined;
  try {
    mkdirSync(campaigns_dir, { recursive: true });
    // A hidden folder is no campaign. On the same disk, so that the move is one step.
    aside = mkdtempSync(join(campaigns_dir, '.new-'));
    const made = join(aside, slug);
    for (const [path, content] of files) {
      mkdirSync(dirname(join(made, path)), { recursive: true });
      writeFileSync(join(made, path), content);
    }
    renameSync(made, place);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    // Somebody else was faster.
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(code) && isTaken(campaigns_dir, slug)) throw exists();
    throw new OperationalError(
      'campaign_unwritable',
      `The folder ${displayPath(place)} can't be written (${message}). Nothing was written.`,
      { cause: error },
    );
  } finally {
    if (aside) rmSync(aside, { recursive: true, force: true });
  }
}
