import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { OperationalError } from '../../server/errors.ts';
import { createLog } from '../../server/log.ts';
import { readMailAddress } from '../../server/mail/mail-address.ts';
import { tellMailMode } from '../../server/mail/mail-mode.ts';
import { testMessage } from '../../server/mail/message.ts';
import { readSmtpUrl, type SmtpServer } from '../../server/mail/smtp-server.ts';
import { reachServer, sendMail } from '../../server/mail/transport.ts';
import { LOGIN, refusal, type SmtpStub, startSmtpStub } from '../support/smtp-stub.ts';

const message = testMessage({
  from: { name: 'Clean Water', address: 'hello@example.org' },
  to: { name: '', address: 'me@example.org' },
  subject: 'Agua limpia\r\nBcc: else@example.org',
  text: 'Dear [name],\n\n.a line that begins with a dot\nFrom here: ¿podría ayudar?\n\nThank you.',
});

const stubs: SmtpStub[] = [];
afterAll(() => Promise.all(stubs.map((stub) => stub.close())));

async function stub(special: Parameters<typeof startSmtpStub>[0] = {}): Promise<SmtpStub> {
  const started = await startSmtpStub(special);
  stubs.push(started);
  return started;
}

const at = (port: number, special: Partial<SmtpServer> = {}): SmtpServer => ({
  host: '127.0.0.1',
  port,
  is_secure: false,
  is_loopback: true,
  login: undefined,
  ...special,
});

test('a mail comes in as it was, at the one address, and no line of a subject becomes a header', async () => {
  const { port, received } = await stub();
  expect(await sendMail(message, at(port, { login: LOGIN }))).toMatch(/^250 .*Queued as stub-1/);
  expect(received).toHaveLength(1);
  const { mail, rcpt_to, mail_from, is_secure } = received[0]!;
  expect([rcpt_to, mail_from]).toEqual([['me@example.org'], 'hello@example.org']);
  expect(mail.subject).toBe('[test] Agua limpia Bcc: else@example.org');
  expect(mail.text?.trimEnd()).toBe(message.text);
  expect(mail.from?.text).toBe('"Clean Water" <hello@example.org>');
  expect(['bcc', 'cc', 'reply-to'].filter((name) => mail.headers.has(name))).toEqual([]);
  // The server offers STARTTLS: where it is offered it is used, on this machine whoever vouches for it.
  expect(is_secure).toBe(true);
});

const elsewhere = { is_loopback: false, login: LOGIN };
const FAULTS: [string, string, RegExp, Parameters<typeof startSmtpStub>[0], Partial<SmtpServer>][] = [
  [
    'a wrong password',
    'mail_login_refused',
    /did not take the user name and password in SMTP_URL.* It said: 535 Authentication failed$/,
    {},
    { login: { ...LOGIN, pass: 'not the one' } },
  ],
  [
    'a server without TLS',
    'mail_no_tls',
    /no secure connection could be made/,
    { disabledCommands: ['STARTTLS'] },
    elsewhere,
  ],
  ['a certificate that nobody vouches for', 'mail_no_tls', /as its certificate has it/, {}, elsewhere],
  ['smtps: at a port without TLS', 'mail_no_tls', /Write smtps: in place of smtp:/, {}, { is_secure: true }],
  [
    'greylisting',
    'mail_try_later',
    /Try again in ten minutes\. It said: 450 4\.2\.0 Greylisted$/,
    { onRcptTo: (_address, _session, callback) => callback(refusal(450, '4.2.0 Greylisted')) },
    {},
  ],
  [
    'a recipient that is refused',
    'mail_refused',
    /The address after --to may be wrong/,
    { onRcptTo: (_address, _session, callback) => callback(refusal(550, 'No such user')) },
    {},
  ],
  [
    'a sender that is refused',
    'mail_refused',
    /MAIL_FROM may be an address that it does not let this user send from\. It said: 553 Not yours$/,
    { onMailFrom: (_address, _session, callback) => callback(refusal(553, 'Not yours')) },
    {},
  ],
];

