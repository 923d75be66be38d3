import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { load } from 'cheerio';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { MAIL_KINDS, type MailKind } from '../../server/mail/letter.ts';
import { writeLetterMail } from '../../server/mail/letter-mails.ts';
import { END_REASONS } from '../../server/mail/letter-states.ts';
import { createLetterTokens } from '../../server/mail/letter-token.ts';
import { readReturnPath } from '../../server/mail/return-path.ts';
import type { Sender } from '../../server/mail/sender.ts';
import { senderHash } from '../../server/mail/sender-hash.ts';
import { createSmtpSender } from '../../server/mail/smtp-sender.ts';
import { MADE_UP, withMadeUpLanguage } from '../fixtures/locales/made-up-language.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { aDesk, aLetter, type LetterChanges, MAIL_SECRETS } from '../support/a-letter.ts';
import { type ReceivedMail, type SmtpStub, startSmtpStub } from '../support/smtp-stub.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

let stub: SmtpStub;
let sender: Sender;
beforeAll(async () => {
  stub = await startSmtpStub();
  const key_file = join(folderOf({ 'dkim.pem': privateKey }), 'dkim.pem');
  const server = {
    host: '127.0.0.1',
    port: stub.port,
    is_secure: false,
    is_loopback: true,
    login: undefined,
  };
  sender = createSmtpSender({ server, dkim: { key_file, selector: 'mail2026' } });
});
afterAll(() => stub.close());

/** A mail as it comes in at the other end. */
async function arrived(
  kind: MailKind,
  changes: LetterChanges = {},
  desk?: Parameters<typeof writeLetterMail>[2],
): Promise<ReceivedMail> {
  const message = writeLetterMail(kind, await aLetter(changes), desk ?? (await aDesk()));
  expect(await sender.send(message)).toEqual({ outcome: 'accepted' });
  return stub.received.at(-1)!;
}

/** What a receiving server finds of the signature; the DNS answers here. */
async function signatureOf(raw: Buffer): Promise<string[]> {
  const { results } = await dkimVerify(raw, {
    resolver: async (domain: string) => {
      expect(domain).toBe('mail2026._domainkey.example.org');
      return [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]];
    },
  });
  return results.map(({ status, signingDomain }) => `${status.result} ${signingDomain}`);
}

/** Names of headers, as they came. */
function headerNames({ raw }: ReceivedMail): string[] {
  const [head = ''] = raw.toString('latin1').split('\r\n\r\n');
  return [...head.matchAll(/^([\w-]+):/gm)].map(([, name]) => name!.toLowerCase()).toSorted();
}

const OF_A_LETTER = [
  'content-language',
  'content-transfer-encoding',
  'content-type',
  'date',
  'dkim-signature',
  'from',
  'message-id',
  'mime-version',
  'reply-to',
  'subject',
  'to',
];

test('a letter comes in from our own domain with the supporter’s name, as they wrote it, and with nothing of ours', async () => {
  const got = await arrived('letter');
  const { mail, raw, rcpt_to, mail_from } = got;
  expect(headerNames(got)).toEqual(OF_A_LETTER);
  expect(mail.from?.value).toEqual([{ name: 'Ana Pérez', address: 'hello@example.org' }]);
  expect(mail.replyTo?.value).toEqual([{ name: 'Ana Pérez', address: 'ana@example.org' }]);
  expect(mail.to).toMatchObject({ value: [{ name: 'Senator Rosa Díaz', address: 'rosa.diaz@example.gov' }] });
  expect(rcpt_to).toEqual(['rosa.diaz@example.gov']);
  expect(mail.subject).toBe('Please vote for clean water');
  const { content, letter } = await aLetter();
  expect(mail.text?.trimEnd()).toBe(content.text);
  expect(mail.html).toBe(false);
  expect(mail.headers.get('content-language')).toBe('en');
  expect(mail.headers.get('content-type')).toMatchObject({
    value: 'text/plain',
    params: { charset: 'utf-8' },
  });
  expect(mail.messageId).toBe(`<${letter.id}.letter@example.org>`);
  expect(mail.date?.toISOString()).toBe('2026-11-24T16:02:40.000Z');
  expect(raw.toString()).not.toMatch(/https?:|act\.example|nodemailer|statehouse/i);
  const token = /^bounces\+(\w+)@example\.org$/.exec(mail_from)?.[1] ?? '';
  expect(mail_from.indexOf('@')).toBeLessThanOrEqual(64);
  for (const folded of [token, token.toUpperCase()])
    expect(readReturnPath(folded, { secrets: ['another, newer one', ...MAIL_SECRETS] })).toEqual({
      letter_id: letter.id,
      kind: 'letter',
    });
  expect(readReturnPath(token, { secrets: ['another'] })).toBeUndefined();
  expect(await signatureOf(raw)).toEqual(['pass example.org']);
});

