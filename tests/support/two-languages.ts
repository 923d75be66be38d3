import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Takes Haitian Creole out of the VISIBLE Act in a folder of campaigns: what is left speaks English and Spanish, all read. */
export function leaveTwoLanguages(campaigns_dir: string): void {
  const campaign = join(campaigns_dir, 'visible-act');
  rmSync(join(campaign, 'ht'), { recursive: true });
  const yaml = join(campaign, 'campaign.yaml');
  writeFileSync(yaml, inTwoLanguages(readFileSync(yaml, 'utf8')));
}

/** The same of its campaign.yaml alone. */
export function inTwoLanguages(yaml: string): string {
  return yaml
    .replaceAll('anguages: [en, es, ht]', 'anguages: [en, es]')
    .replaceAll(/^( +)# needs review\n\1ht: >-\n(\1 +.*\n)+/gm, '')
    .replaceAll(/^ +ht: .*\n/gm, '');
}
