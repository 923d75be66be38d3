import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderSender } from '../../server/mail/folder-sender.ts';
import { writeLetterMail } from '../../server/mail/letter-mails.ts';
import type { MailMessage } from '../../server/mail/message.ts';
import { putIntoOutbox, sweepOutboxFolder } from '../../server/mail/outbox-folder.ts';
import { aDesk, aLetter } from '../support/a-letter.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const WRITTEN = new Date('2026-11-24T15:00:00Z');
const DAY_MS = 86_400_000;
let now = WRITTEN;
let data_dir: string;
let app: TestApp;
beforeAll(async () => {
  data_dir = mkdtempSync(join(tmpdir(), 'statehouse-outbox-'));
  app = await startTestApp({ data_dir, now: () => now });
});
beforeEach(() => {
  now = WRITTEN;
  rmSync(join(data_dir, 'outbox'), { recursive: true, force: true });
});
afterAll(async () => {
  await app.close();
  rmSync(data_dir, { recursive: true });
});

let ids = 0;
const send = (special: Partial<MailMessage> = {}) =>
  createFolderSender({ data_dir, now: () => now, newId: () => `id-${++ids}` }).send({
    from: { name: 'Clean Water', address: 'hello@example.org' },
    to: { name: '', address: 'neighbor@example.org' },
    subject: '¿Confirma su carta? 🌊',
    text: 'Buenas tardes.\n\n  Presione aquí:\nhttp://localhost/letters/confirm/a.b\n',
    html: '<p>Buenas <b>tardes</b></p><script>document.title = "run"</script>',
    date: WRITTEN,
    ...special,
  });
const files = () => readdirSync(join(data_dir, 'outbox')).toSorted();
const nameOf = (file: string | undefined) => file!.replace(/\.eml$/, '');

test('where mail is live, the page says that mails go out, and that those it shows are from trials', async () => {
  const live = await startTestApp({ data_dir, now: () => now, settings: { sends_mail: true } });
  const empty = await live.get('/outbox?lang=en');
  expect(empty.$('main').text()).toContain('Nothing is left here of any trial.');
  await send();
  const { $ } = await live.get('/outbox?lang=en');
  expect($('main').text()).toMatch(/MAIL_MODE is live: mails go out .* from trials before that/);
  expect($('main').text()).not.toMatch(/sends no mail|send: true/);
  expect($('section[data-mail]')).toHaveLength(1);
  await live.close();
});

