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