test('where nobody looks at what comes back, it comes back to the sender of the site', async () => {
  const { mail_from } = await arrived('letter', {}, await aDesk({ bounce_address: undefined }));
  expect(mail_from).toBe('hello@example.org');
});

test('each mail is the same, and has the same return path, however often it is written', async () => {
  for (const kind of MAIL_KINDS) {
    const about = await aLetter({ letter: { reason: 'too_late' } });
    const twice = [writeLetterMail(kind, about, await aDesk()), writeLetterMail(kind, about, await aDesk())];
    expect(twice[0]).toEqual(twice[1]);
    expect(twice[0]!.message_id).toBe(`<${about.letter.id}.${kind}@example.org>`);
  }
});

const WORDS: [string, string, string, string][] = [
  [
    'Spanish',
    'Íñigo Ñáñez',
    '¿Votará usted a favor del agua limpia?',
    'Estimada senadora:\n\nSeñora, la niñez importa.',
  ],
  ['quotes', 'Seán O’Brien', 'It’s “our” water – please', 'I can’t say it better: “water”…\n'],
  ['emoji', 'Kim 👩‍👩‍👧 Lee', 'Please 🙏🏽 vote', '💧💧💧\n👩🏿‍🌾 thanks'],
  [
    'Kreyòl',
    'Frè Jànjan',
    'Tanpri vote wi',
    'Bonjou Senatè,\n\nMwen rete nan distri ou a. Mèsi anpil, è lòt bagay.',
  ],
  ['Arabic', 'سارة حداد', 'من فضلك صوتي للماء النظيف', 'السيدة السناتور،\n\nأسكن في دائرتك.'],
  [
    'many words',
    'Ana',
    'clean water for all '.repeat(10).trim(),
    `${'a long line of words '.repeat(120).trim()}\n.\n..dots\nFrom here on`,
  ],
  ['one word', 'A'.repeat(100), 'x'.repeat(200), 'y'.repeat(3000)],
  ['one word of other letters', 'é'.repeat(100), 'ñ'.repeat(200), 'ñ'.repeat(3000)],
  [
    'marks',
    'Ana "Annie" (A.) Pérez; =?utf-8?Q?x?=',
    'a, b; c: <d> =?utf-8?Q?Bcc?= "e"',
    'a = b =3D c\n  two spaces\n> quoted\t tab',
  ],
];

