import { billWarnings, otherBillsInYaml, strangersInText } from '../../server/campaigns/bill-warnings.ts';
import type { Campaign } from '../../server/campaigns/campaign.ts';
import { madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';

const billOf = (identifier: string, session = '2027') =>
  madeUpCampaign({ bills: [{ identifier, session, chamber: 'upper', roll_calls: [] }] });
const strangers = (campaign: Campaign, file: string, source: string) =>
  strangersInText(campaign, { file, source, isState: (code) => ['FL', 'GA'].includes(code) });
const named = (identifier: string) => billWarnings(billOf(identifier)).map(({ message }) => message);

test.each(['SB 316', 'HB0012', 'B 26-0012', 'LD 1', 'ABX1 2', 'HB 12A', 'H.R. 5'])(
  'a bill called %s is not told of',
  (identifier) => expect(named(identifier)).toEqual([]),
);

test.each([
  ['hb1234', 'HB 1234'],
  ['Sb. 12', 'SB 12'],
  ['LB12x', 'for example SB 316'],
  ['316', 'for example SB 316'],
])('a bill called %s is told of, with how it may be written', (identifier, like) => {
  expect(named(identifier)).toEqual([
    `'${identifier}' does not look like the name of a bill. Write it as the legislature does, letters, a space and the number: ${like}.`,
  ]);
});

test('a session without a number is told of, in its place', () => {
  expect(billWarnings(billOf('SB 1', '2027 Special Session A'))).toEqual([]);
  const [warning] = billWarnings(billOf('SB 1', 'next year'));
  expect(warning!.path).toEqual(['bills', 0, 'session']);
  expect(warning!.message).toMatch(/^The session 'next year' has no number in its name/);
});

test('a line of campaign.yaml that names another bill is told of, its own in any spelling is not', () => {
  const { bills } = billOf('LB 13');
  const title = { en: 'Support LB 12', es: 'Apoye la LB13' };
  const summary = { en: 'LB0013 and HB 12 and GLB 12, see https://example.org/LB12.' };
  expect(otherBillsInYaml(madeUpCampaign({ bills, title, summary }))).toEqual([
    {
      path: ['title', 'en'],
      message:
        "'LB 12' is named here, and is no bill of this campaign (LB 13). Correct it, or leave it if another bill is meant.",
    },
  ]);
});

test('a text that names another bill is told of once, where it stands, and not for its notes', () => {
  const source = '{{! was LB 11 }}\nSay LB 12.\nLB 12 it is, and LB 13.';
  expect(strangers(billOf('LB 13'), 'en/phone.hbs', source)).toEqual([
    { file: 'en/phone.hbs', line: 2, column: 5, message: expect.stringMatching(/^'LB 12' is named here/) },
  ]);
});

test('bills of positions may be named, and those of one letter are passed over', () => {
  const position = {
    person_id: 'ocd-person/00000000-0000-0000-0000-000000000001',
    position: 'sponsor' as const,
    bill: 'LB 7',
    session: '2025',
    date: '2025-02-01',
    source: 'https://example.org',
  };
  const campaign = madeUpCampaign({ bills: billOf('LB 13').bills, positions: [position] });
  expect(strangers(campaign, 'a', 'LB 7 was the one before.')).toEqual([]);
  expect(strangers(billOf('A 13'), 'a', 'A 5 percent cut.')).toEqual([]);
});

test("another state's code before the ZIP code is told of", () => {
  const of = (code: string) =>
    strangers(madeUpCampaign(), 'a', `x\n{{supporter.city}}, ${code} {{supporter.zip}}`);
  expect(of('FL')).toEqual([]);
  expect(of('QQ')).toEqual([]);
  expect(of('GA')).toEqual([
    {
      file: 'a',
      line: 2,
      column: 21,
      message: "'GA' stands before the ZIP code, and the campaign is one of FL. Write FL.",
    },
  ]);
});
