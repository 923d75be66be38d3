import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Gives each file of a folder an address that changes with the content of any of them, so that browsers may keep them. */
export function openAssets(folder: string): (name: string) => string {
  const names = readdirSync(folder).toSorted();
  const hash = createHash('sha256');
  for (const name of names) hash.update(readFileSync(join(folder, name)));
  // A folder in the path, not a query: modules import each other by relative address and stay of one version.
  const version = hash.digest('hex').slice(0, 12);
  return (name) => {
    if (!names.includes(name)) throw new Error(`no '${name}' in views/assets`);
    return `/assets/${version}/${name}`;
  };
}
