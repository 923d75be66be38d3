import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { POSITIONS, type PositionName } from '../../server/bills/position.ts';
import type { Campaign } from '../../server/campaigns/campaign.ts';
import { campaignFileSchema, knownKeys } from '../../server/campaigns/campaign-schema.ts';
import { readMessageFile } from '../../server/campaigns/message-files.ts';
import { messagesFor } from '../../server/campaigns/messages.ts';
import { stanceOf } from '../../server/campaigns/positions.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';
import { templateFaults } from '../../server/campaigns/template-faults.ts';
import { TEMPLATE_NAMES, writtenOut } from '../../server/campaigns/template-names.ts';
import { mailLinks } from '../../views/assets/mail-links.js';
import { madeUpTarget } from '../fixtures/campaigns/made-up-target.ts';
import { floridaWords } from '../support/message-words.ts';

/** The guide, and what many campaigns never need. */
const README = ['campaigns/README.md', 'campaigns/MORE.md']
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

/** The text below a heading, up to the next one. */
function section(heading: string): string {
  const [, text] = README.split(`\n${heading}\n`);
  return text!.split(/\n#+ /)[0]!;
}

/** The rows of a section's tables without their heads, as cells. */
function rows(heading: string): string[][] {
  return section(heading)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .slice(1)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

function blocks(language: string): string[] {
  return [...README.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    (match) => match[1]!,
  );
}

const unquoted = (cell: string) => cell.replace(/^`|`$/g, '');

let campaign: Campaign;
beforeAll(async () => {
  campaign = (await readCampaign('campaigns', 'visible-act')).campaign!;
});

/** What a message says to the made-up senator of the README, who has this position. */
function read(text: string, position?: PositionName, is_current = false): string {
  const [stated] = campaign.positions;
  const target = madeUpTarget({
    changes: { committee: 'Rules', reason: { en: 'Chairs the committee' } },
    position,
    stated: { ...stated!, ...(position && { position }), is_current },
  });
  const plain = {
    language: 'en',
    wording: 'plain',
    variant: '',
    file: '',
    line: 1,
    subject: '',
    text,
  } as const;
  const templates = (['email', 'phone'] as const).map((kind) => ({ ...plain, kind }));
  return messagesFor(
    { ...campaign, templates },
    {
      target,
      language: 'en',
      page_language: 'en',
      wordsIn: floridaWords,
      pickVariant: () => '',
    },
  ).phone.text;
}

test('every name that a template may use stands in the README, and no other', () => {
  expect(rows('## Names you can use').map(([name]) => unquoted(name!))).toEqual(writtenOut(TEMPLATE_NAMES));
});

test('every name reads as the README has it', () => {
  for (const [name, , example] of rows('## Names you can use')) {
    if (['`bills`', '`is_constituent`'].includes(name!)) continue;
    const text = read(`{{${unquoted(name!)}}}`, 'sponsor');
    // Long examples are cut off with an ellipsis.
    const begin = example!.replace(/ …$/, '');
    expect([name, begin === example ? text : text.slice(0, begin.length)]).toEqual([name, begin]);
  }
});

test('every key of campaign.yaml stands in the README, those that must be there first, with an example that is right', () => {
  const keys = rows('## campaign.yaml, key by key').map(([key]) => unquoted(key!));
  expect(keys.toSorted()).toEqual(knownKeys([]).toSorted());
  const [corrections, ...others] = blocks('yaml').filter((block) => !/^[a-z]/.test(block));
  expect(others).toEqual([]);
  expect(corrections).toMatch(/^- state: fl\n/);
  const positions = blocks('yaml').find((block) => block.startsWith('positions:'));
  const [small] = blocks('yaml').filter((block) => block.startsWith('status:'));
  expect(campaignFileSchema.safeParse(parse(small!)).data).toMatchObject({ status: 'draft', goal: 500 });
  const examples = rows('## campaign.yaml, key by key').map(([key, , example]) =>
    key === '`positions`' ? positions! : unquoted(example!),
  );
  const whole = parse(examples.join('\n'));
  expect(campaignFileSchema.safeParse(whole).error).toBeUndefined();
  for (const block of blocks('yaml').filter((one) => one !== corrections))
    expect([block, campaignFileSchema.safeParse({ ...whole, ...parse(block) }).error]).toEqual([
      block,
      undefined,
    ]);
  for (const [index, key] of keys.entries()) {
    const { [key]: _, ...without } = whole;
    expect([key, campaignFileSchema.safeParse(without).success]).toEqual([key, index >= 6]);
  }
});

test.each([
  ['## What happens to a bill', [['bills', 0]]],
  ['## Partners', [['partners', 0]]],
  ['## Whom you ask', [['targets'], ['targets', 'extra', 0], ['targets', 'fallback']]],
])('%s shows every key in an example, and tells of those that may be left out', (heading, paths) => {
  const text = section(heading);
  for (const path of paths) {
    const keys = knownKeys(path);
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      // What a bill is called stands with the key `bills`, as do its title, its page and its session.
      const known = ['title', 'url', 'session_name'].includes(key)
        ? section('## campaign.yaml, key by key')
        : text;
      expect([key, known.includes(`${key}:`) || known.includes(`\`${key}\``)]).toEqual([key, true]);
    }
  }
});

test('every position stands in the README with its stance and its words', () => {
  const lists = [...section('## Positions').matchAll(/^- (\w+): ([^-]*)$/gm)];
  const known = lists.flatMap(([, stance, positions]) =>
    [...positions!.matchAll(/`(\w+)` \(([^)]+)\)/g)].map(([, position, label]) => ({
      stance,
      position,
      label: label!.replace(/\s+/g, ' '),
    })),
  );
  expect(known.map(({ position }) => position).toSorted()).toEqual([...POSITIONS].toSorted());
  for (const { stance, position, label } of known) {
    expect(stanceOf(position as PositionName, 'support')).toBe(stance);
    expect(read('{{position.label}}', position as PositionName)).toBe(label);
  }
});

