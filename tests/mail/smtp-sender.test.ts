import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperationalError } from '../../server/errors.ts';
import type { MailMessage } from '../../server/mail/message.ts';
import { createSmtpSender } from '../../server/mail/smtp-sender.ts';
import type { SmtpServer } from '../../server/mail/smtp-server.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { type Oddity, type OddSmtp, type SmtpStep, startOddSmtp } from '../support/odd-smtp.ts';
import { LOGIN, refusal, type SmtpStub, startSmtpStub } from '../support/smtp-stub.ts';
import { until } from '../support/until.ts';

const message: MailMessage = {
  from: { name: 'Ana Pérez', address: 'hello@example.org' },
  to: { name: 'Rosa Díaz', address: 'diaz@example.gov' },
  subject: 'SB 316',
  text: 'Dear Senator',
  message_id: '<abc.letter@example.org>',
  return_path: 'bounces+abc@example.org',
};

const at = (port: number, special: Partial<SmtpServer> = {}): SmtpServer => ({
  host: '127.0.0.1',
  port,
  is_secure: false,
  is_loopback: true,
  login: undefined,
  ...special,
});

const running: (SmtpStub | OddSmtp)[] = [];
afterAll(() => Promise.all(running.map((server) => server.close())));

function kept<Server extends SmtpStub | OddSmtp>(server: Server): Server {
  running.push(server);
  return server;
}

const sendTo = (port: number, limits: { step_within_ms?: number; within_ms?: number } = {}) =>
  createSmtpSender({ server: at(port), dkim: undefined, ...limits }).send(message);

test('a mail that the server takes is accepted, and what can’t be delivered goes to its return path', async () => {
  const { port, received } = kept(await startSmtpStub());
  expect(await sendTo(port)).toEqual({ outcome: 'accepted' });
  expect(received.map(({ mail_from, rcpt_to }) => [mail_from, rcpt_to])).toEqual([
    ['bounces+abc@example.org', ['diaz@example.gov']],
  ]);
});

const ANSWERS: [SmtpStep, Oddity, Awaited<ReturnType<typeof sendTo>>][] = [
  ['greeting', '421 Busy', { outcome: 'later', why: 'mail_try_later 421' }],
  ['greeting', '554 No service here', { outcome: 'later', why: 'mail_refused 554' }],
  ['EHLO', '550 Go away', { outcome: 'later', why: 'mail_refused 550' }],
  ['MAIL', '451 4.3.0 Later', { outcome: 'later', why: 'mail_try_later 451 4.3.0' }],
  ['MAIL', '530 5.7.0 Log in first', { outcome: 'later', why: 'mail_refused 530 5.7.0' }],
  ['MAIL', '553 5.7.1 Not your address', { outcome: 'later', why: 'mail_refused 553 5.7.1' }],
  ['RCPT', '421 4.3.2 Going down', { outcome: 'later', why: 'mail_try_later 421 4.3.2' }],
  ['RCPT', '450 4.2.0 Greylisted', { outcome: 'later', why: 'mail_try_later 450 4.2.0' }],
  ['RCPT', '550 No such user', { outcome: 'refused', why: 'mail_refused 550', is_address: true }],
  ['RCPT', '550 5.1.1 No such user', { outcome: 'refused', why: 'mail_refused 550 5.1.1', is_address: true }],
  [
    'RCPT',
    '554 5.7.1 We do not relay',
    { outcome: 'refused', why: 'mail_refused 554 5.7.1', is_address: false },
  ],
  ['RCPT', '530 5.7.0 Log in first', { outcome: 'later', why: 'mail_refused 530 5.7.0' }],
  ['DATA', '450 Not now', { outcome: 'later', why: 'mail_try_later 450' }],
  ['DATA', '554 5.6.0 Not that', { outcome: 'refused', why: 'mail_refused 554 5.6.0', is_address: false }],
  ['end', '421 4.7.0 Slow down', { outcome: 'later', why: 'mail_try_later 421 4.7.0' }],
  ['end', '452 4.3.1 Full', { outcome: 'later', why: 'mail_try_later 452 4.3.1' }],
  ['end', '550 5.1.1 No such user', { outcome: 'refused', why: 'mail_refused 550 5.1.1', is_address: true }],
  ['end', '552 5.3.4 Too large', { outcome: 'refused', why: 'mail_refused 552 5.3.4', is_address: false }],
  ['end', '554 5.7.1 Spam', { outcome: 'refused', why: 'mail_refused 554 5.7.1', is_address: false }],
];

test.each(ANSWERS)('at %s an answer of %s is told as what it means', async (step, answer, outcome) => {
  const { port, whole } = kept(await startOddSmtp(step, answer));
  expect(await sendTo(port)).toEqual(outcome);
  expect(whole()).toBe(step === 'end' ? 1 : 0);
});

