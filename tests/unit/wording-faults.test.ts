import { emptyTexts } from '../../server/campaigns/wording-faults.ts';
import { type MadeUpCampaign, madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';

const EXTRA = { person_id: 'ocd-person/1', reason: { en: 'Chairs the committee.' } };

const faultsOf = (special: MadeUpCampaign) =>
  emptyTexts(madeUpCampaign(special)).map(({ file, line, column, message }) => {
    expect(message).toMatch(
      /^For .* is empty\. Add words that stand outside of \{\{#if}}, or after \{\{else}}\.$/,
    );
    return `${file}:${line}:${column} ${message.split(' is empty.')[0]}`;
  });

test.each<[text: string, who: string, special?: MadeUpCampaign]>([
  ['{{#if position}}Thank you.{{/if}}', 'a legislator of whom nothing is known'],
  ['{{#unless position}}Hello.{{/unless}}', 'a legislator whose position is sponsor'],
  ['{{#if committee.name}}Hello.{{/if}}', 'a legislator who does not sit on the committee that has the bill'],
  ['{{#unless committee.name}}Hello.{{/unless}}', 'a legislator who sits on the committee that has the bill'],
  [
    '{{legislator.given_name}} {{legislator.party}}',
    'a legislator whose first name, last name or party is not known',
  ],
  ['{{bill.title}}', 'every legislator'],
  [
    '{{bill.title}}',
    'a legislator who sits in the lower chamber',
    {
      bills: [
        { identifier: 'SB 1', session: '2026', chamber: 'upper', title: 'Water', roll_calls: [] },
        { identifier: 'HB 2', session: '2026', chamber: 'lower', roll_calls: [] },
      ],
    },
  ],
  [
    '{{#if is_constituent}}Hello.{{/if}}',
    'a legislator in whose district the supporter does not live',
    { targets: { extra: [EXTRA] } },
  ],
  [
    '{{#if position}}{{#unless bill.title}}{{#if legislator.party}}{{#unless committee.name}}Hello.{{/unless}}{{/if}}{{/unless}}{{/if}}',
    'a legislator of whom nothing is known',
  ],
  [
    '{{#unless is_constituent}}Hello.{{/unless}}',
    'a legislator in whose district the supporter lives',
    { targets: { fallback: EXTRA } },
  ],
  [
    '{{#if reason}}{{reason}}{{/if}}',
    'a legislator whom targets.extra or targets.fallback does not name',
    { targets: { extra: [EXTRA] } },
  ],
  ['{{#if position}}{{#if committee.name}}Hello.{{/if}}{{/if}}', 'a legislator of whom nothing is known'],
  [
    '{{#if position}}Hello.{{else if committee.name}}{{#unless legislator.party}}Hello.{{/unless}}{{/if}}',
    'a legislator of whom nothing is known',
  ],
])('a script that reads %j is empty for %s', (text, who, special = {}) => {
  expect(faultsOf({ ...special, files: { 'en/phone.hbs': text } })).toEqual([
    `en/phone.hbs:1:1 For ${who} this text`,
  ]);
});

test('a Subject is judged by itself, the text of an e-mail where it begins', () => {
  const files = { 'en/email.hbs': 'Subject: {{#if position}}a{{/if}}\n\n{{#unless position}}b{{/unless}}' };
  expect(faultsOf({ files })).toEqual([
    'en/email.hbs:1:1 For a legislator of whom nothing is known this Subject',
    'en/email.hbs:3:1 For a legislator whose position is sponsor this text',
  ]);
});

test('only those count who get the text: a file for allies always has a position', () => {
  const text = '{{#if position}}Thank you.{{/if}}';
  const files = { 'en/phone.ally.hbs': text, 'en/voicemail.sponsor.hbs': text };
  expect(faultsOf({ files })).toEqual([]);
  // Nobody else is left for the plain one.
  const others = { 'en/phone.unknown.hbs': 'Hello.', 'en/phone.hbs': text };
  expect(faultsOf({ files: others })).toEqual([]);
  expect(faultsOf({ files: { 'en/phone.hbs': text }, targets: { stances: ['ally'] } })).toEqual([]);
  expect(
    faultsOf({ files: { 'en/phone.hbs': text }, targets: { stances: ['ally'], extra: [EXTRA] } }),
  ).toEqual(['en/phone.hbs:1:1 For a legislator of whom nothing is known this text']);
});

test('only supporters from elsewhere are met as such where someone is named for them', () => {
  const files = { 'en/phone.hbs': '{{#if is_constituent}}Hello.{{/if}}' };
  expect(faultsOf({ files })).toEqual([]);
});

test('each variant, language and translation is judged, and told once', () => {
  const empty = '{{#if position}}Thank you.{{/if}}';
  const files = {
    'en/phone@long.hbs': empty,
    'es/phone.hbs': empty,
    'ht/phone.hbs': empty,
    'en/voicemail@a.hbs': 'Hello.',
    'en/voicemail@b.hbs': empty,
  };
  const told = faultsOf({ files, languages: ['en', 'ht'], message_languages: ['en', 'es'] });
  expect(told.map((one) => one.split(' ')[0]).toSorted()).toEqual([
    'en/phone@long.hbs:1:1',
    'en/voicemail@b.hbs:1:1',
    'es/phone.hbs:1:1',
    'ht/phone.hbs:1:1',
  ]);
});

test('a text that nobody gets is not judged', () => {
  const files = { 'en/phone.ally.hbs': '{{bill.title}}' };
  expect(faultsOf({ files, targets: { stances: ['unknown'] } })).toEqual([]);
  expect(faultsOf({ files })).toEqual(['en/phone.ally.hbs:1:1 For every legislator this text']);
});
