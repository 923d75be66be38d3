import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { load } from 'cheerio';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import type { Browser } from 'playwright-core';
import { rosterFolder, writeRosterFiles } from '../../server/legislators/roster-files.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { madeUpRoster } from '../fixtures/people/made-up-roster.ts';
import { openBrowser } from '../support/browser.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { type ReceivedMail, type SmtpStub, startSmtpStub } from '../support/smtp-stub.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

// A Tuesday, 10:00 in Florida.
let now = new Date('2026-11-24T15:00:00Z');
const campaigns = changedCampaign((yaml) => `${yaml}\nemail: {send: true, deliver_by: 2026-12-18}\n`);
const ACT =
  '/campaigns/visible-act/act?division=ocd-division/country:us/state:fl/sldu:1&division=ocd-division/country:us/state:fl/sldl:1&partner=jira';
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

let app: TestApp;
let browser: Browser;
let smtp: SmtpStub;
beforeAll(async () => {
  smtp = await startSmtpStub();
  const data_dir = folderOf({ 'dkim.pem': privateKey });
  const made = madeUpRoster([
    { chamber: 'upper', district: '1', members: ['Ada Oak'] },
    { chamber: 'lower', district: '1', members: ['Ben Fir'] },
  ]);
  const legislators = made.legislators.map((one) => ({
    ...one,
    email: `${one.current_role.org_classification}@legislature.example.org`,
  }));
  await writeRosterFiles(rosterFolder(data_dir, 'fl'), { ...made, legislators }, undefined);
  app = await startTestApp({
    campaigns_dir: campaigns.folder,
    data_dir,
    allow_sample: false,
    now: () => now,
    mail: {
      sends_mail: true,
      smtp_server: {
        host: '127.0.0.1',
        port: smtp.port,
        is_secure: false,
        is_loopback: true,
        login: undefined,
      },
      mail_from: { name: 'VISIBLE Act', address: 'hello@example.org' },
      bounce_address: { name: '', address: 'bounces@example.org' },
      dkim: { key_file: join(data_dir, 'dkim.pem'), selector: 'mail2026' },
    },
  });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
  await smtp.close();
  campaigns.drop();
});

/** What another library than the one that signs says of the signature; the DNS answers here. */
async function isSigned({ raw }: ReceivedMail): Promise<boolean> {
  const { results } = await dkimVerify(raw, {
    resolver: async () => [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]],
  });
  return results.length === 1 && results[0]!.status.result === 'pass';
}

/** The addresses of a mail's links, in their order. */
function linksIn({ mail }: ReceivedMail): string[] {
  const $ = load(mail.html || '');
  return $('a[href]')
    .get()
    .map((link) => $(link).attr('href')!);
}

