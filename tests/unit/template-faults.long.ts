import { messagesFor } from '../../server/campaigns/messages.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';
import { templateFaults } from '../../server/campaigns/template-faults.ts';
import { madeUpTarget } from '../fixtures/campaigns/made-up-target.ts';
import { floridaWords } from '../support/message-words.ts';

const faultsOf = (template: string, has_position = false) =>
  templateFaults(template, has_position).map(({ line, column, message }) => `${line}:${column} ${message}`);

test.each([
  // Names
  ['{{legislator.nmae}}', '1:3', "There is no name 'legislator.nmae'. Did you mean 'legislator.name'?"],
  ['{{Legislator.Name}}', '1:3', "Did you mean 'legislator.name'?"],
  ['one\n  {{ bill.number }}', '2:6', "There is no name 'bill.number'."],
  [
    '{{legislator}}',
    '1:3',
    "'legislator' is a group of names: write one of legislator.title, legislator.name",
  ],
  ['{{bills}}', '1:3', "'bills' is a list: write {{#each bills}}"],
  ['{{bills.0.identifier}}', '1:3', "There is no name 'bills.0.identifier'. Did you mean 'bill.identifier'?"],
  ['{{this}}', '1:3', "'this' is a group of names"],
  ['{{../legislator.name}}', '1:3', "There is no name '../legislator.name'. Did you mean 'legislator.name'?"],
  ['{{@root.legislator.name}}', '1:3', "There is no name '@root.legislator.name'."],
  ['{{@index}}', '1:3', "There is no name '@index'. Within {{#each}} there are"],
  ['{{legislator.constructor}}', '1:3', "There is no name 'legislator.constructor'."],
  ['{{constructor}}', '1:3', "There is no name 'constructor'."],
  ['{{legislator.__proto__}}', '1:3', "There is no name 'legislator.__proto__'."],
  ['{{legislator.name.length}}', '1:3', "There is no name 'legislator.name.length'."],
  ['{{helperMissing}}', '1:3', "There is no name 'helperMissing'."],
  ['{{“bill.title”}}', '1:3', 'There is no name'],
  ['{{"bill.title"}}', '1:3', 'A name is expected here, such as legislator.name.'],
  ['{{7}}', '1:3', 'A name is expected here'],
  // What stands beside a name
  ['{{lookup legislator "name"}}', '1:3', "'lookup' can not be followed by anything"],
  ['{{log "x"}}', '1:3', "'log' can not be followed by anything"],
  ['{{legislator name}}', '1:3', "'legislator' can not be followed by anything: a name stands alone"],
  ['{{legislator.name size=1}}', '1:3', "'legislator.name' can not be followed by anything"],
  ['{{> header}}', '1:1', 'Templates of campaigns can not include others.'],
  ['{{#> header}}x{{/header}}', '1:1', 'Templates of campaigns can not include others.'],
  ['{{* header}}', '1:1', 'Templates of campaigns can not include others.'],
  // Blocks
  ['{{#if positon}}a{{/if}}', '1:7', "There is no name 'positon'. Did you mean 'position'?"],
  ['{{#if position}}a{{else if bill.nmae}}b{{/if}}', '1:28', "There is no name 'bill.nmae'."],
  ['{{#if position}}a{{else}}{{oops}}{{/if}}', '1:28', "There is no name 'oops'."],
  ['{{#unless position}}{{oops}}{{/unless}}', '1:23', "There is no name 'oops'."],
  ['{{#each bills}}{{supporter.name}}{{/each}}', '1:18', "Did you mean '../supporter.name'?"],
  ['{{#each bills}}{{@key}}{{/each}}', '1:18', "There is no name '@key'."],
  ['{{#each bill}}a{{/each}}', '1:9', "'bill' is not a list. Lists are: bills."],
  ['{{#each bilss}}{{identifeir}}{{/each}}', '1:9', "There is no name 'bilss'. Did you mean 'bills'?"],
  [
    '{{#each bills as |one|}}{{one.title}}{{/each}}',
    '1:4',
    '{{#each}} takes one name and nothing else: {{#each bills}}',
  ],
  ['{{#if}}a{{/if}}', '1:4', '{{#if}} takes one name and nothing else'],
  ['{{#if position bill}}a{{/if}}', '1:4', '{{#if}} takes one name and nothing else'],
  ['{{#if (eq bill.title "a")}}a{{/if}}', '1:7', 'A name is expected here'],
  ['{{#with bill}}{{title}}{{/with}}', '1:4', "There is no block 'with'. Known are: if, unless, each."],
  ['{{#iff position}}a{{/iff}}', '1:4', "There is no block 'iff'. Did you mean 'if'?"],
  ['{{#position}}a{{/position}}', '1:4', "There is no block 'position'. Write {{#if position}}"],
  ['{{^position}}a{{/position}}', '1:4', "There is no block 'position'."],
  ['{{#if position}}a{{elseif bill}}b{{/if}}', '1:20', "Did you mean 'else if'?"],
  // Syntax
  ['a\n{{#if position}}', '2:1', '{{#if}} is never closed. Put {{/if}} where it ends.'],
  ['{{#if position}}a{{#if bill}}b{{/if}}', '1:1', '{{#if}} is never closed.'],
  ['{{#if position}}a{{/unless}}', '1:18', '{{/unless}} closes a block that {{#if}} opened. Write {{/if}}.'],
  ['a{{/if}}', '1:2', '{{/if}} closes a block that was never opened.'],
  ['a\n{{if position}}b{{/if}}', '2:1', 'Write {{#if position}}: a block begins with #.'],
  ['a {{else}} b', '1:3', '{{else}} stands outside of'],
  ['{{#if position}}a{{else}}b{{else}}c{{/if}}', '1:27', 'This block has an {{else}} already.'],
  ['Dear {{legislator.name,\n{{supporter.name}}', '1:6', 'This {{ is never closed. End it with }}.'],
  ['Dear {{legislator.name},', '1:6', 'This {{ is never closed.'],
  ['a {{!-- note', '1:3', 'This {{ is never closed.'],
  ['Dear {{{legislator.name}}', '1:6', 'These braces do not pair.'],
  ['Dear {{legislator.name}}}', '1:6', 'These braces do not pair.'],
  ['Dear {legislator.name},', '1:6', 'A name stands between two braces on each side'],
  ['{{#if bill}}\n  {oops}\n{{/if}}\n}', '2:3', 'A name stands between two braces'],
  ['\\{{legislator.name}}', '1:1', 'A name stands between two braces on each side, without a backslash'],
  ['{{{{if bill}}}} {{x}} {{{{/if}}}}', '1:1', 'A name stands between two braces on each side'],
  ['a {{}}', '1:3', '{{}} can not be read.'],
  [
    '{{!-- {{#if}} --}}\n{{ legislator.name | upper }}',
    '2:1',
    '{{ legislator.name | upper }} can not be read.',
  ],
  ['{{#if position}}a{{ / if}}', '1:18', '{{ / if}} can not be read.'],
])('%j is told at %s', (template, place, message) => {
  const [first] = faultsOf(template);
  expect(first).toContain(`${place} `);
  expect(first).toContain(message);
});

