import { z } from 'zod';
import type { DataAddress } from './api-document.ts';
import type { Counter } from './counter.ts';

const COUNT = z.int().nonnegative();

const COUNTER = z.strictObject({
  schema_version: z.literal(1).describe('Raised when a field changes its meaning or goes.'),
  campaign_slug: z.string(),
  title: z.string().describe('In the language that was asked for (OSDI: title of the advocacy_campaign).'),
  browser_url: z.url().describe('The page of the campaign (OSDI: browser_url of the advocacy_campaign).'),
  as_of: z.iso.datetime().describe('The number is at least as new as this, in UTC.'),
  is_sample: z.boolean(),
  goal: COUNT,
  completed_actions: COUNT,
  total_outreaches: COUNT.describe('The same number under the name that OSDI has for it.'),
}) satisfies z.ZodType<Counter>;

/** The one number that other sites show. */
export const COUNTER_ADDRESSES: readonly DataAddress[] = [
  {
    path: '/campaigns/{slug}/counter.json',
    operation_id: 'getCounter',
    summary: 'How far a campaign has come',
    description: 'May be kept for a minute. Any site may read it.',
    parameters: [
      { name: 'slug', in: 'path', description: "The campaign's name in its address." },
      { name: 'lang', in: 'query', description: 'The language of the title.' },
      { name: 'partner', in: 'query', description: 'The code of the partner whom browser_url credits.' },
    ],
    answer: { type: 'application/json', name: 'Counter', shape: COUNTER },
  },
];
