import { createPreviewTokens } from '../../server/campaigns/preview-token.ts';
import { readTypedAddress } from '../../server/legislators/typed-address.ts';
import { mailboxOf } from '../../server/mail/mail-address.ts';
import { readReturnPath, writeReturnPath } from '../../server/mail/return-path.ts';
import { createReportTokens } from '../../server/reports/report-token.ts';
import { readYamlList } from '../../server/yaml/yaml-list.ts';
import { busyFor } from '../support/bombs.ts';

const secrets = ['a secret for tests alone, 32 characters'];
const NOW = new Date('2026-08-05T15:00:00Z');

test('a number in a link with a zero before it is not the link that was given', () => {
  const previews = createPreviewTokens({ secrets });
  const preview = previews.issue('visible-act', { now: NOW });
  expect(previews.check(preview, 'visible-act', NOW)).toBe('good');
  expect(previews.check(`0${preview}`, 'visible-act', NOW)).toBe('forged');
  const reports = createReportTokens({ secrets });
  const link = { id: 'link1-test', campaign_slug: 'a', partner: '', expires_at: '2026-12-05T15:00:00.000Z' };
  const report = reports.issue(link);
  expect(reports.check(report, ['a'], NOW).state).toBe('good');
  expect(reports.check(report.replace('.', '.0'), ['a'], NOW).state).toBe('forged');
});

test('another last sign, or one more, makes a token of a returned mail another; capitals do not', () => {
  const bounce_address = { name: '', address: 'b@example.org' };
  const returned = { letter_id: 'AAECAwQFBgcICQoLDA0ODw', kind: 'letter' } as const;
  const path = writeReturnPath(returned, { bounce_address, secrets });
  const token = path.replace(/^.*\+|@.*$/g, '');
  expect(readReturnPath(token.toUpperCase(), { secrets })).toEqual(returned);
  const others = [...'abcdefghijklmnopqrstuvwxyz234567'].filter((sign) => sign !== token.at(-1));
  for (const end of [...others, `${token.at(-1)}a`])
    expect(readReturnPath(token.slice(0, -1) + end, { secrets })).toBeUndefined();
});

test('an address without an @, however long, is read in a moment', async () => {
  expect(mailboxOf('Ana+news@Example.org')).toBe('ana@example.org');
  expect(mailboxOf('A.n.a@googlemail.com')).toBe('ana@gmail.com');
  expect(await busyFor(() => mailboxOf('0'.repeat(64_000)))).toBeLessThan(500);
  expect(await busyFor(() => readTypedAddress('0 '.repeat(32_000)))).toBeLessThan(500);
});

test('a list of two thousand broken entries costs what each of them costs', async () => {
  let faults = 0;
  const busy = await busyFor(() => {
    faults = readYamlList('f', '- a: [b\n'.repeat(2000), 'corrections').faults.length;
  });
  expect(faults).toBe(2000);
  expect(busy).toBeLessThan(5000);
});