test.each(WORDS)(
  'a letter in %s comes in as it was written, in short lines, signed',
  async (_, name, subject, text) => {
    const got = await arrived('letter', { content: { name, subject, text } });
    const { mail, raw } = got;
    expect(headerNames(got)).toEqual(OF_A_LETTER);
    expect(mail.subject).toBe(subject);
    expect(mail.text?.replace(/\n$/, '')).toBe(text.replace(/\n$/, ''));
    const shown = name.replaceAll(/[;"]/g, ' ').replaceAll(/ +/g, ' ').trim();
    expect(mail.from?.value[0]?.name).toBe(shown);
    const [head = '', ...body] = raw.toString('latin1').split('\r\n\r\n');
    // RFC 5322, section 2.1.1, and RFC 2045, section 6.7; what has no space can't be folded.
    const longest = (part: string) => Math.max(...part.split('\r\n').map((line) => line.length));
    const ours = head.replace(/^DKIM-Signature:.*\r\n([ \t].*\r\n)+/m, '');
    expect(longest(ours)).toBeLessThanOrEqual(/^x+$/.test(subject) ? 250 : 78);
    expect(longest(head)).toBeLessThanOrEqual(998);
    expect(longest(body.join('\r\n\r\n'))).toBeLessThanOrEqual(76);
    expect(raw.toString('latin1')).not.toMatch(/[^\r]\n|\r[^\n]|[\x80-\xff]/);
    expect(await signatureOf(raw)).toEqual(['pass example.org']);
  },
);

const INJECTED = 'x\r\nBcc: else@example.org\r\n\r\nBuy this\u2028\u0085Cc: more@example.org\0';

test.each(MAIL_KINDS)('no line of a form becomes a header or another reader of a %s', async (kind) => {
  const got = await arrived(kind, { content: { name: INJECTED, subject: INJECTED, text: INJECTED } });
  expect(headerNames(got).filter((name) => /bcc|^cc$/.test(name))).toEqual([]);
  expect(got.rcpt_to).toHaveLength(1);
  expect(await signatureOf(got.raw)).toEqual(['pass example.org']);
  if (kind !== 'letter') return;
  expect(got.mail.subject).toBe('x Bcc: else@example.org Buy this Cc: more@example.org');
  // Nothing in a name can pass for an address.
  expect(got.mail.from?.value).toEqual([
    { name: 'x Bcc else example.org Buy this Cc more example.org', address: 'hello@example.org' },
  ]);
});

test.each([
  'ana@example.org\r\nBcc: else@example.org',
  'a@example.org, b@example.org',
  'Ana <ana@example.org>',
  'ana',
  '',
])('with %j for an address nothing is written', async (email) => {
  for (const kind of MAIL_KINDS) {
    const about = await aLetter({ content: { email } });
    const desk = await aDesk();
    expect(() => writeLetterMail(kind, about, desk)).toThrow('an address that nobody has checked');
  }
  const about = await aLetter({ to: { name: '', address: email } });
  const desk = await aDesk();
  expect(() => writeLetterMail('letter', about, desk)).toThrow('an address that nobody has checked');
});

test('a mail to confirm shows the letter word for word, last, and has our three links and no other', async () => {
  const evil = {
    name: '<b>Ana</b>',
    subject: 'Vote </title><script>alert(1)</script>',
    text: 'See <a href="https://evil.example">this</a> & that:\nhttps://act.example.org/letters/confirm/fake\n</p><img src=x>\n  indented',
  };
  const got = await arrived('confirmation', { content: evil, letter: { page_language: 'es' } });
  const { mail, rcpt_to } = got;
  expect([rcpt_to, mail.from?.text]).toEqual([['ana@example.org'], '"Clean Water" <hello@example.org>']);
  expect(mail.to).toMatchObject({ value: [{ name: '', address: 'ana@example.org' }] });
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.headers.get('content-language')).toBe('es');
  expect(mail.date?.toISOString()).toBe('2026-11-24T15:30:12.000Z');
  expect(mail.subject).toBe('Por favor, confirme su correo para Sen. Rosa Díaz');
  const types = [...got.raw.toString().matchAll(/^Content-Type: (\S+);/gm)].map(([, type]) => type);
  expect(types).toEqual(['multipart/alternative', 'text/plain', 'text/html']);

  const { letter, content } = await aLetter();
  const tokens = createLetterTokens({ secrets: MAIL_SECRETS });
  const links = (['confirm', 'withdraw', 'not-me'] as const).map((right) => {
    const sender = right === 'not-me' ? senderHash(MAIL_SECRETS[0]!, content.email) : '';
    return `https://act.example.org/letters/${right}/${tokens.issue(right, letter.id, sender)}?lang=es`;
  });
  const $ = load(mail.html || '');
  expect(
    $('a')
      .get()
      .map((link) => $(link).attr('href')),
  ).toEqual(links);
  expect($('script, img, b, style, link, iframe, form').length).toBe(0);
  expect([$('html').attr('lang'), $('html').attr('dir')]).toEqual(['es', 'ltr']);
  const last = $('body > p').last();
  expect(last.attr('lang')).toBe('en');
  last.find('br').replaceWith('\n');
  expect(last.text()).toBe(evil.text);

  const text = mail.text?.trimEnd() ?? '';
  expect(text.endsWith(`\n\n${evil.text}`)).toBe(true);
  const ours = text.slice(0, text.indexOf('-----'));
  expect(ours.match(/https:\S+/g)).toEqual(links);
  expect(ours).toContain('72 horas, hasta el 27 de noviembre de 2026, 10:30');
  expect(ours).toContain('28 días');
  expect(text).toContain('Para: Sen. Rosa Díaz <rosa.diaz@example.gov>');
  expect(text).toContain(`Asunto: ${evil.subject}`);
  expect(await signatureOf(got.raw)).toEqual(['pass example.org']);
});

test.each(['en', 'es', 'ht'])(
  'a mail to confirm a letter with foreign links, in %s, has nothing that was typed, and leads to the page that shows it',
  async (page_language) => {
    const content = {
      name: 'PayPal Security',
      subject: 'Your account is locked',
      text: 'Unlock it:\nhttps://evil.example/a\nevil.example/b',
    };
    const { mail, raw } = await arrived('confirmation', {
      content,
      letter: { held: ['short', 'links'], page_language },
    });
    for (const part of [mail.text!, mail.html || '', raw.toString(), JSON.stringify(mail.headers)])
      for (const typed of ['PayPal', 'locked', 'Unlock', 'evil', 'Elm Street'])
        expect(part).not.toContain(typed);
    const $ = load(mail.html || '');
    const hrefs = $('a')
      .get()
      .map((link) => $(link).attr('href')!);
    expect(hrefs.map((href) => href.replace(/\/[^/]*$/, ''))).toEqual(
      ['confirm', 'withdraw', 'not-me'].map((right) => `https://act.example.org/letters/${right}`),
    );
    expect(mail.text!.match(/https:\S+/g)).toEqual(hrefs);
    const { translate } = (await aDesk()).locales;
    for (const part of [mail.text!, $.text()]) {
      expect(part).toContain(translate(page_language)('mail.confirmation.unseen'));
      expect(part).not.toContain(translate(page_language)('mail.confirmation.below'));
      expect(part).not.toMatch(/undefined|----/);
    }
  },
);

test('a letter that is held for another reason stands in the mail to confirm; one with links in all later mails', async () => {
  const { content } = await aLetter();
  expect((await arrived('confirmation', { letter: { held: ['short'] } })).mail.text).toContain(content.text);
  for (const kind of ['letter', 'receipt', 'notice'] as const)
    expect((await arrived(kind, { letter: { held: ['links'] } })).mail.text).toContain(content.text);
});

test('where a letter is of use for some time only, the mail to confirm says so', async () => {
  const says = async (deliver_by: string) =>
    (await arrived('confirmation', { letter: { deliver_by } })).mail.text;
  expect(await says('2026-12-02T05:00:00.000Z')).toContain(
    'can’t go by the end of December 1, 2026, it is not sent',
  );
  expect(await says('')).not.toContain('can’t go by');
});

test('a receipt says in which hour the letter went, and its link leads to no letter and no person', async () => {
  const { mail } = await arrived('receipt');
  const about = await aLetter();
  expect(mail.subject).toBe('Sent: your e-mail to Senator Rosa Díaz');
  expect(mail.text).toContain('on November 24, 2026, between 12 pm and 1 pm (Eastern time)');
  expect(mail.text?.trimEnd().endsWith(about.content.text)).toBe(true);
  const links = [...mail.text!.matchAll(/https:\S+/g)].map(([link]) => link);
  expect(links).toEqual([load(mail.html || '')('a').attr('href')]);
  const token = /\/letters\/answered\/(.+)\?lang=en$/.exec(links[0]!)?.[1] ?? '';
  const tokens = createLetterTokens({ secrets: MAIL_SECRETS });
  const { state, answer } = tokens.checkAnswer(token, new Date('2026-12-24T12:00:00Z'))!;
  const { campaign_slug, legislator_id, division_id } = about.letter;
  expect([state, answer]).toEqual([
    'good',
    {
      campaign_slug,
      legislator_id,
      division_id,
      partner: '',
      is_sample: false,
      nonce: expect.stringMatching(/^[\w-]{22}$/),
      expires_at: '2027-01-23T00:00:00.000Z',
    },
  ]);
  const nonceOf = async (changes: LetterChanges) => {
    const text = (await arrived('receipt', changes)).mail.text!;
    return tokens.checkAnswer(/answered\/(.+)\?/.exec(text)![1]!, new Date('2026-12-24'))!.answer.nonce;
  };
  // The letter's id alone, which is kept, does not tell it.
  expect(await nonceOf({})).toBe(answer.nonce);
  expect(await nonceOf({ content: { text: 'Another text' } })).not.toBe(answer.nonce);
});

test('the receipt of a trial never counts an answer with those to real letters', async () => {
  const tokens = createLetterTokens({ secrets: MAIL_SECRETS });
  const isSample = async (letter: LetterChanges['letter']) => {
    const { text } = writeLetterMail('receipt', await aLetter({ letter }), await aDesk());
    const [, token = ''] = /answered\/(.+)\?/.exec(text) ?? [];
    return tokens.checkAnswer(token, new Date('2026-12-24'))!.answer.is_sample;
  };
  expect(await isSample({ mode: 'live' })).toBe(false);
  expect(await isSample({ mode: 'preview' })).toBe(true);
  expect(await isSample({ mode: 'preview', is_sample: true })).toBe(true);
});

test.each(['en', 'es', 'ht'])(
  'word that a letter does not go says why, and how to send it oneself, in %s',
  async (page_language) => {
    const desk = await aDesk();
    const whys = new Set<string>();
    for (const reason of END_REASONS) {
      const about = await aLetter({ letter: { page_language, state: 'failed', reason } });
      const { text, html } = writeLetterMail('notice', about, desk);
      whys.add(text.split('\n')[0]!);
      expect(text.endsWith(about.content.text)).toBe(true);
      for (const part of [text, html]) expect(part).toContain('rosa.diaz@example.gov');
      expect(text).not.toMatch(/https?:/);
    }
    expect(whys.size).toBe(8);
  },
);

test('a language that runs from right to left turns the mail, and not the letter', async () => {
  const folders = withMadeUpLanguage();
  try {
    const desk = await aDesk({}, folders.locales_dir);
    const { mail } = await arrived('confirmation', { letter: { page_language: MADE_UP } }, desk);
    const $ = load(mail.html || '');
    expect(
      $('html, body')
        .get()
        .map((one) => $(one).attr('dir')),
    ).toEqual(['rtl', 'rtl']);
    expect($('body > p').last().attr('dir')).toBe('ltr');
    expect(mail.subject).toContain('\u2068');
    expect($('a').length).toBe(3);
  } finally {
    folders.drop();
  }
});

test('a letter in the language of the office says so to whoever reads another, and to no one else', async () => {
  const text = async (letter: LetterChanges['letter']) =>
    (await arrived('confirmation', letter ? { letter } : {})).mail.text;
  expect(await text({ page_language: 'es' })).toContain(
    'El correo está en inglés, porque la oficina lee inglés.',
  );
  expect(await text({ page_language: 'en' })).not.toContain('since the office reads');
  expect(await text({ page_language: 'es', message_language: 'es' })).not.toContain('la oficina lee');
  // Chosen for it, nobody need be told.
  expect(await text({ page_language: 'en', message_language: 'es' })).not.toContain('the office reads');
});
