import { readMessageFile } from '../../server/campaigns/message-files.ts';
import { emptyTexts } from '../../server/campaigns/wording-faults.ts';
import { wordingWarnings } from '../../server/campaigns/wording-warnings.ts';
import { madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';

const faultsOf = (name: string, source: string) =>
  readMessageFile(name, name, 'en', source).faults.map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
const email = (text: string) => faultsOf('email.hbs', `Subject: Water\n\n${text}`);

test('own words stand on a line of their own in the text of an e-mail, in a block or not', () => {
  expect(email('Dear you,\n\n{{supporter.own_words}}\n\nPlease.')).toEqual([]);
  expect(email('{{#if position}}\n{{ supporter.own_words }}\n{{/if}}\nPlease.')).toEqual([]);
  expect(email('{{#each bills}}\n{{../supporter.own_words}}\n{{/each}}\nPlease.')).toEqual([]);
  expect(email('{{! supporter.own_words }} Please.')).toEqual([]);
});

test.each([
  ['Because {{supporter.own_words}}', /^3:11 'supporter\.own_words' stands on a line of its own/],
  ['{{#if supporter.own_words}}Because:{{/if}} Please.', /^3:7 'supporter\.own_words' can't be asked for/],
])('in an e-mail %j is a fault at its place', (text, fault) => {
  expect(email(text)).toEqual([expect.stringMatching(fault)]);
});

test('elsewhere they are a fault: in a Subject, a script or for a machine', () => {
  const fault = /'supporter\.own_words' is for the text of an e-mail alone\. Take it out here\.$/;
  for (const [name, source] of [
    ['email.hbs', 'Subject: {{supporter.own_words}}\n\nPlease.'],
    ['phone.hbs', '{{supporter.own_words}}'],
    ['voicemail.hbs', 'Hello.\n{{supporter.own_words}}'],
  ] as const)
    expect(faultsOf(name, source)).toEqual([expect.stringMatching(fault)]);
});

test('a letter of own words alone is empty for whoever writes none', () => {
  const files = { 'en/email.hbs': 'Subject: Water\n\n{{supporter.own_words}}' };
  expect(emptyTexts(madeUpCampaign({ files }))[0]?.message).toMatch(
    /^For every legislator this text is empty/,
  );
});

test('a place for own words where nobody is asked for any is warned of', () => {
  const files = { 'en/email.hbs': 'Subject: Water\n\nPlease.\n\n{{supporter.own_words}}' };
  const told = (prompts: Record<string, string[]>) =>
    wordingWarnings(madeUpCampaign({ files, prompts })).map(({ file, message }) => `${file}: ${message}`);
  expect(told({})).toEqual([
    expect.stringMatching(/^en\/email\.hbs: Nobody is asked .* no en\/prompts\.md\./),
  ]);
  expect(told({ en: ['Why?'] })).toEqual([]);
});