const STEPS: SmtpStep[] = ['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'end'];

test.each(STEPS)(
  'a server that stalls, drops or drips at %s is left in time, and tried later',
  async (step) => {
    const tried = await Promise.all(
      (['stalls', 'drops', 'drips'] as const).map(async (oddity) => {
        const server = kept(await startOddSmtp(step, oddity));
        const began = performance.now();
        const sent = await sendTo(server.port, { within_ms: 400 });
        const took = performance.now() - began;
        await until(() => server.open() === 0);
        return { sent, took, whole: server.whole() };
      }),
    );
    const [stalled, dropped, dripped] = tried;
    expect(tried.map(({ sent }) => sent.outcome)).toEqual(['later', 'later', 'later']);
    expect([stalled, dripped].map((one) => one!.sent)).toEqual([
      { outcome: 'later', why: 'mail_timeout' },
      { outcome: 'later', why: 'mail_timeout' },
    ]);
    expect(dropped!.sent).toEqual({ outcome: 'later', why: 'mail_unreachable' });
    // By the whole limit, not by that of a step, which every byte begins anew.
    for (const { took } of tried) expect(took).toBeLessThan(3_000);
    // Never a second time, though the server may have it.
    expect(tried.map(({ whole }) => whole)).toEqual(Array(3).fill(step === 'end' ? 1 : 0));
  },
);

test('a server that is not there, wants TLS that it lacks, or refuses the login is tried later', async () => {
  expect(await sendTo(9)).toEqual({ outcome: 'later', why: 'mail_unreachable' });
  const { port, received } = kept(await startSmtpStub());
  const wrong = createSmtpSender({ server: at(port, { login: { ...LOGIN, pass: 'no' } }), dkim: undefined });
  expect(await wrong.send(message)).toEqual({ outcome: 'later', why: 'mail_login_refused 535' });
  const bare = kept(await startSmtpStub({ disabledCommands: ['STARTTLS'] }));
  const server = at(bare.port, { is_loopback: false, login: LOGIN });
  expect(await createSmtpSender({ server, dkim: undefined }).send(message)).toMatchObject({
    outcome: 'later',
    why: expect.stringMatching(/^mail_no_tls/),
  });
  expect(received).toEqual([]);
});

test('a refusal tells nothing of the letter or of the server’s words', async () => {
  const { port } = kept(
    await startSmtpStub({
      onRcptTo: ({ address }, _session, callback) => callback(refusal(550, `${address} is gone`)),
    }),
  );
  expect(JSON.stringify(await sendTo(port))).not.toMatch(/diaz|gone/);
});

test('addresses and headers that nobody checked are a bug, and nothing goes out', async () => {
  const { port, received } = kept(await startSmtpStub());
  const sender = createSmtpSender({ server: at(port), dkim: undefined });
  const wrong: Partial<MailMessage>[] = [
    { to: { name: '', address: 'a@example.org, b@example.org' } },
    { reply_to: { name: '', address: 'a@example.org>\r\nBcc: <b@example.org' } },
    { return_path: 'a@example.org> SIZE=1' },
    { message_id: '<a@example.org>\nBcc: b@example.org' },
    { headers: { 'Content-Language': 'en\r\nBcc: b@example.org' } },
    { headers: { 'X-A:\nBcc': 'b@example.org' } },
  ];
  for (const part of wrong)
    await expect(sender.send({ ...message, ...part })).rejects.toThrow(/nobody|more than one/);
  expect(received).toEqual([]);
});

test('a key that can’t sign is told at the start, with what to do', () => {
  const rsa = (bits: number) =>
    generateKeyPairSync('rsa', {
      modulusLength: bits,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }).privateKey;
  const folder = folderOf({});
  const startWith = (text: string | undefined) => {
    const key_file = join(folder, 'dkim.pem');
    if (text !== undefined) writeFileSync(key_file, text);
    try {
      createSmtpSender({ server: at(9), dkim: { key_file, selector: 'mail' } });
      return 'started';
    } catch (error) {
      expect(error).toBeInstanceOf(OperationalError);
      const { code, message } = error as OperationalError;
      return `${code}: ${message.replaceAll(folder, '')}`;
    }
  };
  expect(startWith(undefined)).toMatch(
    /^dkim_key_unreadable: \/dkim\.pem, which DKIM_KEY_FILE names, can't be read/,
  );
  expect(startWith('no key')).toMatch(
    /^dkim_key_unusable: .*holds no RSA key as PEM\. Make one with: openssl/,
  );
  expect(startWith(rsa(1024))).toMatch(/^dkim_key_unusable: .*has 1024 bits/);
  expect(startWith(rsa(2048))).toBe('started');
});
