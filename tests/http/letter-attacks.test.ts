import type { LetterRight } from '../../server/mail/letter-token.ts';
import { createLetterTokens } from '../../server/mail/letter-token.ts';
import { mailsOf } from '../support/letter-mails.ts';
import { LETTERS, type LetterDesk, openLetterDesk } from '../support/letters-taken.ts';

/** Tuesday, 10 am in Florida. */
const MORNING = new Date('2026-11-24T15:00:00Z');

let desk: LetterDesk;
beforeAll(async () => {
  desk = await openLetterDesk({ settings: { letters_per_block_per_hour: 100_000 }, now: () => MORNING });
});
afterAll(() => desk.close());

/** The letter that was taken last. */
const latest = () =>
  desk.app.store.read
    .selectFrom('letters')
    .orderBy('rowid' as 'id', 'desc')
    .select('id')
    .executeTakeFirstOrThrow();
const count = async (table: 'letters' | 'outbox') =>
  (await desk.app.store.read.selectFrom(table).selectAll().execute()).length;

const EVIL = [
  'A\r\nBcc: evil@example.net',
  'A\nBcc: evil@example.net',
  'A\rBcc: evil@example.net',
  'A\u0000Bcc: evil@example.net',
  'A\u0085Bcc: evil@example.net',
  'A\u2028Bcc: evil@example.net',
  'A\u2029Bcc: evil@example.net',
  'A\u000b\u000cBcc: evil@example.net',
  'A\r\n\r\n.\r\nMAIL FROM:<evil@example.net>',
  'A\n.\nRSET',
  'A, evil@example.net',
  'A <evil@example.net>',
  'A" <evil@example.net>, "B',
  'A; evil@example.net;',
  '=?utf-8?Q?A=0D=0ABcc:_evil@example.net?=',
  '=?utf-8?B?QQ0KQmNjOiBldmlsQGV4YW1wbGUubmV0?=',
  'Bcc: evil@example.net',
  'A\u202eten.elpmaxe@live',
  'A\ud800B',
  'Ñ’😀'.repeat(60),
  'A'.repeat(5000),
];
/** Those that only stand in the text are tried together. */
const FIELDS = [['name'], ['email'], ['subject'], ['text'], ['street', 'city', 'own_words'], ['zip']];

test.each(FIELDS)('whatever stands in %s, no mail gets a header or a reader by it', async (...fields) => {
  const plain = await desk.handIn();
  expect(plain.status).toBe(303);
  const usual = await mailsOf(desk.app, (await latest()).id);
  for (const evil of EVIL) {
    const before = desk.taken.length;
    const { status, $ } = await desk.handIn(Object.fromEntries(fields.map((name) => [name, evil])));
    const was_taken = desk.taken.length > before;
    expect([evil, status]).toEqual([evil, was_taken ? 303 : 422]);
    if (!was_taken) {
      expect($('.error-summary').length).toBe(1);
      continue;
    }
    const { email } = desk.taken.at(-1)!.content;
    const mails = await mailsOf(desk.app, (await latest()).id);
    for (const kind of ['confirmation', 'letter'] as const) {
      const mail = mails[kind];
      expect([evil, mail.header_names]).toEqual([evil, usual[kind].header_names]);
      expect([evil, mail.has_bare_breaks, mail.longest_line <= 998]).toEqual([evil, false, true]);
      expect(mail.from).toEqual(usual[kind].from);
      expect(mail.to).toEqual(kind === 'letter' ? usual.letter.to : [email]);
      expect(mail.reply_to).toEqual(kind === 'letter' ? [email] : []);
    }
  }
});

