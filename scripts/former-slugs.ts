// The names that a campaign had before, even where its files have a fault.
import { join } from 'node:path';
import { campaignFields } from '../server/campaigns/campaign-fields.ts';
import { readText } from '../server/yaml/read-text.ts';
import { readYaml } from '../server/yaml/yaml-faults.ts';

/** The former slugs in the campaign.yaml of a folder, whatever else is wrong in it; undefined where they can't be known. */
export async function formerSlugsIn(folder: string): Promise<string[] | undefined> {
  const { text } = await readText(join(folder, 'campaign.yaml'));
  if (text === undefined) return undefined;
  const read = readYaml('campaign.yaml', text);
  if ('fault' in read) return undefined;
  const { value } = read.yaml;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { former_slugs } = value as Record<string, unknown>;
  return campaignFields.shape.former_slugs.safeParse(former_slugs).data;
}
