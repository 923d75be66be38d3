import { formFields } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const PATH = '/campaigns/visible-act';
const ACT = `${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14&partner=jira`;
const PERSON = { name: 'Ada Example', street: '1 Example Street', city: 'Jacksonville', zip: '32209' };

async function openForm() {
  const { $ } = await app.get(ACT);
  return formFields($, '#target-1 form.compose');
}

test('without script the server puts the details into the message and its links, and keeps nothing', async () => {
  const form = await openForm();
  const answer = await app.post(`${PATH}/compose`, { ...form, ...PERSON, no_reply: 'yes' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const text = answer.$('#target-1 textarea').text();
  expect(text).toContain('Ada Example');
  expect(text).toContain('32209');
  expect(text).not.toContain('[your name]');
  expect(text).toContain('I do not need a reply.');
  const body = new URL(answer.$('#target-1 [data-link=gmail]').attr('href')!).searchParams.get('body');
  expect(body?.replaceAll('\r\n', '\n')).toBe(text.trimStart());
  expect(answer.$('#target-1 details[open] textarea[name=text]').length).toBe(1);
  // What to do now stands first; the form to change it comes after.
  expect(answer.$('#target-1 .take').nextAll('form.compose').length).toBe(1);
  expect(answer.$('#target-2 .take').prevAll('form.compose').length).toBe(1);
  expect(answer.$('#target-2 textarea').text()).not.toContain('Ada Example');
  expect(app.log.join('\n')).not.toMatch(/Ada|Example Street/);
});

test('an empty message comes back with what was typed and what to do', async () => {
  const form = await openForm();
  const answer = await app.post(`${PATH}/compose`, { ...form, ...PERSON, text: '  ' });
  expect(answer.status).toBe(422);
  expect(answer.$('title').text()).toMatch(/^Error: /);
  const target = answer.$('.error-summary a').attr('href')!;
  expect(answer.$(target).is('textarea')).toBe(true);
  expect(answer.$('#target-1 input[name=name]').attr('value')).toBe('Ada Example');
});

test('a message that no one would write is refused kindly, and a flood is not read', async () => {
  const form = await openForm();
  expect((await app.post(`${PATH}/compose`, { ...form, text: 'x'.repeat(10_001) })).status).toBe(422);
  expect((await app.post(`${PATH}/compose`, { ...form, text: 'x'.repeat(70_000) })).status).toBe(413);
  expect((await app.post(`${PATH}/compose`, { ...form, name: 'x'.repeat(300) })).status).toBe(422);
});

test('composed once more with other details, the message has those; edited by hand, it keeps what was written', async () => {
  const first = await app.post(`${PATH}/compose`, { ...(await openForm()), ...PERSON, no_reply: 'yes' });
  const again = formFields(first.$, '#target-1 form.compose');
  delete again.no_reply;
  const second = await app.post(`${PATH}/compose`, { ...again, name: 'Olga Example' });
  const text = second.$('#target-1 textarea').text();
  expect(text).toContain('Olga Example');
  expect(text).not.toMatch(/Ada Example|I do not need a reply/);
  const third = formFields(second.$, '#target-1 form.compose');
  const edited = await app.post(`${PATH}/compose`, {
    ...third,
    text: `${third.text}\r\nMy own words.\r\n\r\nI do not need a reply.`,
    name: 'Nora Example',
  });
  const kept = edited.$('#target-1 textarea').text();
  expect(kept).toMatch(/Olga Example.*My own words\.$/s);
});

test('a subject that ends in the middle of a letter still gives a page with links', async () => {
  const form = await openForm();
  const answer = await app.post(`${PATH}/compose`, { ...form, subject: `${'a'.repeat(199)}😀` });
  expect(answer.status).toBe(200);
  const { searchParams } = new URL(answer.$('#target-1 [data-link=gmail]').attr('href')!);
  expect(searchParams.get('su')).toBe('a'.repeat(199));
});

test('a draft to someone who does not sit there says to look the districts up again', async () => {
  const form = await openForm();
  for (const text of ['Dear Senator', '']) {
    const answer = await app.post(`${PATH}/compose`, { ...form, target: 'ocd-person/nobody', text });
    expect(answer.status).toBe(404);
    expect(answer.text).toMatch(/look up your districts again/);
  }
});

test('markup in what was typed is shown as text', async () => {
  const form = await openForm();
  const { text, $ } = await app.post(`${PATH}/compose`, {
    ...form,
    ...PERSON,
    name: '<script>alert(1)</script>',
  });
  expect(text).not.toContain('<script>alert');
  expect($('#target-1 input[name=name]').attr('value')).toBe('<script>alert(1)</script>');
});

test('line breaks can not get into the subject', async () => {
  const form = await openForm();
  const { $ } = await app.post(`${PATH}/compose`, { ...form, subject: 'One\r\nBcc: b@example.org' });
  expect($('#target-1 [data-link=mailto]').attr('href')).not.toMatch(/subject=[^&]*%0/i);
});

test('a message too long for a link falls back to copying, and says so', async () => {
  const form = await openForm();
  const { $ } = await app.post(`${PATH}/compose`, { ...form, text: 'A long story. '.repeat(300) });
  expect($('#target-1 [data-too-long]').attr('hidden')).toBeUndefined();
  expect($('#target-1 [data-link=mailto]').attr('href')).not.toContain('body=');
});

test('the e-mail that is counted after composing is the one that was on the page', async () => {
  const form = await openForm();
  const composed = await app.post(`${PATH}/compose`, { ...form, ...PERSON });
  const sent = formFields(composed.$, '#target-1 form.sent');
  expect(sent).toMatchObject({ type: 'email', partner: 'jira' });
  expect((await app.post(`${PATH}/actions`, { ...sent, status_code: 'sent' })).status).toBe(303);
});

const letterIn = (answer: Awaited<ReturnType<TestApp['get']>>) =>
  answer.$('#target-1 textarea[name=text]').text().trimStart();
const OWN = 'There is a school on my street.\r\nParents ask me.';

test('own words go where the letter has a place for them, are changed there, and leave no gap when they go', async () => {
  const form = await openForm();
  expect(form.text).not.toMatch(/own_words|\n{3}/);
  const first = await app.post(`${PATH}/compose`, { ...form, ...PERSON, own_words: OWN });
  expect(letterIn(first)).toMatch(
    /neighbors\.\n\nThere is a school.*\nParents ask me\.\n\nWould you tell me/,
  );
  const again = formFields(first.$, '#target-1 form.compose');
  expect(again.own_words).toMatch(/^There is a school/);

  const second = await app.post(`${PATH}/compose`, { ...again, own_words: 'Other words.' });
  expect(letterIn(second)).toMatch(/neighbors\.\n\nOther words\.\n\nWould you/);
  const none = await app.post(`${PATH}/compose`, {
    ...formFields(second.$, '#target-1 form.compose'),
    own_words: '',
  });
  expect(letterIn(none)).toMatch(/neighbors\.\n\nWould you/);
  expect(app.log.join('\n')).not.toMatch(/school|Other words/);
});

test('own words in a letter that was edited are put in once, changed in their place, and left alone once edited there', async () => {
  const form = await openForm();
  const edited = `${form.text}\r\nOne more line.`;
  const first = await app.post(`${PATH}/compose`, { ...form, text: edited, own_words: 'Own words.' });
  // The edited text has no place of its own: below the first paragraph, then.
  expect(letterIn(first)).toMatch(
    /^Dear .*,\n\nI live in .*\n\nOwn words\.\n\nIn the 2026[\s\S]*One more line\.$/,
  );
  const fields = formFields(first.$, '#target-1 form.compose');
  const moved = await app.post(`${PATH}/compose`, {
    ...fields,
    text: `${fields.text}\r\nAnd another.`,
    own_words: 'Other words.',
  });
  expect(letterIn(moved)).toMatch(/Other words\.\n\nIn the 2026[\s\S]*And another\.$/);
  expect(letterIn(moved)).not.toContain('Own words.');

  const last = formFields(moved.$, '#target-1 form.compose');
  const text = String(last.text).replace('Other words.', 'Words of the letter.');
  let page = await app.post(`${PATH}/compose`, { ...last, text });
  for (let times = 0; times < 2; times += 1) {
    expect(letterIn(page)).toContain('Words of the letter.');
    expect(letterIn(page)).not.toContain('Other words.');
    page = await app.post(`${PATH}/compose`, formFields(page.$, '#target-1 form.compose'));
  }
});

test('own words that are too long come back with all that was typed, and nothing of the letter is lost', async () => {
  const form = await openForm();
  const answer = await app.post(`${PATH}/compose`, { ...form, ...PERSON, own_words: 'x'.repeat(1001) });
  expect(answer.status).toBe(422);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const field = answer.$(answer.$('.error-summary a').attr('href')!);
  expect(field.attr('name')).toBe('own_words');
  expect(field.text().trim()).toHaveLength(1001);
  expect(answer.$('.error-summary').text()).toContain('Your own words are longer than 1,000 letters.');
  const shorter = await app.post(`${PATH}/compose`, {
    ...formFields(answer.$, '#target-1 form.compose'),
    own_words: 'Short.',
  });
  expect(letterIn(shorter)).toMatch(/neighbors\.\n\nShort\.\n\nWould you/);
});

test('questions stand in the language of the page, and the letter says that its language is another', async () => {
  const { $ } = await app.get(`${ACT}&lang=es`);
  const box = $('#target-1 .field:has([name=own_words])');
  expect(box.find('li').first().text()).toMatch(/^¿En qué momento/);
  expect(box.text()).toContain('El mensaje está en inglés.');
  expect((await app.get(ACT)).$('#target-1 .field:has([name=own_words])').text()).not.toContain(
    'is in English',
  );
});