test.each([
  ['two addresses', 'a@example.org, b@example.org'],
  ['two with a semicolon', 'a@example.org; b@example.org'],
  ['two with a space', 'a@example.org b@example.org'],
  ['a display name', 'A <a@example.org>'],
  ['angle brackets alone', '<a@example.org>'],
  ['a group', 'friends: a@example.org, b@example.org;'],
  ['a comment', 'a@example.org (b@example.org)'],
  ['a quoted local part', '"a b"@example.org'],
  ['a quoted local part with an address in it', '"a@example.org, b"@example.org'],
  ['two ats', 'a@b@example.org'],
  ['a way through another server', '@example.net:a@example.org'],
  ['an address in figures', 'a@[127.0.0.1]'],
  ['a domain that is no domain', 'a@localhost'],
  ['a domain in letters beyond ASCII', 'a@exämple.org'],
  ['a local part beyond ASCII', 'ä@example.org'],
  ['a header', 'a@example.org%0ABcc:b@example.org'],
  ['an option of a command', '-oQ/tmp@example.org -X'],
  ['an address that is too long', `a@${'a.'.repeat(130)}example.org`],
])('%s is no e-mail address to write to', async (_name, email) => {
  const before = desk.taken.length;
  expect((await desk.handIn({ email })).status).toBe(422);
  expect(desk.taken.length).toBe(before);
});

test.each(['a@xn--exmple-cua.org', 'first.last+tag@mail.example.org', 'A_B@EXAMPLE.ORG'])(
  '%s is taken',
  async (email) => {
    expect((await desk.handIn({ email })).status).toBe(303);
    expect(desk.taken.at(-1)!.content.email).toBe(email);
  },
);

test('a body of 1 MB is refused with a page before anything is read, and so are a thousand fields', async () => {
  const before = desk.taken.length;
  const large = await desk.handIn({ text: 'a'.repeat(1_000_000) });
  expect(large.status).toBe(413);
  expect(large.$('h1').text()).toBe('This is more than we can take');
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, nth) => [`f${nth}`, 'a']));
  expect((await desk.handIn(many)).status).toBe(413);
  for (const type of ['application/json', 'multipart/form-data; boundary=a', 'text/plain']) {
    const answer = await fetch(`${desk.app.url}${LETTERS}`, {
      method: 'POST',
      headers: { 'content-type': type, 'sec-fetch-site': 'same-origin' },
      body: 'a'.repeat(1_000_000),
    });
    expect(answer.status).toBe(400);
    await answer.text();
  }
  expect(desk.taken.length).toBe(before);
});

test('however often and from wherever, one address gets ten mails a day to confirm, and then none', async () => {
  const [before, mails] = [desk.taken.length, await count('outbox')];
  for (let nth = 0; nth < 14; nth++) {
    const email = nth % 2 === 0 ? 'victim@example.org' : 'Victim@Example.org';
    const { status, $ } = await desk.handIn({ email }, `10.1.${nth}.1`);
    expect(status).toBe(nth < 10 ? 303 : 422);
    if (status === 422) expect($('.error-summary').text()).toMatch(/tomorrow/);
  }
  expect(desk.taken.length - before).toBe(10);
  expect((await count('outbox')) - mails).toBe(10);
});

test('the same form sent many times at once is one letter and one mail', async () => {
  const fields = desk.form();
  const rows = await count('letters');
  const answers = await Promise.all(Array.from({ length: 20 }, () => desk.app.post(LETTERS, fields)));
  expect([...new Set(answers.map(({ status }) => status))]).toEqual([303]);
  expect((await count('letters')) - rows).toBe(1);
});

/** So many that a longer book would end in the same way. */
const MANY = 40;

test('an address book: at most one mail for each, and the limit of the block ends it', async () => {
  const flooded = await openLetterDesk({ settings: { letters_per_block_per_hour: 20 } });
  let full = 0;
  for (let nth = 0; nth < MANY; nth++) {
    const fields = { email: `victim-${nth}@example.org`, without_challenge: '1' };
    const { status } = await flooded.handIn(fields, `192.0.2.${nth}`);
    if (status === 429) full++;
  }
  // Half of 20 unasked, and 2 without the sum.
  expect([flooded.taken.length, full]).toEqual([12, MANY - 12]);
  const mails = await flooded.app.store.read.selectFrom('outbox').select(['letter_id', 'kind']).execute();
  expect(mails).toHaveLength(12);
  expect(new Set(mails.map(({ letter_id }) => letter_id)).size).toBe(12);
  expect(new Set(flooded.taken.map(({ content }) => content.email)).size).toBe(12);
  await flooded.close();
});

const RIGHTS: LetterRight[] = ['confirm', 'withdraw', 'not-me'];

