import { z } from 'zod';
import { knownKeysOf } from '../yaml/known-keys.ts';
import { campaignFields } from './campaign-fields.ts';
import { refuseContradictions } from './campaign-rules.ts';

/** campaign.yaml, whole. */
export const campaignFileSchema = campaignFields.superRefine(refuseContradictions);

/** What campaign.yaml says once it has been checked. */
export type CampaignFile = z.infer<typeof campaignFileSchema>;

/** The schema for editors, as `campaigns/campaign.schema.json` holds it: of draft 7, which all of them know. */
export function campaignJsonSchema(): string {
  const schema = {
    title: 'A campaign of Statehouse',
    ...z.toJSONSchema(campaignFileSchema, { io: 'input', target: 'draft-7' }),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** The keys that the schema knows at a path of campaign.yaml. */
export function knownKeys(path: readonly PropertyKey[]): string[] {
  return knownKeysOf(campaignFileSchema, path);
}
