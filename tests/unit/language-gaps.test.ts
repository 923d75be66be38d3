import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';
import { leaveTwoLanguages } from '../support/two-languages.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-campaigns-'));
  cpSync('campaigns/visible-act', join(folder, 'visible-act'), { recursive: true });
  leaveTwoLanguages(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, 'visible-act', name);
const remove = (name: string) => rmSync(path(name), { recursive: true });
function change(from: string | RegExp, to: string): void {
  const yaml = readFileSync(path('campaign.yaml'), 'utf8');
  expect(yaml).toMatch(from);
  writeFileSync(path('campaign.yaml'), yaml.replace(from, to));
}

/** What the campaign lacks, as 'line of campaign.yaml: message'. */
async function gaps(): Promise<string[]> {
  const read = await readCampaign(folder, 'visible-act');
  expect(read.faults).toEqual([]);
  const lines = readFileSync(path('campaign.yaml'), 'utf8').split('\n');
  return read.gaps.map(({ line, message }) => `${lines[line - 1]!.trim()}: ${message}`);
}

async function faults(): Promise<string[]> {
  const read = await readCampaign(folder, 'visible-act');
  expect(read.campaign).toBeUndefined();
  expect(read.gaps).toEqual([]);
  return read.faults.map(({ message }) => message);
}

test('the VISIBLE Act lacks nothing in any of its languages', async () => {
  const whole = await readCampaign('campaigns', 'visible-act');
  expect(whole.campaign!.languages).toEqual(['en', 'es', 'ht']);
  expect(whole.gaps).toEqual([]);
  expect(await gaps()).toEqual([]);
});

test('each text that one language lacks is told where that language is named, with what is shown instead', async () => {
  remove('es/page.md');
  remove('es/flyer.md');
  remove('es/voicemail.opponent.hbs');
  renameSync(path('es/email.ally.hbs'), path('es/email.ally@warm.hbs'));
  const instead = (others = '') =>
    `Another wording in 'es' is used where one fits${others}; else the one in 'en'.`;
  expect(await gaps()).toEqual([
    "languages: [en, es]: There is no es/page.md. Pages in 'es' show the one in 'en'.",
    "languages: [en, es]: There is no es/flyer.md. Flyers in 'es' are made of the title, the summary and words that fit any bill.",
    `message_languages: [en, es]: There is no es/email.ally.hbs. ${instead()}`,
    `message_languages: [en, es]: There is no es/voicemail.opponent.hbs. ${instead(', or the call script')}`,
  ]);
});

test('prompts that one language lacks are told, with what is shown instead', async () => {
  remove('es/prompts.md');
  expect(await gaps()).toEqual([
    "languages: [en, es]: There is no es/prompts.md. Pages in 'es' show those in 'en'.",
  ]);
  renameSync(path('en/prompts.md'), path('es/prompts.md'));
  expect(await gaps()).toEqual(["languages: [en, es]: There is no en/prompts.md. Pages in 'en' show none."]);
});

test('a language of pages alone needs no messages, but those who read it want a translation', async () => {
  change('message_languages: [en, es]', 'message_languages: [en]');
  expect(await gaps()).toEqual([]);
  remove('es/phone.hbs');
  expect(await gaps()).toEqual([
    'languages: [en, es]: There is no es/phone.hbs. The message stands without a translation for those who read that language.',
  ]);
});

test('a line of campaign.yaml in one language is told, and how to write it in both', async () => {
  change(/title:\n {2}en: (.*)\n {2}es: .*\n/, 'title: $1\n');
  change(/ {6}es: Vea qué pasó.*\n/, '');
  expect(await gaps()).toEqual([
    "title: Bring back the Florida VISIBLE Act: There is no 'title' in 'es'. Pages in 'es' show the one in 'en'. Write one line for each language: en and es.",
    "en: See what happened to the House bill: There is no 'label' in 'es'. Pages in 'es' show the one in 'en'. Write one line for each language: en and es.",
  ]);
  const { campaign } = await readCampaign(folder, 'visible-act');
  expect(campaign!.title).toEqual({ en: 'Bring back the Florida VISIBLE Act' });
});