/** A letter that was just handed in, with its links. */
async function handedIn() {
  await desk.handIn();
  const { id } = await latest();
  const linkOf = (right: LetterRight) => `/letters/${right}/${desk.app.parts.letter_tokens.issue(right, id)}`;
  const { read } = desk.app.store;
  const row = () => read.selectFrom('letters').where('id', '=', id).select('state').executeTakeFirst();
  const state = async () => (await row())?.state ?? 'erased';
  return { id, linkOf, state };
}

test('mail scanners that get every link, again and again and without a browser, change nothing', async () => {
  const { linkOf, state } = await handedIn();
  for (const right of RIGHTS) {
    for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS']) {
      const headers = { 'user-agent': 'LinkScanner/1.0', 'sec-fetch-site': 'none' };
      const answer = await fetch(`${desk.app.url}${linkOf(right)}`, { method, headers });
      await answer.text();
      if (method !== 'OPTIONS') expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  }
  // One that presses buttons comes from no page of ours.
  expect((await desk.app.post(linkOf('confirm'), {}, { 'sec-fetch-site': 'none' })).status).toBe(403);
  expect(await state()).toBe('confirming');
});

test('a token gives one right alone, and a forged one none', async () => {
  const { id, linkOf, state } = await handedIn();
  const tokenOf = (right: LetterRight) => linkOf(right).split('/').at(-1)!;
  const good = tokenOf('confirm');
  const [payload = '', signed = ''] = good.split('.');
  const flip = (text: string, at: number) => {
    const sign = text.at(at) === 'A' ? 'B' : 'A';
    return `${text.slice(0, at)}${sign}${text.slice(at + 1)}`;
  };
  const others = createLetterTokens({ secrets: ['another secret for tests, 32 characters'] });
  const forged = [
    tokenOf('withdraw'),
    tokenOf('not-me'),
    flip(good, 3),
    flip(good, payload.length + 5),
    good.slice(0, -1),
    `${good}A`,
    `${good}=`,
    `${good}.${signed}`,
    `${payload}.`,
    `${payload}`,
    `.${signed}`,
    id,
    others.issue('confirm', id),
    'A'.repeat(5000),
    '..%2F..%2Fconfirm',
    '%00',
  ];
  for (const token of forged) {
    const path = `/letters/confirm/${token}`;
    for (const answer of [await desk.app.get(path), await desk.app.post(path, {})]) {
      expect([token, answer.status]).toEqual([token, 404]);
      expect(answer.text).not.toMatch(/N.ria|supporter-|Example Street/);
    }
  }
  for (const right of ['withdraw', 'not-me'] as const)
    expect((await desk.app.post(`/letters/${right}/${good}`, {})).status).toBe(404);
  expect((await desk.app.get(`/letters/answered/${good}`)).status).toBe(404);
  expect(await state()).toBe('confirming');
});

test('a link to confirm that is used again and again, and by many at once, confirms once', async () => {
  const { id, linkOf, state } = await handedIn();
  const confirm = () => desk.app.post(linkOf('confirm'), {});
  const answers = await Promise.all(Array.from({ length: 10 }, confirm));
  expect([...new Set([...answers, await confirm()].map(({ status }) => status))]).toEqual([200]);
  expect(await state()).toBe('confirmed');
  const { read } = desk.app.store;
  const mails = await read.selectFrom('outbox').where('letter_id', '=', id).select('kind').execute();
  expect(mails).toEqual([{ kind: 'letter' }]);
  const moves = await read
    .selectFrom('letter_moves')
    .where('letter_id', '=', id)
    .select('to_state')
    .execute();
  expect(moves.filter(({ to_state }) => to_state === 'confirmed')).toHaveLength(1);
});

test('a withdrawn letter can’t be brought back by its other links, nor by its form', async () => {
  const { linkOf, state } = await handedIn();
  expect((await desk.app.post(linkOf('withdraw'), {})).status).toBe(200);
  const after = await state();
  for (const right of RIGHTS) {
    const { status, text } = await desk.app.post(linkOf(right), {});
    expect(status).toBeLessThan(500);
    expect(text).not.toMatch(/N.ria|supporter-|Example Street/);
  }
  expect(await state()).toBe(after);
  expect(['withdrawn', 'erased']).toContain(after);
});
