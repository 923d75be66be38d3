import { readdirSync, readFileSync } from 'node:fs';
import { campaignFields } from '../../server/campaigns/campaign-fields.ts';
import { dateWarnings } from '../../server/campaigns/date-warnings.ts';
import { lengthWarnings } from '../../server/campaigns/length-warnings.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';

test('the example is whole, lacks nothing, and nothing in it is doubtful', async () => {
  const { campaign, faults, gaps, warnings, hints } = await readCampaign('campaigns', 'example', [
    'en',
    'es',
  ]);
  expect([faults, gaps, warnings, hints]).toEqual([[], [], [], []]);
  expect(campaign!.status).toBe('draft');
  expect(lengthWarnings(campaign!)).toEqual([]);
  expect(dateWarnings(campaign!, '2027-02-01')).toEqual([]);
});

test('the example shows every key of campaign.yaml, at work or as a note', () => {
  const yaml = readFileSync('campaigns/example/campaign.yaml', 'utf8');
  const shown = (key: string) => new RegExp(`^[# ]*(- )?${key}:`, 'm').test(yaml);
  const keys = [
    ...Object.keys(campaignFields.shape),
    ...['title', 'url', 'session_ends', 'committee', 'passed', 'roll_calls'],
    ...['chambers', 'stances', 'extra', 'fallback', 'reason', 'person_id', 'position', 'source', 'partner'],
  ];
  expect(keys.filter((key) => !shown(key))).toEqual([]);
});

test('the example has every kind of file', () => {
  const names = readdirSync('campaigns/example/en');
  for (const kind of [
    /^page\.md$/,
    /^prompts\.md$/,
    /^flyer\.md$/,
    /^email@/,
    /^phone\.voted_no/,
    /^voicemail/,
  ])
    expect(names).toContainEqual(expect.stringMatching(kind));
});
