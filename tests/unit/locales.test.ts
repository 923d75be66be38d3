import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const EN = JSON.parse(readFileSync('views/locales/en.json', 'utf8'));

/** Every string's key: 'act.errors.text_empty'. A list counts as one. */
function keysOf(tree: Record<string, unknown>, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([name, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? keysOf(inner as Record<string, unknown>, `${prefix}${name}.`)
      : [`${prefix}${name}`],
  );
}

/** All of the code that may ask for a string. */
const source = ['views', 'server/web']
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => join(folder, String(file))))
  .filter((file) => /\.(pug|ts)$/.test(file))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

test('every string of the locale is asked for somewhere', () => {
  const literal = new Set([...source.matchAll(/'([a-z_]+(?:\.[a-z_-]+)+)'/g)].map((match) => match[1]!));
  // Keys put together of a fixed beginning and a value: `act.position.${name}`.
  const begun = [...source.matchAll(/`([a-z_]+(?:\.[a-z_]+)*\.)\$\{/g)].map((match) => match[1]!);
  const unused = keysOf(EN)
    .map((key) => key.replace(/_(one|other)$/, ''))
    .filter((key) => !literal.has(key) && !begun.some((beginning) => key.startsWith(beginning)));
  expect(unused).toEqual([]);
});

test('no string blames, shouts or uses the word voter', () => {
  const text = JSON.stringify(EN);
  expect(text).not.toMatch(/!|voter|oops|invalid/i);
});