test('the messages in the README have no fault and read as they say', () => {
  const [email, conditions, elsewhere, ...others] = blocks('handlebars');
  expect(others).toEqual([]);
  expect(templateFaults(elsewhere!)).toEqual([]);
  expect(read(elsewhere!)).toBe('I live in your district.');
  expect(readMessageFile('email.hbs', 'email.hbs', 'en', email!).faults).toEqual([]);
  expect(templateFaults(conditions!)).toEqual([]);
  const bills = '- SB 316, filed in the Senate of Florida\n- HB 419, filed in the House of Florida';
  expect(read(conditions!, 'sponsor')).toBe(`You sponsored SB 316.\n\n${bills}`);
  expect(read(conditions!)).toBe(`Where do you stand?\n\n${bills}`);
  expect(
    templateFaults('{{#each bills}}{{#if @first}}{{@index}}{{/if}}{{#if @last}}a{{/if}}{{/each}}'),
  ).toEqual([]);
});

test('the file names in the README are names of messages, and each goes to whom it says', () => {
  const table = rows('## Messages, and who gets which');
  const who: (PositionName | undefined)[] = ['sponsor', 'voted_no', undefined];
  const wordings = table.map((row) => row.slice(1).map((cell) => /email(?:\.(\w+))?\.hbs/.exec(cell)?.[1]));
  expect(wordings).toEqual(who.map((position) => [position, stanceOf(position, 'support'), undefined]));
  for (const [name] of README.matchAll(/\b(?:email|phone|voicemail)[.@][\w.@]*hbs/g))
    expect(readMessageFile(name, name, 'en', 'Subject: a\n\nb').faults).toEqual([]);
});

test('the fault in the README is the one that is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-campaigns-'));
  mkdirSync(join(folder, 'campaigns'));
  cpSync('campaigns/visible-act', join(folder, 'campaigns/clean-water'), { recursive: true });
  const email = join(folder, 'campaigns/clean-water/en/email.hbs');
  writeFileSync(email, readFileSync(email, 'utf8').replace('{{legislator.name}}', '{{legislator.nmae}}'));
  const { faults } = await readCampaign(join(folder, 'campaigns'), 'clean-water');
  const told = faults.map(
    ({ file, line, column, message }) => `${file.slice(folder.length + 1)}:${line}:${column}: ${message}`,
  );
  expect(section('## Check it')).toContain(`\n\`\`\`\n${told.join('\n')}\n\`\`\`\n`);
  rmSync(folder, { recursive: true });
});

test('an e-mail as long as the README allows fits a mail link', () => {
  const text = read(campaign.templates.find(({ file }) => file.endsWith('/email.hbs'))!.text).repeat(3);
  const to = 'bartholomew.featherstone.web@flsenate.example.gov';
  const cut = (letters: number) =>
    mailLinks({ to, subject: campaign.title.en!, text: text.slice(0, letters) }).is_cut;
  expect(section('## Good manners')).toContain('150 words, or 1,000 letters');
  expect(text.length).toBeGreaterThan(1000);
  expect(cut(1000)).toBe(false);
  expect(text.split(/\s+/, 150).join(' ').length).toBeLessThan(1000);
});
