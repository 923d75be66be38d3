import { readBounce } from '../../server/mail/bounce-report.ts';
import { type ReturnedMail, writeReturnPath } from '../../server/mail/return-path.ts';

const secrets = ['a secret for what comes back, 32 characters'];
const bounce_address = { name: '', address: 'bounces@example.org' };
const returned: ReturnedMail = { letter_id: 'AAECAwQFBgcICQoLDA0ODw', kind: 'letter' };
const path = writeReturnPath(returned, { bounce_address, secrets });

/** A report as a mail server writes it; each part may be another. */
function report({
  head = `To: ${path}`,
  type = 'multipart/report; report-type=delivery-status; boundary="b1"',
  fields = ['Final-Recipient: rfc822; diaz@example.gov', 'Action: failed', 'Status: 5.1.1'],
  message_fields = ['Reporting-MTA: dns; mx.example.gov', 'Arrival-Date: Tue, 24 Nov 2026 11:02:40 -0500'],
  status_type = 'message/delivery-status',
  line = '\r\n',
} = {}): string {
  return [
    'Return-Path: <>',
    'From: Mail Delivery System <MAILER-DAEMON@mx.example.gov>',
    head,
    'Subject: Undelivered',
    'MIME-Version: 1.0',
    `Content-Type: ${type}`,
    '',
    '--b1',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'It could not be delivered.',
    '',
    '--b1',
    `Content-Type: ${status_type}`,
    '',
    ...message_fields,
    '',
    ...fields,
    '',
    '--b1',
    'Content-Type: message/rfc822',
    '',
    'From: "Ana" <hello@example.org>',
    'To: diaz@example.gov',
    'Subject: A letter',
    '',
    'Dear Senator',
    '',
    '--b1--',
    '',
  ].join(line);
}

const read = (raw: string | Buffer, with_secrets = secrets) => readBounce(raw, { secrets: with_secrets });
const hard = { ...returned, is_hard: true, status: '5.1.1' };

const SHAPES: [string, Parameters<typeof report>[0], object][] = [
  ['plain', {}, hard],
  ['with lines that end as on the server’s disk', { line: '\n' }, hard],
  ['that a server delivered under its own header', { head: `To: postmaster\r\nDelivered-To: ${path}` }, hard],
  ['sent on by an alias', { head: `To: x@example.org\r\nX-Original-To: <${path}>` }, hard],
  ['with the address folded to capitals', { head: `To: <${path.toUpperCase()}>` }, hard],
  ['with a name beside the address', { head: `To: "Bounces, of us"\r\n <${path}>` }, hard],
  [
    'with more fields, folded, in other cases',
    {
      fields: [
        'Original-Recipient: rfc822;diaz@example.gov',
        'final-recipient: rfc822;diaz@example.gov',
        'ACTION: Failed (permanent)',
        'STATUS:',
        '  5.2.1 (mailbox disabled)',
        'Diagnostic-Code: smtp; 550 5.2.1 The account',
        '   is disabled',
      ],
    },
    { ...hard, status: '5.2.1' },
  ],
  [
    'that is late',
    { fields: ['Action: delayed', 'Status: 4.4.1'] },
    { ...returned, is_hard: false, status: '4.4.1' },
  ],
  ['that gave up after days', { fields: ['Action: failed', 'Status: 4.4.7'] }, { ...hard, status: '4.4.7' }],
  ['without a status', { fields: ['Action: failed'] }, { ...hard, status: '' }],
  [
    'in the words of other languages (RFC 6533)',
    {
      status_type: 'message/global-delivery-status',
      fields: ['Final-Recipient: utf-8; díaz@example.gov', 'Action: failed', 'Status: 5.1.1'],
    },
    hard,
  ],
];

test.each(SHAPES)('a report %s is read', async (_name, shape, bounce) => {
  expect(await read(report(shape))).toEqual(bounce);
});

test('the token of an older secret is good too, and each kind of mail is known', async () => {
  for (const kind of ['confirmation', 'receipt', 'notice'] as const) {
    const to = writeReturnPath({ ...returned, kind }, { bounce_address, secrets });
    expect(await read(report({ head: `To: ${to}` }), ['a newer secret', ...secrets])).toEqual({
      ...hard,
      kind,
    });
  }
});

const forged = path.replace(/\+(.)/, (_, first) => `+${first === 'a' ? 'b' : 'a'}`);
const OTHERS: [string, string | Buffer][] = [
  [
    'a holiday answer',
    `From: diaz@example.gov\r\nTo: ${path}\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.`,
  ],
  ['a forged token', report({ head: `To: ${forged}` })],
  ['a token cut short', report({ head: `To: ${path.replace(/.@/, '@')}` })],
  ['no token', report({ head: 'To: bounces@example.org' })],
  [
    'a token in the body alone',
    report({ head: 'To: bounces@example.org', fields: [`Action: failed`, `X: ${path}`] }),
  ],
  ['a mail that was delivered', report({ fields: ['Action: delivered', 'Status: 2.0.0'] })],
  ['a mail that was handed on', report({ fields: ['Action: relayed', 'Status: 2.1.9'] })],
  ['no fields', report({ fields: [], message_fields: [] })],
  [
    'another kind of report',
    report({ type: 'multipart/report; report-type=disposition-notification; boundary="b1"' }),
  ],
  ['no report', report({ type: 'multipart/mixed; boundary="b1"' })],
  [
    'a report without parts',
    report({ type: 'multipart/report; report-type=delivery-status; boundary="other"' }),
  ],
  ['a report broken off', report().slice(0, report().indexOf('Action'))],
  ['nothing', ''],
  ['noise', Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 256))],
  ['3 MB', Buffer.concat([Buffer.from(report()), Buffer.alloc(3_000_000, 'x')])],
];

test.each(OTHERS)('%s is no bounce', async (_name, raw) => {
  expect(await read(raw)).toBeUndefined();
});

test('a thousand parts in one another are given up in time', async () => {
  const deep = Array.from(
    { length: 2000 },
    (_, n) => `Content-Type: multipart/mixed; boundary="d${n}"\r\n\r\n--d${n}\r\n`,
  ).join('');
  const began = performance.now();
  expect(await read(`To: ${path}\r\n${deep}`)).toBeUndefined();
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('a return path keeps to what mail servers take', () => {
  expect(path.indexOf('@')).toBeLessThanOrEqual(64);
  expect(path).toMatch(/^bounces\+[a-z2-7]+@example\.org$/);
  const long = { name: '', address: `${'b'.repeat(20)}@example.org` };
  expect(() => writeReturnPath(returned, { bounce_address: long, secrets })).toThrow(/too long/);
  const longest = { name: '', address: `${'b'.repeat(19)}@example.org` };
  expect(writeReturnPath(returned, { bounce_address: longest, secrets }).indexOf('@')).toBe(64);
});
