import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyCampaign } from '../../scripts/campaign-copy.ts';
import { asCopy } from '../../server/campaigns/copy-campaign.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';
import { folderOf } from '../fixtures/people/folder.ts';

const SETTINGS = `# Of ours.
title: Clean water   # a good name
summary: >-
  We ask for
  clean water.
status: live # since Monday
jurisdiction_id: ocd-jurisdiction/country:us/state:fl/government
bills:
  - identifier: SB 1   # the Senate's
    session: 2026
    chamber: upper
# When.
dates:
  starts: 2026-01-01   # a Thursday

  ends: 2026-02-01

# The ask.
ask: support
goal: 100
closing: |
  It is over.

  Thank you.

short_link: water
former_slugs: [a,
  b]
successor: other
languages: [en]
`;

test('a copy is a draft, what is its own alone is a note, and all else stands letter by letter', () => {
  const copied = asCopy(SETTINGS)!;
  expect(copied.reset).toEqual(['dates', 'former_slugs', 'short_link', 'successor', 'closing']);
  expect(copied.text).toBe(
    SETTINGS.replace('status: live # since Monday', 'status: draft # since Monday')
      .replace(
        'dates:\n  starts: 2026-01-01   # a Thursday\n\n  ends',
        '# dates:\n#   starts: 2026-01-01   # a Thursday\n#\n#   ends',
      )
      .replace(
        'closing: |\n  It is over.\n\n  Thank you.',
        '# closing: |\n#   It is over.\n#\n#   Thank you.',
      )
      .replace('short_link', '# short_link')
      .replace('former_slugs: [a,\n  b]', '# former_slugs: [a,\n#   b]')
      .replace('successor', '# successor'),
  );
});

test('where no status was said it stands before the first key', () => {
  expect(asCopy('# Note.\n\ntitle: Water\n')).toEqual({
    text: '# Note.\n\nstatus: draft\ntitle: Water\n',
    reset: [],
  });
});

test('a file in braces is written anew without what is its own', () => {
  const copied = asCopy('{title: Water, dates: {starts: 2026-01-01}, status: won}')!;
  expect(copied.text).toBe('{ title: Water, status: draft }\n');
});

test.each(['', '# nothing\n', '- a\n', 'title: "Water\n'])('%j can not be copied', (source) => {
  expect(asCopy(source)).toBeUndefined();
});

test('a campaign is copied whole, without leftovers of editors, and has no fault', async () => {
  const settings = SETTINGS.replace(/closing: [\s\S]*(?=languages)/, '');
  const old = { 'campaign.yaml': settings, '.hidden': '', 'campaign.yaml~': '' };
  const campaigns_dir = folderOf(old, 'old');
  mkdirSync(join(campaigns_dir, 'old/en'));
  for (const [name, text] of Object.entries({
    'page.md': 'Water.',
    'email.hbs': 'Subject: a\n\nb',
    'phone.hbs': 'c',
    '.phone.hbs.swp': '',
  }))
    writeFileSync(join(campaigns_dir, 'old/en', name), text);
  symlinkSync(join(campaigns_dir, 'old'), join(campaigns_dir, 'old/en/.loop'));
  let told = '';
  copyCampaign('old', 'new-one', { campaigns_dir, print: (text) => (told += text) });
  expect(readdirSync(join(campaigns_dir, 'new-one'), { recursive: true }).toSorted()).toEqual([
    'campaign.yaml',
    'en',
    'en/email.hbs',
    'en/page.md',
    'en/phone.hbs',
  ]);
  expect(told).toMatch(/It is a draft/);
  expect(told).toMatch(/Made a note in its campaign\.yaml: dates\./);
  const { campaign, faults } = await readCampaign(campaigns_dir, 'new-one');
  expect(faults).toEqual([]);
  expect(campaign).toMatchObject({ dates: {} });
});

test('what is no file is passed over by name, and stops no copy', () => {
  const campaigns_dir = folderOf({ 'campaign.yaml': SETTINGS, 'page.md': 'Water.' }, 'old');
  const old = join(campaigns_dir, 'old');
  // Reading it would wait for ever.
  spawnSync('mkfifo', [join(old, 'pipe')]);
  symlinkSync('/dev/zero', join(old, 'zero'));
  symlinkSync('nowhere', join(old, 'gone.md'));
  symlinkSync('page.md', join(old, 'link.md'));
  let told = '';
  copyCampaign('old', 'new-one', { campaigns_dir, print: (text) => (told += text) });
  expect(readdirSync(join(campaigns_dir, 'new-one'))).toEqual(['campaign.yaml', 'link.md', 'page.md']);
  expect(told).toMatch(
    /^Not copied, since no file is there: \S+old\/gone\.md, \S+old\/pipe, \S+old\/zero\.\n/,
  );
});

test('nothing is overwritten, and a name that can not be is refused with the reason', () => {
  const campaigns_dir = folderOf({ 'campaign.yaml': 'mine' }, 'new-one');
  mkdirSync(join(campaigns_dir, 'old'));
  writeFileSync(join(campaigns_dir, 'old/campaign.yaml'), SETTINGS);
  const copy = (old: string, slug: string) => () =>
    copyCampaign(old, slug, { campaigns_dir, print: () => {} });
  expect(copy('old', 'new-one')).toThrow(/already/);
  expect(copy('old', 'New One')).toThrow(/'New One' becomes a web address/);
  expect(copy('none', 'other')).toThrow(/There is no campaign 'none'/);
  expect(copy('..', 'other')).toThrow(/There is no campaign '\.\.'/);
  expect(copy('new-one', 'other')).toThrow(/campaign\.yaml can't be read\. Nothing was written/);
  expect(readdirSync(campaigns_dir).toSorted()).toEqual(['new-one', 'old']);
});