test('a mail that is put into the folder is shown as whoever gets it reads it, the newest first', async () => {
  expect(await send()).toEqual({ outcome: 'accepted' });
  now = new Date(WRITTEN.getTime() + 1);
  await send({ subject: 'The next one', html: '' });
  const { status, headers, $ } = await app.get('/outbox?lang=en');
  expect([status, headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual([
    200,
    'no-store',
    'noindex',
  ]);
  expect($('h2').text()).toBe('The next one¿Confirma su carta? 🌊');
  const mail = $('section[data-mail]').last();
  expect(
    mail
      .find('dd')
      .toArray()
      .map((one) => $(one).text()),
  ).toEqual([
    '"Clean Water" <hello@example.org>',
    'neighbor@example.org',
    'November 24, 2026 at 3:00:00 PM UTC',
  ]);
  expect(mail.find('.mail-text').text().trimEnd()).toBe(
    'Buenas tardes.\n\n  Presione aquí:\nhttp://localhost/letters/confirm/a.b',
  );
  expect($('a[href$="/html"]')).toHaveLength(1);
});

test('a letter shows where answers to it go', async () => {
  const mail = Buffer.from(
    'From: letters@example.org\r\nTo: office@example.org\r\nReply-To: =?utf-8?Q?=C3=91and=C3=BA?= <nandu@example.org>\r\n\r\nDear Senator\r\n',
  );
  await putIntoOutbox(mail, { data_dir, now, id: 'letter' });
  const { $ } = await app.get('/outbox?lang=en');
  const lines = $('.mail-head div').toArray();
  expect(lines.map((one) => [$(one).find('dt').text(), $(one).find('dd').text()])).toEqual([
    ['From', 'letters@example.org'],
    ['To', 'office@example.org'],
    ['Answers go to', '"Ñandú" <nandu@example.org>'],
  ]);
  expect($('h2').text()).toBe('Without a subject');
});

test('the mails of a letter’s way are there with every link to follow, and the letter with its writer as the one to answer', async () => {
  const desk = await aDesk({ base_url: app.url.replace('127.0.0.1', 'localhost') });
  const about = await aLetter({ content: { text: 'Dear Senator,\n\n  a line set in.\n\nAna Pérez' } });
  for (const kind of ['confirmation', 'letter', 'receipt'] as const) {
    now = new Date(now.getTime() + 1000);
    await send({ html: '', ...writeLetterMail(kind, about, desk) });
  }
  const { $ } = await app.get('/outbox');
  const [receipt, letter, confirmation] = $('[data-mail]').toArray();
  const linksOf = (mail: typeof letter) =>
    $(mail)
      .find('.mail-text a')
      .toArray()
      .map(({ attribs }) => attribs.href!.replace(/[^/]*$/, ''));
  expect(linksOf(confirmation)).toEqual(['/letters/confirm/', '/letters/withdraw/', '/letters/not-me/']);
  expect([linksOf(letter), linksOf(receipt)]).toEqual([[], ['/letters/answered/']]);
  expect($(letter).find('dd').eq(2).text()).toContain('<ana@example.org>');
  for (const mail of [confirmation, letter, receipt])
    expect($(mail).find('.mail-text').text()).toContain('Dear Senator,\n\n  a line set in.\n\nAna Pérez');
  const html = await app.get(`/outbox/${$(confirmation).attr('data-mail')}/html`);
  expect(html.$('a[href*="/letters/confirm/"]')).toHaveLength(1);
});

test('links to this site can be followed, under whichever name it is asked; those to other sites stay text', async () => {
  const { port } = new URL(app.url);
  await send({
    text: `Confirm: http://localhost:${port}/letters/confirm/a.b-_?lang=es. (http://127.0.0.1:${port}/privacy)
<http://localhost:1/privacy> https://example.org/bill <a href="x">`,
  });
  const { $ } = await app.get('/outbox');
  const links = $('.mail-text a').toArray();
  expect(links.map((one) => [$(one).text(), one.attribs.href])).toEqual([
    [`http://localhost:${port}/letters/confirm/a.b-_?lang=es`, '/letters/confirm/a.b-_?lang=es'],
    [`http://127.0.0.1:${port}/privacy`, '/privacy'],
  ]);
  expect($('.mail-text').text()).toContain(
    '<http://localhost:1/privacy> https://example.org/bill <a href="x">',
  );
});

test('the HTML of a mail can do nothing but be read, and the file is the mail as it would go', async () => {
  await send();
  const name = nameOf(files()[0]);
  const html = await app.get(`/outbox/${name}/html`);
  expect(html.text).toContain('<b>tardes</b>');
  const policy = html.headers.get('content-security-policy')!.split('; ');
  expect(policy).toEqual(expect.arrayContaining(['sandbox', "default-src 'none'", "form-action 'none'"]));
  expect(policy.filter((part) => part.startsWith('script-src'))).toEqual([]);
  const file = await app.get(`/outbox/${name}.eml`);
  expect([file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([
    'message/rfc822',
    `attachment; filename=${name}.eml`,
  ]);
  expect(file.text).toContain('To: neighbor@example.org\r\n');
  await send({ html: '' });
  expect((await app.get(`/outbox/${nameOf(files()[1])}/html`)).status).toBe(404);
});

test('no name leads out of the folder, or to what is no mail', async () => {
  await send();
  writeFileSync(join(data_dir, 'outbox', 'notes.eml'), 'Subject: mine');
  writeFileSync(join(data_dir, 'secret-key.eml'), 'Subject: secret');
  for (const name of [
    'notes',
    '..%2Fsecret-key',
    '%2e%2e%2fsecret-key',
    '2026-11-24T15-00-00-000-..%2F..%2Fsecret-key',
  ])
    for (const path of [`/outbox/${name}.eml`, `/outbox/${name}/html`])
      expect([path, (await app.get(path)).status]).toEqual([path, 404]);
  expect((await app.get('/outbox')).$('[data-mail]')).toHaveLength(1);
});

/** The first line of the answer to a request as it stands: `fetch` knows HTTP/1.1 alone. */
function answerTo(lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: string[] = [];
    connect(Number(new URL(app.url).port), '127.0.0.1')
      .on('data', (part) => void parts.push(String(part)))
      .on('error', reject)
      .on('close', () => resolve(parts.join('').split('\r\n')[0]!))
      .write(`${lines.join('\r\n')}\r\n\r\n`);
  });
}

test('a proxy that says nothing of itself, and asks as browsers did long ago, is not let in', async () => {
  await send();
  const as = (version: string) => [
    `GET /outbox HTTP/${version}`,
    ...['Host: localhost:3000', 'Connection: close'],
  ];
  expect(await answerTo(as('1.0'))).toMatch(/ 404 /);
  expect(await answerTo(as('1.1'))).toMatch(/ 200 /);
});

/** The status of the page as it is asked for under another name: `fetch` names the host that it asks. */
function statusUnder(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${app.url}/outbox`, { headers: { host, accept: 'text/html' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode!);
    })
      .on('error', reject)
      .end();
  });
}

test('nobody else sees it: not by way of a proxy, not under another name, not in production or with an address of its own', async () => {
  await send();
  const name = nameOf(files()[0]);
  const paths = ['/outbox', `/outbox/${name}/html`, `/outbox/${name}.eml`];
  for (const path of paths)
    expect([path, (await app.get(path, { 'x-forwarded-for': '127.0.0.1' })).status]).toEqual([path, 404]);
  for (const header of [
    ...['x-forwarded-proto', 'x-forwarded-host', 'X-Forwarded-Server', 'forwarded', 'via', 'x-real-ip'],
    ...['x-client-ip', 'CF-Connecting-IP', 'cf-ray', 'true-client-ip'],
  ])
    expect([header, (await app.get('/outbox', { [header]: '127.0.0.1' })).status]).toEqual([header, 404]);
  expect([await statusUnder('example.org'), await statusUnder('localhost:3000')]).toEqual([404, 200]);
  for (const settings of [{ is_production: true }, { base_url: 'https://example.org' }]) {
    const other = await startTestApp({ data_dir, settings });
    for (const path of paths) expect([path, (await other.get(path)).status]).toEqual([path, 404]);
    await other.close();
  }
});

test('without a mail the page says how one comes to be there, and of many it shows the newest', async () => {
  expect((await app.get('/outbox')).$('.notice').text()).toMatch(/^Nothing is here yet\./);
  for (let count = 0; count < 52; count += 1) {
    now = new Date(now.getTime() + 1);
    await send({ subject: `mail ${count}`, html: '' });
  }
  const { $ } = await app.get('/outbox');
  expect([$('[data-mail]').length, $('h2').first().text()]).toEqual([50, 'mail 51']);
  expect($('main > p').last().text()).toBe('2 older mails are in the folder outbox of DATA_DIR.');
});

test('after 28 days a mail is deleted, and what is no mail is left alone', async () => {
  await send();
  writeFileSync(join(data_dir, 'outbox', `${nameOf(files()[0])}-b.eml.part`), 'half of one');
  writeFileSync(join(data_dir, 'outbox', 'notes.txt'), 'mine');
  now = new Date(WRITTEN.getTime() + 10 * DAY_MS);
  await send();
  const sweep = (days: number) =>
    sweepOutboxFolder({ data_dir, now: new Date(WRITTEN.getTime() + days * DAY_MS) });
  expect([await sweep(28), await sweep(28.001)]).toEqual([0, 2]);
  expect(files()).toEqual([expect.stringMatching(/^2026-12-04T15-00-00-000-id-\d+\.eml$/), 'notes.txt']);
  rmSync(join(data_dir, 'outbox'), { recursive: true });
  expect(await sweep(60)).toBe(0);
});

test('where the folder can not be written to, the mail is to be tried again', async () => {
  writeFileSync(join(data_dir, 'outbox'), 'a file in its place');
  expect(await send()).toEqual({ outcome: 'later', why: 'outbox_unwritable' });
  rmSync(join(data_dir, 'outbox'));
  expect(await send()).toEqual({ outcome: 'accepted' });
  expect(files()).toHaveLength(1);
});
