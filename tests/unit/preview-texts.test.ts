import { markNames, partsOf, plainText } from '../../server/campaigns/marked-text.ts';
import { inLine } from '../../server/campaigns/source-lines.ts';
import { lengthsOf } from '../../server/campaigns/text-lengths.ts';

test('marked values are found again in the text, with their names; empty ones stay empty', () => {
  const names = markNames({
    bill: { identifier: 'SB 1', title: '' },
    bills: [{ session: '2026' }],
    is_so: true,
  });
  const { bill, bills, is_so } = names as {
    bill: Record<string, string>;
    bills: { session: string }[];
    is_so: boolean;
  };
  expect([bill.title, is_so]).toEqual(['', true]);
  const parts = partsOf(`About ${bill.identifier} of ${bills[0]!.session}.`);
  expect(parts).toEqual([
    { text: 'About ' },
    { text: 'SB 1', name: 'bill.identifier' },
    { text: ' of ' },
    { text: '2026', name: 'bills.session' },
    { text: '.' },
  ]);
  expect(plainText(parts)).toBe('About SB 1 of 2026.');
});

test.each([
  ['', { words: 0, letters: 0, seconds: 0 }],
  ["I don't live in St. Augustine.", { words: 6, letters: 30, seconds: 3 }],
  ['¿Podría ayudar, por favor? [su nombre]', { words: 6, letters: 38, seconds: 3 }],
])('%j is as long as it is', (text, lengths) => {
  expect(lengthsOf(text)).toEqual(lengths);
});

test('half a minute is about 75 words', () => {
  expect(lengthsOf('water '.repeat(75)).seconds).toBe(30);
});

const fault = (line: number, column: number) => ({ file: 'a.hbs', line, column, message: 'Wrong.' });

test('a fault is shown in its line: the word at its column, what stands before and after', () => {
  expect(inLine(fault(2, 8), ['one', 'Dear {{legislator.nmae}},']).around).toEqual({
    before: 'Dear {{',
    at: 'legislator.nmae',
    after: '}},',
  });
  expect(inLine(fault(1, 10), ['one']).around).toEqual({ before: 'one', at: '', after: '' });
  expect(inLine(fault(3, 1), ['one']).around).toBeUndefined();
});

test('of a paragraph in one line only what is near the fault is shown', () => {
  const long = `${'a '.repeat(200)}{{nmae}}${' b'.repeat(200)}`;
  const { before, at, after } = inLine(fault(1, 403), [long]).around!;
  expect([before.length, at, after.length]).toEqual([81, 'nmae', 81]);
  expect([before[0], after.at(-1)]).toEqual(['…', '…']);
});
