import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { createApp } from '../../server/web/app.ts';
import { freeze, takeOut } from '../support/made-up-figure.ts';
import { logEntry } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { letterRow, writeLetters } from '../support/write-letters.ts';

type Schema = Record<string, unknown>;
interface Document {
  servers: { url: string }[];
  paths: Record<string, { get: { operationId: string; responses: { 200: { content: object } } } }>;
  components: { schemas: Record<string, Schema> };
}

let app: TestApp;
let document: Document;
let figure: string;
let link: string;
beforeAll(async () => {
  app = await startTestApp({ now: () => new Date('2026-11-24T15:30:00Z') });
  const { log } = app.parts.action_log;
  await Promise.all(
    [true, false].flatMap((is_sample) =>
      ['jira', ''].map((partner) => log(logEntry({ nonce: `${is_sample}${partner}`, partner, is_sample }))),
    ),
  );
  await takeOut(app.store, { id: 'before', made_at: '2026-11-20T15:00:00.000Z' });
  figure = (await freeze(app, { note: 'For the hearing' })).id;
  await takeOut(app.store, { id: 'since', made_at: '2026-12-02T15:00:00.000Z' });
  link = await app.reportLink('visible-act');
  const heard = { campaign_slug: 'visible-act', is_sample: 1, partner: '', legislator_id: 'ocd-person/1' };
  await app.store.transaction((trx) =>
    trx
      .insertInto('office_replies')
      .values({ ...heard, day: '2026-11-24', reply: 'supports', replies: 4 })
      .execute(),
  );
  const came = { campaign_slug: 'visible-act', is_sample: 1, partner: 'jira', day: '2026-11-24', visits: 9 };
  await app.store.transaction((trx) => trx.insertInto('visit_tally').values(came).execute());
  await writeLetters(app.store, [letterRow({ id: 'a', is_sample: 1, held: 'links' })]);
  const answered = { ...heard, day: '2026-11-24', answers: 1 };
  await app.store.transaction((trx) => trx.insertInto('letter_answers').values(answered).execute());
  document = JSON.parse((await app.get('/api/openapi.json')).text);
});
afterAll(() => app.close());

test('the document is one by the specification, says where the site is, and may be read from anywhere', async () => {
  expect(await new Validator().validate(document as never)).toMatchObject({ valid: true });
  expect(document.servers).toEqual([{ url: app.url }]);
  const { headers } = await app.get('/api/openapi.json');
  expect([headers.get('access-control-allow-origin'), headers.get('cache-control')]).toEqual([
    '*',
    'no-cache',
  ]);
  const public_app = await startTestApp({ settings: { base_url: 'https://act.example.org' } });
  const known = JSON.parse((await public_app.get('/api/openapi.json')).text);
  await public_app.close();
  expect(known.servers).toEqual([{ url: 'https://act.example.org' }]);
});

/** Answers with data that are no one's to build on: for the app's own pages, and for whoever runs it. */
const NOT_DOCUMENTED = ['/api/openapi.json'];

test('every address of the app that ends in .json or .csv is in the document, and no other', async () => {
  const { router } = await createApp(app.parts);
  const routes = (router.stack as { route?: { path: string | string[] } }[])
    .flatMap(({ route }) => route?.path ?? [])
    .filter((path) => /\.(json|csv)$/.test(path) && !NOT_DOCUMENTED.includes(path))
    .map((path) => path.replaceAll(/:(\w+)/g, '{$1}'));
  expect(Object.keys(document.paths).toSorted()).toEqual(routes.toSorted());
});

/** Every address as it is asked for here; one that is documented and not listed fails. */
const asked = (path: string) =>
  `${path.replace('{slug}', 'visible-act').replace(/\{id\}/, figure)}${path.startsWith('/reports/') ? `?link=${link}` : ''}`;

/** Corrections, published tables and addresses that mail came back from are of real actions, and the pages of this campaign are samples. */
const EMPTY: Record<string, string[]> = {
  '/campaigns/{slug}/totals.json': ['corrections'],
  '/campaigns/{slug}/tables.json': ['legislator_by_day', 'partner_by_division', 'corrections'],
  '/reports/{slug}/corrections.json': ['rows'],
  '/reports/{slug}/offline.json': ['rows'],
  '/reports/{slug}/report.json': ['offline', 'unknown_codes'],
  '/reports/{slug}/set_aside.json': ['rows'],
  '/reports/{slug}/unknown_codes.json': ['rows'],
};

/** The shapes, each closed: a field that the document does not name is a fault. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in inner && inner.type === 'object' ? { ...inner, additionalProperties: false } : inner;
}

test('what each address answers is what the document says: its type, every field, and none beside', async () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(closed({ components: document.components }) as Schema, 'document');
  for (const [path, { get }] of Object.entries(document.paths)) {
    const [[type, { schema }]] = Object.entries(get.responses[200].content) as [[string, { schema: Schema }]];
    const { status, headers, text } = await app.get(asked(path));
    expect([path, status, headers.get('content-type')]).toEqual([path, 200, `${type}; charset=utf-8`]);
    if (type === 'text/csv') {
      expect(schema.description).toMatch(new RegExp(`${text.split('\r\n')[0]}$`));
      continue;
    }
    const validate = ajv.compile({ $ref: `document${schema.$ref}` });
    const answer = JSON.parse(text);
    validate(answer);
    expect([path, validate.errors]).toEqual([path, null]);
    // What is checked is closed, and every list has something in it to be checked.
    expect(validate({ ...answer, another_field: 1 })).toBe(false);
    const empty = Object.entries(answer).filter(([, value]) => Array.isArray(value) && value.length === 0);
    expect([path, ...empty.map(([name]) => name)]).toEqual([path, ...(EMPTY[path] ?? [])]);
  }
});

test('where nothing is there, programs that ask for JSON get the code that the document tells of', async () => {
  for (const path of Object.keys(document.paths)) {
    const { status, text } = await app.get(path.replace(/\{\w+\}/, 'nowhere'), {
      accept: 'application/json',
    });
    const [refused, code] = path.startsWith('/reports/') ? [403, 'report_wrong'] : [404, 'not_found'];
    expect([path, status, JSON.parse(text)]).toEqual([path, refused, { code }]);
  }
});