test('one mistake is told once, two mistakes twice', () => {
  expect(faultsOf('{{#each bilss}}{{identifeir}}{{/each}}').length).toBe(1);
  expect(faultsOf('{a}\n{{b}}\n{{#if c}}{{d}}{{/if}}').map((fault) => fault.split(' ')[0])).toEqual([
    '1:1',
    '2:3',
    '3:7',
    '3:12',
  ]);
});

test('a position that may be empty is asked for only between {{#if}} and its end', () => {
  for (const wrong of [
    '{{position.label}}',
    '{{#if bill}}{{position.label}}{{/if}}',
    '{{#unless position}}{{position.label}}{{/unless}}',
    '{{#if position}}a{{else}}{{position.label}}{{/if}}',
    '{{#each bills}}{{../position.label}}{{/each}}',
  ]) {
    expect(faultsOf(wrong)).toEqual([
      expect.stringContaining('is empty for legislators of whom nothing is known'),
    ]);
    expect(faultsOf(wrong, true)).toEqual([]);
  }
  for (const right of [
    '{{#if position}}{{position.label}}{{/if}}',
    '{{#if position.bill}}{{position.label}}{{/if}}',
    '{{#unless position}}a{{else}}{{position.label}}{{/unless}}',
    '{{#if position}}{{#each bills}}{{../position.label}}{{/each}}{{/if}}',
  ]) {
    expect(faultsOf(right)).toEqual([]);
  }
});

