import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { campaignJsonSchema, knownKeys } from '../../server/campaigns/campaign-schema.ts';
import { editorHints, SCHEMA_LINE } from '../../server/campaigns/editor-hints.ts';
import { correctionsJsonSchema } from '../../server/legislators/corrections-file.ts';

interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
}

const SCHEMAS: [file: string, made: string][] = [
  ['campaign.schema.json', campaignJsonSchema()],
  ['legislators.overrides.schema.json', correctionsJsonSchema()],
];

/** Every field of a schema with what editors say of it. */
function fieldsOf(schema: Schema, path = ''): [path: string, description: string | undefined][] {
  const own = Object.entries(schema.properties ?? {}).flatMap(
    ([name, inner]): ReturnType<typeof fieldsOf> => [
      [`${path}${name}`, inner.description],
      ...fieldsOf(inner, `${path}${name}.`),
    ],
  );
  const within = [...(schema.items ? [schema.items] : []), ...(schema.anyOf ?? [])];
  return [...own, ...within.flatMap((inner) => fieldsOf(inner, path))];
}

test.each(SCHEMAS)(
  '%s is the one that the files are checked by: npm run campaign -- schema makes it',
  (file, made) => {
    expect(readFileSync(join('campaigns', file), 'utf8')).toBe(made);
  },
);

test.each(SCHEMAS)('%s explains every field to who fills it in', (_, made) => {
  const fields = fieldsOf(JSON.parse(made));
  expect(fields.length).toBeGreaterThan(20);
  expect(fields.filter(([, description]) => !description)).toEqual([]);
});

test('the schema knows every key of campaign.yaml', () => {
  const fields = fieldsOf(JSON.parse(campaignJsonSchema())).map(([path]) => path);
  expect(fields).toEqual(expect.arrayContaining(knownKeys([])));
});

test('every campaign here names the schema in its first line, and so do the corrections', () => {
  const slugs = readdirSync('campaigns', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of slugs) {
    const [first] = readFileSync(join('campaigns', name, 'campaign.yaml'), 'utf8').split('\n');
    expect([name, first]).toEqual([name, SCHEMA_LINE]);
  }
  expect(readFileSync('campaigns/legislators.overrides.yaml', 'utf8')).toMatch(
    /^# yaml-language-server: \$schema=legislators\.overrides\.schema\.json\n/,
  );
});

test.each([
  ['in the first line', `${SCHEMA_LINE}\ntitle: a\n`, 0],
  ['below another note', `# Clean water\n\n${SCHEMA_LINE}\ntitle: a\n`, 0],
  ['by an address', '# yaml-language-server: $schema=https://example.org/a.json\ntitle: a\n', 0],
  ['nowhere', '# Clean water\ntitle: a\n', 1],
  ['below a key, where editors do not look', `title: a\n${SCHEMA_LINE}\n`, 1],
])('a campaign that names the schema %s: so many hints', (_, source, hints) => {
  expect(editorHints('campaign.yaml', source)).toHaveLength(hints);
});
