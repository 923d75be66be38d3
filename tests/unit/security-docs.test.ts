import { existsSync, readFileSync } from 'node:fs';

const text = readFileSync('docs/security.md', 'utf8');
const rows = [...text.matchAll(/^\| ([\d., ]+) +\| (.+?) +\| `(tests\/[^`]+)` +\| `([^`]+)` +\|$/gm)].map(
  ([, items = '', what = '', file = '', name = '']) => ({
    items: items.trim().split(', '),
    what,
    file,
    name,
  }),
);

test('every row of the list of OWASP names a test that is there', () => {
  expect(rows.length).toBeGreaterThan(40);
  // A row that is written in another way would be looked at by nobody.
  expect(rows).toHaveLength(text.match(/^\| \d.*`tests\//gm)!.length);
  for (const { file, name } of rows) {
    expect([file, existsSync(file)]).toEqual([file, true]);
    const source = readFileSync(file, 'utf8');
    expect([file, name, source.includes(name) && source.includes('test')]).toEqual([file, name, true]);
  }
});

test('the limits that the list of what can still be done reckons with are those of .env.example', () => {
  const settings = readFileSync('.env.example', 'utf8');
  for (const [name, value] of [
    ['ACTIONS_PER_MINUTE', '600'],
    ['LOOKUPS_PER_MINUTE', '300'],
    ['LETTERS_PER_BLOCK_PER_HOUR', '300'],
    ['LETTERS_PER_CAMPAIGN_PER_HOUR', '3000'],
    ['LETTERS_PER_HOUR', '30'],
    ['OPENSTATES_PER_MINUTE', '10'],
    ['OPENSTATES_PER_DAY', '250'],
  ])
    expect(settings).toMatch(new RegExp(`^#? ?${name}=${value}$`, 'm'));
});