/** What comes of sending, with the fault as a person reads it. */
async function faultOf(server: SmtpServer): Promise<OperationalError> {
  const error = await sendMail(message, server, { step_within_ms: 1500 }).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(OperationalError);
  return error as OperationalError;
}

test.each(FAULTS)(
  '%s is told in plain words, without the password',
  async (_name, code, says, special, server) => {
    const { port, received } = await stub(special);
    const fault = await faultOf(at(port, server));
    expect([fault.code, fault.message]).toEqual([code, expect.stringMatching(says)]);
    expect(fault.message).not.toContain(LOGIN.pass);
    expect(received).toEqual([]);
  },
);

test('a server that says nothing is given up, and one that is not there is told at once', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  expect(await faultOf(at(port))).toMatchObject({
    code: 'mail_timeout',
    message: expect.stringMatching(/did not answer within 10 seconds/),
  });
  silent.close();
  expect(await faultOf(at(9))).toMatchObject({
    code: 'mail_unreachable',
    message: expect.stringMatching(/^The mail server 127\.0\.0\.1:9 can't be reached\..*\(ECONNREFUSED\)$/),
  });
});

test.each([
  ['me@example.org', { name: '', address: 'me@example.org' }],
  ['Clean Water <me@example.org>', { name: 'Clean Water', address: 'me@example.org' }],
  ['', undefined],
  ['me', undefined],
  ['me@example.org, else@example.org', undefined],
  ['Team: me@example.org, else@example.org;', undefined],
  ['Team: me@example.org;', undefined],
  ['me@example.org else@example.org', undefined],
  ['<me@example.org> else@example.org', undefined],
  ['me@example.org\nBcc: else@example.org', undefined],
  ['"a\r\nBcc: b" <me@example.org>', undefined],
  [`${'a'.repeat(250)}@example.org`, undefined],
])('%j is one address or none', (typed, address) => {
  expect(readMailAddress(typed)).toEqual(address);
});

test.each([
  ['smtp://localhost', at(587, { host: 'localhost' })],
  [
    'smtps://a%40b:p%40ss%3Aword%2F1@mail.example.org',
    at(465, {
      host: 'mail.example.org',
      is_secure: true,
      is_loopback: false,
      login: { user: 'a@b', pass: LOGIN.pass },
    }),
  ],
  ['smtp://[::1]:2525', at(2525, { host: '::1' })],
  ['https://mail.example.org', undefined],
  ['smtp://', undefined],
  ['smtp://:secret@mail.example.org', undefined],
  ['smtp://a:50%@mail.example.org', undefined],
  ['smtp://mail.example.org/?tls=off', undefined],
])('%s is a mail server or none', (url, server) => {
  expect(readSmtpUrl(url)).toEqual(server);
});

test('at the start the log says how mail is sent, and whether the server lets us in; nothing is sent for that', async () => {
  const told = async (settings: Pick<Parameters<typeof tellMailMode>[0], 'sends_mail' | 'smtp_server'>) => {
    const lines: string[] = [];
    const log = createLog(
      'info',
      () => new Date(0),
      (line) => lines.push(line),
    );
    await tellMailMode({ ...settings, log });
    expect(lines.join()).not.toContain(LOGIN.pass);
    return lines.map((line) => {
      const { level, event } = JSON.parse(line);
      return [level, event];
    });
  };
  const { port, received } = await stub();
  const live = (smtp_server: SmtpServer) => told({ sends_mail: true, smtp_server });
  expect(await told({ sends_mail: false, smtp_server: undefined })).toEqual([['info', 'mail_mode']]);
  expect(await live(at(port, { login: LOGIN }))).toEqual([
    ['info', 'mail_mode'],
    ['info', 'mail_server_reached'],
  ]);
  for (const wrong of [at(9), at(port, { login: { ...LOGIN, pass: 'not the one' } })])
    expect(await live(wrong)).toEqual([
      ['info', 'mail_mode'],
      ['warn', 'mail_server_not_reached'],
    ]);
  expect(received).toEqual([]);
});

test('a server that never answers is given up when its time is over', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const reached = reachServer(at((silent.address() as AddressInfo).port), { within_ms: 50 });
  await expect(reached).rejects.toMatchObject({ code: 'mail_timeout' });
  silent.close();
});
