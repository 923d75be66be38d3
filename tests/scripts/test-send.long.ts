import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { TO_START } from '../support/server-process.ts';
import { LOGIN, type SmtpStub, startSmtpStub } from '../support/smtp-stub.ts';

let data_dir: string;
let smtp: SmtpStub;
beforeAll(async () => {
  data_dir = mkdtempSync(join(tmpdir(), 'statehouse-test-send-'));
  smtp = await startSmtpStub();
});
afterAll(async () => {
  await smtp.close();
  rmSync(data_dir, { recursive: true });
});

/** Runs the command as a person would, with sample legislators at hand. */
function run(args: string[], special: Record<string, string> = {}) {
  const env = { ...TO_START, DATA_DIR: data_dir, ...special };
  const command = ['--no-warnings', 'scripts/campaign.ts', 'test-send', 'visible-act', ...args];
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, command, { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

const live = (): Record<string, string> => ({
  MAIL_MODE: 'live',
  SMTP_URL: `smtp://${encodeURIComponent(LOGIN.user)}:${encodeURIComponent(LOGIN.pass)}@127.0.0.1:${smtp.port}`,
  MAIL_FROM: 'Clean Water <hello@example.org>',
});
const TO = ['--to', 'me@example.org'];

test('by itself nothing is sent: the letter is put into a file that its owner alone can read', async () => {
  const { code, stdout, stderr } = await run([...TO, '--wording', 'ally', '--lang', 'es']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^\/.*\/outbox\/[\dT-]+-[0-9a-f]{8}\.eml\n$/)]);
  expect(stderr).toMatch(
    /^From campaigns\/visible-act\/es\/email\.ally\.hbs, .*\nNothing was sent: open this file/,
  );
  const file = stdout.trimEnd();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const mail = await simpleParser(readFileSync(file));
  expect([mail.to, mail.subject]).toEqual([
    expect.objectContaining({ text: 'me@example.org' }),
    expect.stringMatching(/^\[test\] \S/),
  ]);
  expect(mail.text).toContain('[nombre del legislador]');
  expect(mail.text).toContain('[su ciudad]');
  expect(smtp.received).toEqual([]);
});

test('live, it goes to the one address, as a legislator of the district would get it', async () => {
  const district = 'ocd-division/country:us/state:fl/sldu:5';
  const { code, stdout, stderr } = await run([...TO, '--division', district], live());
  expect([code, stdout, stderr.split('\n')[1]]).toEqual([
    0,
    '',
    expect.stringMatching(/^Sent to me@example\.org\. The mail server said: 250 /),
  ]);
  const [{ rcpt_to, mail }] = smtp.received as [SmtpStub['received'][number]];
  expect([smtp.received.length, rcpt_to]).toEqual([1, ['me@example.org']]);
  const [, who] = /as it goes to (.*)\.\n/.exec(stderr)!;
  expect(mail.text).toMatch(
    new RegExp(`^Dear Senator ${who},\n\nI live in your district, in \\[your city\\]\\.\n`),
  );
  expect(mail.text?.trimEnd()).toMatch(
    /Sincerely,\n\[your name\]\n\[your street address\]\n\[your city\], FL \[your ZIP code\]$/,
  );
});

test('what can not be done is said, and sends nothing', async () => {
  const before = readdirSync(join(data_dir, 'outbox')).length;
  const count = smtp.received.length;
  const said = await Promise.all([
    run([]),
    run(['--to', 'a@example.org,b@example.org']),
    run([...TO, '--wording', 'friend']),
    run([...TO, '--legislator', 'ocd-person/nobody']),
    run(TO, { MAIL_MODE: 'live' }),
    run(TO, { ...live(), SMTP_URL: `smtp://organizer:wrong@127.0.0.1:${smtp.port}` }),
  ]);
  expect(said.map(({ code, stdout }) => [code, stdout])).toEqual(said.map(() => [1, '']));
  expect(said.map(({ stderr }) => stderr.split('\n')[0])).toEqual([
    '--to is the e-mail address that gets the letter: --to me@example.org',
    '--to is the e-mail address that gets the letter: --to me@example.org',
    "The campaign has no wording 'friend'. It has: plain, ally, opponent.",
    "No legislator at hand has the id 'ocd-person/nobody'. At hand are only made-up legislators.",
    "The settings can't be used:",
    expect.stringMatching(/did not take the user name and password in SMTP_URL/),
  ]);
  expect(said[5]!.stderr).not.toContain('wrong');
  expect([readdirSync(join(data_dir, 'outbox')).length, smtp.received.length]).toEqual([before, count]);
});