test.each(['committee.name', 'reason'])('%s, which is empty for most, is asked for first', (name) => {
  const told = [expect.stringMatching(new RegExp(`^1:3 '${name}' is empty for .* between {{#if ${name}}}`))];
  expect(faultsOf(`{{${name}}}`)).toEqual(told);
  expect(faultsOf(`{{${name}}}`, true)).toEqual(told);
  expect(faultsOf(`{{#if ${name}}}{{${name}}}{{/if}}`)).toEqual([]);
  expect(faultsOf(`{{#unless ${name}}}a{{else}}{{${name}}}{{/unless}}`)).toEqual([]);
  expect(faultsOf(`{{#if ${name}}}a{{else}}{{${name}}}{{/if}}`)).toHaveLength(1);
});

const target = madeUpTarget({ legislator: { name: 'Alex <b>&amp; Sample' } });

/** What a supporter reads of a template that has no fault. */
async function read(template: string): Promise<string> {
  expect(faultsOf(template)).toEqual([]);
  const { campaign } = await readCampaign('campaigns', 'visible-act');
  const plain = {
    language: 'en',
    wording: 'plain',
    variant: '',
    file: '',
    line: 1,
    subject: '',
    text: template,
  } as const;
  const templates = (['email', 'phone'] as const).map((kind) => ({ ...plain, kind }));
  return messagesFor(
    { ...campaign!, templates },
    {
      target,
      language: 'en',
      page_language: 'en',
      wordsIn: (language) => ({
        ...floridaWords(language),
        supporter: { name: 'Ada', street: '', city: '', zip: '' },
      }),
      pickVariant: () => '',
    },
  ).phone.text;
}

test.each([
  ['{{legislator.name}}', 'Alex <b>&amp; Sample'],
  ['{{{legislator.name}}}', 'Alex <b>&amp; Sample'],
  ['{{this.supporter.name}} {{~ state.name ~}} !', 'AdaFlorida!'],
  ['{{! a note }}{{!-- {{#if}} {x} --}}a', 'a'],
  ['{{#if position}}a{{else if bill.title}}b{{else}}c{{/if}}', 'b'],
  ['{{^if position}}a{{/if}}', 'a'],
  ['{{#unless position}}a{{/unless}}', 'a'],
  [
    '{{#each bills}}{{@index}} {{identifier}} {{../state.name}}{{#unless @last}}, {{/unless}}{{/each}}',
    '0 SB 316 Florida, 1 HB 419 Florida',
  ],
  ['{{#each bills}}\n- {{identifier}}, {{chamber_name}}\n{{/each}}', '- SB 316, Senate\n- HB 419, House'],
])('%j has no fault and reads %j', async (template, text) => {
  expect(await read(template)).toBe(text);
});

test('blocks in one another without end are a fault, not a crash', () => {
  for (const blocks of [51, 1000, 2500]) {
    const template = '{{#if bill}}'.repeat(blocks) + '{{/if}}'.repeat(blocks);
    expect(faultsOf(template).length).toBe(1);
  }
  expect(faultsOf('{{#if bill}}'.repeat(50) + '{{/if}}'.repeat(50))).toEqual([]);
});

test('whatever is typed into a message gives faults or a text without braces, never an error', async () => {
  const pieces = [
    '{',
    '}',
    '{{',
    '}}',
    '#if ',
    '/if',
    'else',
    'bill',
    'bill.title',
    '.',
    ' ',
    '\n',
    '^',
    '!',
    '--',
    '~',
    '>',
    '"',
    '|',
    '@',
    '(',
    '[',
    ']',
    '\\',
    '=',
    'position',
  ];
  let seed = 7;
  const pick = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return pieces[Math.floor((seed / 2_147_483_648) * pieces.length)]!;
  };
  const written: string[] = [];
  for (let count = 0; count < 5000; count += 1) {
    const template = Array.from({ length: 1 + (count % 12) }, pick).join('');
    const lines = template.split('\n').length;
    const faults = templateFaults(template);
    if (faults.length === 0) written.push(template);
    for (const { line, column, message } of faults) {
      expect(line).toBeLessThanOrEqual(lines);
      expect(column).toBeGreaterThan(0);
      expect(message).toMatch(/\.$/);
    }
  }
  expect(written.length).toBeGreaterThan(100);
  for (const template of written.slice(0, 300)) expect(await read(template)).not.toMatch(/[{}]/);
});
