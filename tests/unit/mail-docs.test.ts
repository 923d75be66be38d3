import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { officeHours } from '../../server/campaigns/office-hours-fields.ts';
import { openFrom } from '../../server/mail/drip.ts';
import { TIME_LIMITS } from '../../server/mail/letter-states.ts';
import { missingForLinks, missingForMail, readSettings, SETTING_NAMES } from '../../server/settings.ts';

const GUIDE = readFileSync('docs/mail.md', 'utf8');
const FLAT = GUIDE.replaceAll(/\s+/g, ' ');
const PACKAGE = JSON.parse(readFileSync('package.json', 'utf8'));
const HOUR_MS = 3_600_000;

/** What stands between fences, each block's own indentation taken away. */
const BLOCKS = [...GUIDE.matchAll(/^( *)```(?:yaml)?\n([\s\S]*?)\n *```/gm)].map(([, indent, block]) =>
  block!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
);
const SETTINGS = Object.fromEntries(
  BLOCKS.find((block) => block.startsWith('MAIL_MODE='))!
    .split('\n')
    .map((line) => line.split(/=(.*)/s) as [string, string]),
);

test('the settings that it tells to write are right for a site that sends, and lack nothing', () => {
  const settings = readSettings({ ...SETTINGS, BASE_URL: 'https://example.org' });
  expect([...missingForMail(settings), ...missingForLinks(settings)]).toEqual([]);
  expect(settings).toMatchObject({
    sends_mail: true,
    mail_from: { name: 'Clean Water', address: 'hello@example.org' },
    dkim: { key_file: '/var/lib/statehouse/dkim.pem', selector: 'mail2026' },
    bounce_address: { address: 'bounces@in.example.org' },
  });
});

test('every setting and command that it names is there, and what it copies fits what it sets', () => {
  const named = [...GUIDE.matchAll(/`([A-Z]+_[A-Z_]+)[`=]/g)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(5);
  expect([...named, ...Object.keys(SETTINGS)].filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
  const scripts = [...GUIDE.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, script]) => script!);
  expect(new Set(scripts)).toEqual(new Set(['campaign', 'mail', 'scrub']));
  for (const script of scripts) expect(PACKAGE.scripts).toHaveProperty(script);
  expect(GUIDE).toContain(`genrsa -out ${SETTINGS.DKIM_KEY_FILE} 2048`);
  expect(GUIDE).toContain(`${SETTINGS.DKIM_SELECTOR}._domainkey.`);
  const [, domain] = SETTINGS.BOUNCE_ADDRESS!.split('@');
  for (const line of [`relay_domains = ${domain}`, `{${SETTINGS.BOUNCE_ADDRESS}=`, `{${domain}=statehouse:}`])
    expect(GUIDE).toContain(line);
});

test('with the hours that it tells to write for a trial, a letter goes on a Sunday night too', () => {
  const block = BLOCKS.find((one) => one.startsWith('office_hours:'))!;
  const hours = officeHours.parse(parse(block).office_hours);
  const sunday = new Date('2026-11-30T03:30:00Z');
  expect(openFrom(sunday, { hours, time_zone: 'America/New_York' }, 0)).toEqual(sunday);
});

test('the times and numbers that it tells are those of the program', () => {
  expect(FLAT).toContain(`not confirmed within ${TIME_LIMITS.confirm_ms / HOUR_MS} hours expires`);
  const days = TIME_LIMITS.keep_ms / (24 * HOUR_MS);
  for (const words of ['deleted after N days', 'after N days at the latest'])
    expect(FLAT).toContain(words.replace('N', String(days)));
  expect(FLAT).toContain(`or within ${TIME_LIMITS.wait_ms / (24 * HOUR_MS)} days, expires`);
  const { letters_per_hour, letters_per_domain_per_hour, sends_mail } = readSettings({});
  expect(sends_mail).toBe(false);
  expect(FLAT).toContain(`\`LETTERS_PER_HOUR\`, ${letters_per_hour} by default,`);
  expect(FLAT).toContain(`\`LETTERS_PER_DOMAIN_PER_HOUR\`, ${letters_per_domain_per_hour},`);
});
