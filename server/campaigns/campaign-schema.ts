import { z } from 'zod';
import { campaignFields } from './campaign-fields.ts';
import { refuseContradictions } from './campaign-rules.ts';

/** campaign.yaml, whole. */
export const campaignFileSchema = campaignFields.superRefine(refuseContradictions);

/** What campaign.yaml says once it has been checked. */
export type CampaignFile = z.infer<typeof campaignFileSchema>;

/** The schema for editors, as `campaigns/campaign.schema.json` holds it. */
export function campaignJsonSchema(): string {
  const schema = {
    title: 'A campaign of Statehouse',
    ...z.toJSONSchema(campaignFileSchema, { io: 'input' }),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** The keys that the schema knows at a path of campaign.yaml. */
export function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: z.ZodType = campaignFileSchema;
  for (const part of path) {
    const inner = unwrapped(schema);
    if (inner instanceof z.ZodArray) schema = inner.element as z.ZodType;
    else if (inner instanceof z.ZodObject) schema = inner.shape[String(part)] as z.ZodType;
  }
  const inner = unwrapped(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** A schema without what makes it optional or gives it a default. */
function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema;
}
