import { unknownCodeLines } from '../../scripts/unknown-codes.ts';
import { OTHER_CODES } from '../../server/actions/visit-queries.ts';

const PARTNERS = [{ code: 'jira' }, { code: 'l4a' }];
const came = (code: string, visits: number) => ({
  code,
  first_day: '2026-11-20',
  last_day: '2026-11-28',
  visits,
});

test('a code that no partner has is told with how often and when it came, and with the one probably meant', () => {
  expect(unknownCodeLines([came('jria', 12), came('somebody', 1)], PARTNERS)).toBe(
    `Links with the code "jria" came 12 times, last on 2026-11-28: no partner has it. Did you mean 'jira'?
Links with the code "somebody" came once, last on 2026-11-28: no partner has it.
`,
  );
});

test('a code that a partner has been given since is told no more', () => {
  expect(unknownCodeLines([came('jira', 12)], PARTNERS)).toBe('');
  expect(unknownCodeLines([], [])).toBe('');
});

test('of many codes ten are named, and the others and what is no code are told in one line each', () => {
  const codes = Array.from({ length: 12 }, (_, index) => came(`made-up-${index}`, 100 - index));
  const lines = unknownCodeLines([...codes, came(OTHER_CODES, 7)], PARTNERS).split('\n');
  expect(lines).toHaveLength(13);
  expect(lines[9]).toMatch(/"made-up-9" came 91 times/);
  expect(lines[10]).toBe('Links with 2 other codes came less often.');
  expect(lines[11]).toBe(
    "Links with what can't be a code, or with codes beyond the first hundred, came 7 times, last on 2026-11-28.",
  );
});