test.each([
  { lang: 'es', name: 'María Nuñez O’Brien', words: 'El agua está sucia — ¡ayúdenos! 💧 ñandú' },
  { lang: 'ht', name: 'Jàn Bèlfò', words: 'Dlo a pa pwòp; nou bezwen èd ou, tanpri. 👨‍👩‍👧' },
])(
  'from the form to the inbox and back, in $lang: confirmed by a button alone, sent once as it was shown, told of, and erased',
  async ({ lang, name, words }) => {
    // The next letter to the same office may go.
    now = new Date(now.getTime() + 10 * 60_000);
    const javaScriptEnabled = lang === 'es';
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const before = smtp.received.length;
    await page.goto(`${app.url}${ACT}&lang=${lang}`);
    await page.click('#target-1-email > summary');
    const typed = { name, street: '12 Calle Ñ', city: 'Ocala', zip: '34470', from: `${lang}@example.org` };
    for (const [field, value] of Object.entries(typed)) await page.fill(`#target-1-${field}`, value);
    const subject = `${words} ${'muy largo '.repeat(12)}`.trim();
    await page.fill('#target-1-subject', subject);
    const text = `${await page.inputValue('#target-1-text')}\n\n${words}\n${'x'.repeat(1500)}\n.\n..punto`;
    await page.fill('#target-1-text', text);
    await page.click('#target-1-send');
    await page.waitForURL(/\/letters\/look\?/);
    expect(page.url()).not.toContain(encodeURIComponent(name));

    await app.sendMail();
    const [asked, ...none] = smtp.received.slice(before);
    expect(none).toEqual([]);
    expect(asked!.rcpt_to).toEqual([typed.from]);
    expect(asked!.mail_from).toMatch(/^bounces\+[a-z2-7]+@example\.org$/);
    expect(asked!.mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(await isSigned(asked!)).toBe(true);
    const shown = asked!.mail.text!.replaceAll('\r\n', '\n');
    for (const part of [name, typed.street, words, 'x'.repeat(1500), subject]) expect(shown).toContain(part);
    const [confirm = ''] = linksIn(asked!).filter((href) => href.includes('/letters/confirm/'));
    expect(confirm).toContain(`lang=${lang}`);
    // Programs that look at mails follow every link, twice.
    for (const href of [...linksIn(asked!), ...linksIn(asked!)])
      if (href.startsWith(app.url)) expect((await fetch(href)).status).toBe(200);
    await app.sendMail();
    expect(smtp.received.length).toBe(before + 1);

    await page.goto(confirm);
    expect(await page.getAttribute('html', 'lang')).toBe(lang);
    expect(await page.textContent('main')).toContain(words);
    await page.locator('main form[method=post] button').first().click();
    await page.waitForLoadState();
    await app.sendMail();
    const [letter, receipt, ...more] = smtp.received.slice(before + 1);
    expect(more).toEqual([]);
    expect(letter!.rcpt_to).toEqual(['upper@legislature.example.org']);
    expect(letter!.mail.from?.value).toEqual([{ name, address: 'hello@example.org' }]);
    expect(letter!.mail.replyTo?.value).toEqual([{ name, address: typed.from }]);
    expect(letter!.mail.subject).toBe(subject);
    expect(await isSigned(letter!)).toBe(true);
    const sent = letter!.mail.text!.replaceAll('\r\n', '\n').trimEnd();
    expect(sent).toContain(`${words}\n${'x'.repeat(1500)}\n.\n..punto`);
    expect(sent).toContain(`${name}\n12 Calle Ñ\nOcala`);
    const lines = letter!.raw.toString('latin1').split('\r\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(lines.slice(lines.indexOf('')).every((line) => line.length <= 76)).toBe(true);
    expect(letter!.raw.every((byte) => byte < 128)).toBe(true);
    expect(letter!.raw.toString('latin1')).not.toMatch(/[^\r]\n/);

    expect(receipt!.rcpt_to).toEqual([typed.from]);
    expect(receipt!.mail.text!).toContain(words);
    const [answered = ''] = linksIn(receipt!).filter((href) => href.includes('/letters/answered/'));
    await page.goto(answered);
    await page.locator('main form[method=post] button').first().click();
    await page.waitForLoadState();
    const answers = await app.store.read.selectFrom('letter_answers').selectAll().execute();
    expect(answers.filter(({ partner }) => partner === 'jira').length).toBeGreaterThan(0);

    // The links do nothing more, and show nothing more.
    await page.goto(confirm);
    expect(await page.textContent('main')).not.toContain(words);
    const totals = await (await fetch(`${app.url}/campaigns/visible-act/totals.json`)).json();
    const letters = lang === 'es' ? 1 : 2;
    expect(totals).toMatchObject({
      completed_actions: letters,
      server_accepted: letters,
      by_type: { email: { confirmed: letters, accepted: letters, sent: 0 } },
    });
    expect(app.log.join('\n')).not.toMatch(new RegExp(`${typed.from}|Calle|34470|${name}`));
    await context.close();
  },
);
