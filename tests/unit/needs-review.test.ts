import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMessageFile } from '../../server/campaigns/message-files.ts';
import { campaignNeedsReview, localesNeedReview } from '../../server/campaigns/needs-review.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-review-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes files of a campaign, and gives what of them needs review as 'file:line:column: message'. */
async function notesOn(files: Record<string, string>): Promise<string[]> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, 'clean-water', name, '..'), { recursive: true });
    writeFileSync(join(folder, 'clean-water', name), text);
  }
  const notes = await campaignNeedsReview(folder, 'clean-water');
  return notes.map(
    ({ file, line, column, message }) =>
      `${file.slice(`${folder}/clean-water/`.length)}:${line}:${column}: ${message}`,
  );
}

const message = (language: string, mark = 'line') =>
  `Needs review: someone who speaks ${language} should read this text. Take this ${mark} out then.`;

test('a text whose first line says so needs review; one that says it elsewhere does not', async () => {
  const told = await notesOn({
    'campaign.yaml': '',
    'ht/email.hbs': '{{! needs review }}\nSubject: a\n\nb\n',
    'ht/phone.hbs': '{{!-- needs review --}}\nb\n',
    'ht/voicemail.hbs': 'b\n{{! needs review }}\n',
    'fr/page.md': '<!-- needs review -->\n# a\n',
    'fr/prompts.md': '- a\n',
  });
  expect(told).toEqual([
    `fr/page.md:1:1: ${message('French')}`,
    `ht/email.hbs:1:1: ${message('Haitian Creole')}`,
    `ht/phone.hbs:1:1: ${message('Haitian Creole')}`,
  ]);
});

test('a line of campaign.yaml needs review where a comment on it or above it says so', async () => {
  const told = await notesOn({
    'campaign.yaml':
      'title:\n  en: a\n  ht: b # needs review\nsummary:\n  # needs review\n  es: >-\n    c\n# needs review\ngoal: 1\n',
  });
  expect(told).toEqual([
    `campaign.yaml:3:9: ${message('Haitian Creole', 'comment')}`,
    `campaign.yaml:5:3: ${message('Spanish', 'comment')}`,
    `campaign.yaml:8:1: ${message('its language', 'comment')}`,
  ]);
});

test('a locale file needs review while it has a key that says so beside its groups of strings', async () => {
  writeFileSync(join(folder, 'ht.json'), '{\n  "needs_review": "Read me.",\n  "site": {}\n}\n');
  writeFileSync(join(folder, 'es.json'), '{"site": {"name": "needs_review"}}\n');
  writeFileSync(join(folder, 'en.json'), '{\n  "preview": {\n    "needs_review": "needs review"\n  }\n}\n');
  expect(await localesNeedReview(folder)).toEqual([
    { file: join(folder, 'ht.json'), line: 2, column: 3, message: message('Haitian Creole') },
  ]);
});

test('a message begins after its comments, and a fault in it stands where the author sees it', () => {
  const read = (name: string, text: string) => readMessageFile(name, name, 'ht', text);
  const email = read('email.hbs', '{{! needs review }}\n{{!-- by Ada --}}\nSubject: a\n\n{{nowhere}}\n');
  expect([email.template!.subject, email.template!.text]).toEqual(['a', '{{nowhere}}']);
  expect(email.faults).toEqual([expect.objectContaining({ line: 5, column: 3 })]);
  const phone = read('phone.hbs', '{{! needs review }}\nHi {{nowhere}}\n');
  expect([phone.template!.text, phone.faults[0]!.line]).toEqual(['Hi {{nowhere}}', 2]);
  const empty = read('phone.hbs', '{{! needs review }}\n');
  expect(empty.faults[0]!.message).toMatch(/^This file is empty/);
  const headless = read('email.hbs', '{{! needs review }}\nDear all,\n');
  expect(headless.faults).toEqual([
    expect.objectContaining({ line: 2, message: expect.stringMatching(/^The Subject is missing/) }),
  ]);
});

test('a page shows nothing of the mark', async () => {
  const { campaign } = await readCampaign('campaigns', 'visible-act');
  expect(campaign!.pages.ht!.html).toMatch(/^<h2>Sa pwojè lwa yo te di/);
  for (const { text, subject } of campaign!.templates) expect(text + subject).not.toMatch(/needs review/);
});