test('why a legislator is named for everybody is told where a language lacks it, or has it unseen', async () => {
  change(
    'targets:\n',
    `targets:
  extra:
    - person_id: ocd-person/1
      reason: {en: Chairs the committee., ht: Li prezide komite a.}
  fallback:
    person_id: ocd-person/2
    reason: Leads the Senate.
`,
  );
  expect(await gaps()).toEqual([
    "reason: {en: Chairs the committee., ht: Li prezide komite a.}: There is no language 'ht', so this line is not shown. Add it to 'languages', or take it out.",
    "reason: {en: Chairs the committee., ht: Li prezide komite a.}: There is no 'reason' in 'es'. Pages in 'es' show the one in 'en'. Add it.",
    "reason: Leads the Senate.: There is no 'reason' in 'es'. Pages in 'es' show the one in 'en'. Write one line for each language: en and es.",
  ]);
});

test('a language that Statehouse itself does not speak is told, for its pages are not shown', async () => {
  cpSync(path('es'), path('ht'), { recursive: true });
  change('languages: [en, es]', 'languages: [en, ht]');
  const read = await readCampaign(folder, 'visible-act', ['en', 'es']);
  expect(read.gaps[0]!.message).toBe(
    "Statehouse itself does not speak 'ht' yet, so no page is shown in it. It speaks: en, es.",
  );
});

test('a message language that Statehouse does not speak is told: what it puts in is English', async () => {
  cpSync(path('es'), path('ht'), { recursive: true });
  change('message_languages: [en, es]', 'message_languages: [en, es, ht]');
  const read = await readCampaign(folder, 'visible-act', ['en', 'es']);
  expect(read.gaps.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^Statehouse itself does not speak 'ht' yet, so what it puts into messages, .* is English\./,
    ),
  ]);
});

test('texts in a language that the campaign does not name are told: nobody would see them', async () => {
  cpSync(path('es'), path('fr'), { recursive: true });
  change(/title:\n/, 'title:\n  sp: Ley VISIBLE\n');
  expect(await gaps()).toEqual([
    "languages: [en, es]: There is a folder 'fr', but no language 'fr', so its texts are not shown. Add it to 'languages', or take it out.",
    "sp: Ley VISIBLE: There is no language 'sp', so this line is not shown. Add it to 'languages', or take it out.",
  ]);
});

test('a script with other paragraphs than its original is told: they can not stand side by side', async () => {
  writeFileSync(path('es/phone.hbs'), 'Hola.\n\nGracias.\n');
  expect(await gaps()).toEqual([
    'message_languages: [en, es]: es/phone.hbs has 2 paragraphs and en/phone.hbs has 4, so they stand one below the other. Write as many in both.',
  ]);
});

test('the first language is whole, and any other has some text: else it is a fault', async () => {
  remove('en/page.md');
  expect(await faults()).toEqual([
    expect.stringMatching(/^There is no page in 'en'\. Write .*en\/page\.md, or/),
  ]);
});

test('a language of which nothing is there is a fault: its name may be mistyped', async () => {
  change('languages: [en, es]', 'languages: [en, es, ht]');
  expect(await faults()).toEqual([
    expect.stringMatching(/^There is no page in 'ht'\. Write .*ht\/page\.md, or name other/),
  ]);
});

test.each([
  [/title:\n {2}en: /, 'title:\n  fr: ', /'title' has no text in 'en', the first of the languages/],
  [/title:\n {2}en: .*/, 'title:\n  en: ""', /^'en' is empty: write a few words/],
  [/title:\n {2}en: /, 'title:\n  English: ', /'title' must be a line of text; .* one for each language/],
  [/title:\n {2}en: .*/, 'title:\n  en: 2026', /^'title' must be a line of text; put it between quotes/],
])('%s written as %j is a fault', async (from, to, message) => {
  change(from, to);
  expect((await faults())[0]).toMatch(message);
});
