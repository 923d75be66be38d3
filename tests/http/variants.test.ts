import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changedCampaign } from '../support/changed-campaign.ts';
import { type Answer, formFields } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const SENATE_5 = 'ocd-division/country:us/state:fl/sldu:5';
const HOUSE_14 = 'ocd-division/country:us/state:fl/sldl:14';
const ACT = `${PATH}/act?division=${SENATE_5}&division=${HOUSE_14}&partner=jira`;

let app: TestApp;
let chance = 0;
let drop: () => void;
beforeAll(async () => {
  const changed = changedCampaign((yaml) => `${yaml}\nvariants: {b: 3}\n`);
  drop = changed.drop;
  for (const language of ['en', 'es'])
    for (const kind of ['email', 'phone']) {
      const file = (name: string) => join(changed.folder, 'visible-act', language, name);
      const text = readFileSync(file(`${kind}.hbs`), 'utf8').trimEnd();
      renameSync(file(`${kind}.hbs`), file(`${kind}@a.hbs`));
      writeFileSync(file(`${kind}@a.hbs`), `${text}\nWording A.\n`);
      writeFileSync(file(`${kind}@b.hbs`), `${text}\nWording B.\n`);
    }
  app = await startTestApp({ campaigns_dir: changed.folder, parts: () => ({ random: () => chance }) });
});
beforeEach(() => {
  chance = 0;
});
afterAll(async () => {
  await app.close();
  drop();
});

/** Follows redirects to a page, as a browser does. */
async function open(path: string): Promise<Answer & { path: string }> {
  const answer = await app.get(path);
  if (answer.status !== 303) return { ...answer, path };
  return open(answer.headers.get('location')!);
}

/** The wordings that a page shows, each once: 'A', 'B'. */
function wordingsOn({ $ }: Answer): string[] {
  const shown = `${$('main').text()} ${$('textarea').text()}`;
  return [...new Set([...shown.matchAll(/Wording (\w)\./g)].map(([, name]) => name!))];
}

const rows = async () =>
  (await app.parts.readTotals(app.parts.campaigns.get('visible-act')!, true)).completed_actions;

test('chance falls once, by weight: all legislators, calls and e-mails of a visit say the same', async () => {
  for (const [drawn, wording] of [
    [0, 'A'],
    [0.24, 'A'],
    [0.26, 'B'],
    [0.99, 'B'],
  ] as const) {
    chance = drawn;
    expect(wordingsOn(await open(ACT))).toEqual([wording]);
  }
});

test('a reload, another language, compose, an action and the way back keep the variant, and the action is counted as it', async () => {
  chance = 0.9;
  const before = await rows();
  const first = await open(ACT);
  expect(new URL(first.path, app.url).searchParams.getAll('variant')).toEqual(['b']);
  // Whatever chance would say from here on, it is not asked.
  chance = 0;
  expect(wordingsOn(await open(first.path))).toEqual(['B']);
  const spanish = await open(first.$('.languages a[hreflang=es]').attr('href')!);
  expect(wordingsOn(spanish)).toEqual(['B']);
  expect(spanish.$('.script .meaning').length).toBeGreaterThan(0);
  const messages = await open(spanish.$('nav.words a').attr('href')!);
  expect(wordingsOn(messages)).toEqual(['B']);

  const form = formFields(first.$, '#target-1 form.compose');
  const composed = await app.post(`${PATH}/compose`, { ...form, name: 'Ada Example' });
  expect(wordingsOn(composed)).toEqual(['B']);
  const sent = formFields(composed.$, '#target-1 form.sent');
  expect(app.parts.action_ids.verify(String(sent.action_id), new Date())).toMatchObject({
    context: { type: 'email', variant: 'b' },
  });
  const next = await app.post(`${PATH}/actions`, { ...sent, status_code: 'sent' });
  const second = await open(next.headers.get('location')!);
  expect(wordingsOn(second)).toEqual(['B']);
  const call = formFields(second.$, '#target-2 form:has(input[value=phone])');
  expect(app.parts.action_ids.verify(String(call.action_id), new Date())).toMatchObject({
    context: { type: 'phone', variant: 'b' },
  });
  const thanks = await app.post(`${PATH}/actions`, { ...call, status_code: 'contact' });
  const end = await open(thanks.headers.get('location')!);
  expect(end.path).toMatch(/\/thanks\?.*variant=b/);
  expect(await rows()).toBe(before + 2);
  // What is passed on to others leaves the draw to them.
  expect(end.$('[data-share-url]').attr('data-share-url')).toBe(`${app.url}${PATH}?partner=jira`);
  const back = end.$('a[href*="/act?"]').first().attr('href')!;
  expect(wordingsOn(await open(back))).toEqual(['B']);
});

test('a variant that the campaign does not have is drawn anew, and not carried on', async () => {
  const { path } = await open(`${ACT}&variant=unheard-of&variant=a%22`);
  expect(new URL(path, app.url).searchParams.getAll('variant')).toEqual(['a']);
});

test('a form from a page without the variant still shows one page of one wording', async () => {
  const {
    variant: _,
    letter_variant: __,
    ...form
  } = formFields((await open(ACT)).$, '#target-1 form.compose');
  const composed = await app.post(`${PATH}/compose`, { ...form, text: 'Dear Senator' });
  expect(composed.status).toBe(200);
  expect(wordingsOn(composed)).toEqual(['A']);
});
