import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCampaign, readCampaigns } from '../../server/campaigns/read-campaigns.ts';
import { formatFault } from '../../server/errors.ts';

const BROKEN = 'tests/fixtures/broken-campaigns';

/** Of every broken campaign the place of its one fault and what is said of it. */
const FAULTS: [slug: string, place: string, message: RegExp][] = [
  [
    'bill-named-twice',
    'campaign.yaml:8:17',
    /^'identifier' names the bill once more that stands above as 'SB 1': keep one of them/,
  ],
  ['chair-named-twice', 'campaign.yaml:14:18', /^'person_id' has 'ocd-person\/[\d-]+' twice: keep one/],
  [
    'chair-without-text-in-first-language',
    'campaign.yaml:14:9',
    /^'reason' has no text in 'en', the first of the languages/,
  ],
  ['duplicate-key', 'campaign.yaml:10:1', /^'title' is here twice\. Keep one/],
  [
    'email-empty-for-strangers',
    'en/email.hbs:3:1',
    /^For a legislator in whose district the supporter does not live this text is empty\. Add words/,
  ],
  [
    'embed-origin-with-path',
    'campaign.yaml:10:17',
    /^'embed_origins' must be https:\/\/ and the name of a site, .* Write https:\/\/jira\.example\.org\.$/,
  ],
  ['empty-page', 'en/page.md:1:1', /^This page is empty\. Write/],
  ['ends-before-start', 'campaign.yaml:12:9', /^'ends' comes before the day on which the campaign starts\./],
  [
    'fallback-as-list',
    'campaign.yaml:12:5',
    /^'fallback' must be one legislator: person_id and reason below it, without a dash/,
  ],
  [
    'fallback-that-is-extra',
    'campaign.yaml:15:16',
    /^'person_id' names one of the extra legislators, .*: keep one of the two\./,
  ],
  [
    'file-for-allies',
    'en/email.allies.hbs:1:1',
    /^'allies' .* no stance and no position\. Did you mean 'ally'\? Known are: ally,/,
  ],
  [
    'file-for-no-stance',
    'en/email.friend.hbs:1:1',
    /^'friend' .* no stance and no position\. Known are: ally,/,
  ],
  [
    'goal-below-dates',
    'campaign.yaml:11:3',
    /^There is no key 'goal' here\. Begin this line at the left margin, without spaces\.$/,
  ],
  ['goal-in-words', 'campaign.yaml:9:7', /^'goal' must be a whole number .* 1000\./],
  [
    'language-at-the-margin',
    'campaign.yaml:4:1',
    /^There is no key 'es' here\. Put two spaces before it, so that it belongs to 'summary'\.$/,
  ],
  [
    'language-folder-in-words',
    'campaign.yaml:10:17',
    /^There is no folder 'es' for this language, but a folder 'Spanish'\. Rename it to es\.$/,
  ],
  ['language-without-page', 'campaign.yaml:10:17', /^There is no page in 'es'\. Write .*\/es\/page\.md,/],
  [
    'message-language-without-folder',
    'campaign.yaml:10:25',
    /in 'es'\. Write .*\/email\.hbs and .*\/phone\.hbs,/,
  ],
  ['message-language-without-phone', 'campaign.yaml:10:21', /in 'es'\. Write [^ ]*\/es\/phone\.hbs, or/],
  ['missing-key', 'campaign.yaml:1:1', /^'ask' is missing\. Add it: it must be support or oppose\./],
  ['missing-key-in-bill', 'campaign.yaml:5:5', /^'session' is missing\. Add it: .* 2026\./],
  [
    'missing-subject',
    'en/email.hbs:1:1',
    /^The Subject is missing\. Begin the file with a line 'Subject: …'/,
  ],
  ['misspelt-key', 'campaign.yaml:9:1', /^There is no key 'gaol' here\. Did you mean 'goal'\?/],
  ['misspelt-key-in-partner', 'campaign.yaml:14:5', /^There is no key 'nmae' here\. Did you mean 'name'\?/],
  ['no-calendar-day', 'campaign.yaml:11:11', /^'starts' must be a day of the calendar, written YYYY-MM-DD/],
  ['partner-language-named-twice', 'campaign.yaml:13:21', /^'languages' has 'en' twice: keep one/],
  [
    'partner-language-of-no-page',
    'campaign.yaml:13:21',
    /^'languages' names 'es', in which this campaign has no pages: its languages are en\. Take it out, or add/,
  ],
  [
    'partner-step-without-address',
    'campaign.yaml:14:9',
    /^'url' is missing\. Add it: it must be a web address/,
  ],
  ['passed-one-chamber-twice', 'campaign.yaml:12:18', /^'chamber' has 'upper' twice: keep one/],
  [
    'passed-where-no-chamber-is',
    'campaign.yaml:9:18',
    /^'chamber' names legislature, which this state does not have/,
  ],
  [
    'position-that-may-be-empty',
    'en/phone.hbs:2:7',
    /^'position\.label' is empty for .* between {{#if position}}/,
  ],
  ['roll-call-named-twice', 'campaign.yaml:8:36', /^'roll_calls' has 'SV 12' twice: keep one/],
  [
    'script-empty-for-unknown',
    'en/phone.hbs:1:1',
    /^For a legislator of whom nothing is known this text is empty\. Add words/,
  ],
  ['stance-named-twice', 'campaign.yaml:11:32', /^'stances' has 'unknown' twice: keep one/],
  [
    'state-that-is-none',
    'campaign.yaml:3:18',
    /^'jurisdiction_id' must be the OCD id of the state, for example/,
  ],
  [
    'subject-empty-without-title',
    'en/email.hbs:1:1',
    /^For every legislator this Subject is empty\. Add words/,
  ],
  ['subject-without-blank-line', 'en/email.hbs:2:1', /^Put a blank line between the Subject and the text\./],
  ['subject-without-text', 'en/email.hbs:2:1', /^The text is missing\. Write it below the Subject/],
  ['tab-indentation', 'campaign.yaml:6:1', /^This line begins with a tab\. Use spaces/],
  ['unclosed-block', 'en/phone.hbs:2:1', /^{{#if}} is never closed\. Put {{\/if}} where it ends\./],
  ['unclosed-quote', 'campaign.yaml:1:8', /^This quote is never closed\. Put the same quote/],
  ['unknown-block', 'en/phone.hbs:2:4', /^There is no block 'when'\. Known are: if, unless, each\./],
  ['unknown-key-in-bill', 'campaign.yaml:8:5', /'sponsor' here\. Known are: identifier, session, chamber,/],
  ['unknown-name', 'en/email.hbs:3:29', /'legislator\.nmae'\. Did you mean 'legislator\.name'\?/],
  ['unknown-name-in-each', 'en/phone.hbs:3:23', /'sesion'\. Did you mean 'session'\?/],
  ['unknown-name-in-if', 'en/phone.hbs:3:24', /'bill\.tittle'\. Did you mean 'bill\.title'\?/],
  [
    'unknown-name-in-subject',
    'en/email.hbs:1:27',
    /^There is no name 'bill\.number'\. campaigns\/README\.md/,
  ],
  ['unknown-partner', 'campaign.yaml:16:14', /^'partner' names no partner .* Did you mean 'jira'\?/],
  [
    'variant-of-no-file',
    'campaign.yaml:12:3',
    /^No file has 'lnog' after @ in its name\. Did you mean 'long'\? Names are: long, short\.$/,
  ],
  [
    'variant-weight-in-words',
    'campaign.yaml:11:10',
    /^'short' must be a whole number, 0 or more: 2 is drawn/,
  ],
  [
    'variants-all-off',
    'campaign.yaml:10:22',
    /^0 switches a variant off, and of en\/email no other is left\. Give one of them 1 or more, or/,
  ],
  ['wrong-ask', 'campaign.yaml:8:6', /^'ask' must be support or oppose\./],
];

test('every broken campaign has its place in the table, and every place its campaign', () => {
  expect(readdirSync(BROKEN).toSorted()).toEqual(FAULTS.map(([slug]) => slug));
});

test.each(FAULTS)('%s is told once, at %s, and in plain words', async (slug, place, message) => {
  const { campaign, faults } = await readCampaign(BROKEN, slug);
  expect(campaign).toBeUndefined();
  expect(faults.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
    `${BROKEN}/${slug}/${place}`,
  ]);
  expect(faults[0]!.message).toMatch(message);
  expect(faults[0]!.message).toMatch(/[.?]$/);
  // Words of programmers, which an organizer can do nothing with.
  expect(faults[0]!.message).not.toMatch(/invalid|expected|undefined|null|string|object|parse|token|helper/i);
});

test('a broken campaign beside a whole one is named and left out, and the whole one stands', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-campaigns-'));
  cpSync('campaigns/visible-act', join(folder, 'visible-act'), { recursive: true });
  cpSync(join(BROKEN, 'unknown-name'), join(folder, 'clean-water'), { recursive: true });
  const read = await readCampaigns(folder);
  expect(read.campaigns.map((campaign) => campaign.slug)).toEqual(['visible-act']);
  expect(read.campaigns_read.map(({ slug, campaign }) => [slug, campaign !== undefined])).toEqual([
    ['clean-water', false],
    ['visible-act', true],
  ]);
  expect(read.faults.map(formatFault)).toEqual([
    expect.stringMatching(/\/clean-water\/en\/email\.hbs:3:29: There is no name 'legislator\.nmae'\./),
  ]);
  rmSync(folder, { recursive: true });
});
