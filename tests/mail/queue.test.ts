import { readFileSync } from 'node:fs';
import { REASON_WORDS, STATE_WORDS } from '../../scripts/letter-words.ts';
import { readStatus } from '../../scripts/mail-status-read.ts';
import { statusInWords } from '../../scripts/mail-status-words.ts';
import { readLetterAnswers } from '../../server/mail/queue-queries.ts';
import type { Store } from '../../server/store/open-store.ts';
import { STORE_KINDS } from '../support/temp-store.ts';
import { letterRow, outboxRow, writeLetters } from '../support/write-letters.ts';

const KNOWN = [
  { slug: 'visible-act', former_slugs: [], state: 'fl', status: 'live' as const },
  { slug: 'new-name', former_slugs: ['western-act'], state: 'ca', status: 'paused' as const },
];
const NOW = new Date('2026-11-24T16:30:00.000Z');

describe.each(STORE_KINDS)('$name', ({ create }) => {
  let database: Awaited<ReturnType<typeof create>>;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = await database.open();
  });
  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  test('the status of a site that has sent nothing says so', async () => {
    const status = await readStatus(store, { mail_mode: 'preview', now: NOW });
    expect(status).toEqual({
      schema_version: 1,
      as_of: NOW.toISOString(),
      mail_mode: 'preview',
      campaigns: [],
      total: [],
      waiting_mails: [],
      set_aside: [],
    });
    expect(statusInWords(status, KNOWN)).toBe(
      'MAIL_MODE is preview: nothing leaves this machine.\n\nNo e-mail was handed in yet.\n\nNo mail is to be put into the folder outbox.\n',
    );
  });

  test('every letter is told once, where it stands and why, by campaign and in all; those of a preview apart', async () => {
    await writeLetters(
      store,
      [
        letterRow({ id: 'a', state: 'confirming', held: 'links' }),
        letterRow({ id: 'b', state: 'confirming', handed_in_at: '2026-11-24T09:59:00.000Z' }),
        letterRow({ id: 'c', held: 'links,short', confirmed_at: '2026-11-23T15:59:59.000Z' }),
        letterRow({ id: 'd', held: 'links' }),
        letterRow({ id: 'e', held: 'many_from_sender' }),
        letterRow({ id: 'f' }),
        letterRow({ id: 'g', confirmed_at: '2026-11-22T23:10:00.000Z' }),
        letterRow({ id: 'h', state: 'sending' }),
        letterRow({ id: 'i', state: 'accepted' }),
        letterRow({ id: 'j', state: 'failed', reason: 'refused_by_server' }),
        letterRow({ id: 'k', state: 'failed', reason: 'refused_by_server' }),
        letterRow({ id: 'l', state: 'failed', reason: 'not_a_target' }),
        letterRow({ id: 'm', state: 'bounced', campaign_slug: 'western-act' }),
        letterRow({ id: 'n', campaign_slug: 'western-act' }),
        letterRow({ id: 'o', mode: 'preview' }),
      ],
      [
        outboxRow({ letter_id: 'c', due_at: '2026-11-23T16:00:00.000Z' }),
        outboxRow({ letter_id: 'f', due_at: '2026-11-24T17:00:00.000Z' }),
        outboxRow({ letter_id: 'g', due_at: '2026-11-24T16:50:00.000Z', attempts: 2 }),
        outboxRow({ letter_id: 'n', due_at: '2026-11-24T16:00:00.000Z' }),
        outboxRow({ letter_id: 'a', kind: 'confirmation', due_at: '2026-11-24T14:05:00.000Z' }),
        outboxRow({ letter_id: 'b', kind: 'confirmation', due_at: '2026-11-24T16:40:00.000Z', attempts: 7 }),
      ],
    );
    const status = await readStatus(store, { mail_mode: 'live', now: NOW });
    const hour = (iso: string) => `2026-11-${iso}:00:00.000Z`;
    const main = [
      { state: 'confirming', reason: '', letters: 2, oldest_at: hour('24T09') },
      { state: 'held', reason: 'links', letters: 2, oldest_at: hour('23T15') },
      { state: 'held', reason: 'many_from_sender', letters: 1, oldest_at: hour('24T15') },
      { state: 'confirmed', reason: '', letters: 2, oldest_at: hour('22T23') },
      { state: 'sending', reason: '', letters: 1, oldest_at: hour('24T15') },
      { state: 'accepted', reason: '', letters: 1, oldest_at: '' },
      { state: 'failed', reason: 'not_a_target', letters: 1, oldest_at: '' },
      { state: 'failed', reason: 'refused_by_server', letters: 2, oldest_at: '' },
    ];
    expect(status.campaigns).toEqual([
      {
        campaign_slug: 'visible-act',
        mode: 'live',
        is_sample: false,
        letters: main,
        next_at: '2026-11-24T16:50:00.000Z',
      },
      {
        campaign_slug: 'visible-act',
        mode: 'preview',
        is_sample: false,
        letters: [{ state: 'confirmed', reason: '', letters: 1, oldest_at: hour('24T15') }],
        next_at: '',
      },
      {
        campaign_slug: 'western-act',
        mode: 'live',
        is_sample: false,
        letters: [
          { state: 'confirmed', reason: '', letters: 1, oldest_at: hour('24T15') },
          { state: 'bounced', reason: '', letters: 1, oldest_at: '' },
        ],
        next_at: '2026-11-24T16:00:00.000Z',
      },
    ]);
    expect(status.total.reduce((sum, { letters }) => sum + letters, 0)).toBe(14);
    expect(status.waiting_mails).toEqual([
      {
        kind: 'confirmation',
        mails: 2,
        tried: 1,
        most_attempts: 7,
        next_at: '2026-11-24T14:05:00.000Z',
      },
      { kind: 'letter', mails: 3, tried: 1, most_attempts: 2, next_at: '2026-11-24T16:00:00.000Z' },
    ]);
    const told = statusInWords(status, KNOWN);
    expect(told).toMatch(/^MAIL_MODE is live: e-mails of supporters are sent\.\n\nvisible-act\n/);
    expect(told).toMatch(
      /\nheld for you +a link that is not in your letter +November 23, 2026, 10 am \(Eastern time\) +2\n/,
    );
    expect(told).toMatch(/\nfailed +refused by the mail server +2\n/);
    expect(told).toContain('\nThe next does not go before November 24, 2026, 11:50 am (Eastern time).\n');
    expect(told).toMatch(/\nwestern-act\n(?:.*\n)*The campaign is paused: they wait until it goes on\.\n/);
    // One that is due may wait for an office to open: nobody is told that it goes.
    expect(statusInWords(status, [])).not.toMatch(/goes now|The next goes|paused/);
    expect(told).toContain('\nvisible-act (preview: not sent)\n');
    expect(told).toMatch(
      /\nAll campaigns\n(?:.*\n)*waiting their turn +November 22, 2026, 11 pm \(UTC\) +3\n/,
    );
    expect(told).toMatch(/\nTo see what is held for you: npm run mail -- held\n/);
    expect(told).toMatch(/\nmails that ask to confirm +due +2 +1 +7\n/);
  });

  test('addresses that were set aside are told, and what to do; those that bounced once are not', async () => {
    await store.transaction((trx) =>
      trx
        .insertInto('target_addresses')
        .values([
          {
            address: 'gone@example.org',
            hard_bounces: 3,
            last_bounce_at: '2026-11-23T10:00:00.000Z',
            set_aside_at: '2026-11-23T10:00:00.000Z',
          },
          {
            address: 'once@example.org',
            hard_bounces: 1,
            last_bounce_at: '2026-11-23T10:00:00.000Z',
            set_aside_at: '',
          },
        ])
        .execute(),
    );
    const status = await readStatus(store, { mail_mode: 'live', now: NOW });
    expect(status.set_aside).toEqual([
      { address: 'gone@example.org', since: '2026-11-23T10:00:00.000Z', hard_bounces: 3 },
    ]);
    const told = statusInWords(status, KNOWN);
    expect(told).toContain('  gone@example.org: 3 came back in a row; since November 23, 2026, 10 am (UTC)');
    expect(told).toContain('npm run mail -- readmit ADDRESS');
    expect(told).not.toContain('once@example.org');
  });

  test('answers are added up by legislator, real ones and samples apart, under every name of the campaign', async () => {
    const of = { campaign_slug: 'visible-act', is_sample: 0, partner: '', day: '2026-11-24', answers: 1 };
    await store.transaction((trx) =>
      trx
        .insertInto('letter_answers')
        .values([
          { ...of, legislator_id: 'ocd-person/2', answers: 2 },
          { ...of, legislator_id: 'ocd-person/1' },
          { ...of, legislator_id: 'ocd-person/1', partner: 'jira', answers: 3 },
          { ...of, legislator_id: 'ocd-person/1', campaign_slug: 'former', day: '2026-11-25' },
          { ...of, legislator_id: 'ocd-person/1', campaign_slug: 'another' },
          { ...of, legislator_id: 'ocd-person/1', is_sample: 1 },
        ])
        .execute(),
    );
    const slugs = ['visible-act', 'former'];
    expect(await readLetterAnswers(store.read, slugs, { is_sample: false })).toEqual([
      { legislator_id: 'ocd-person/1', answers: 5 },
      { legislator_id: 'ocd-person/2', answers: 2 },
    ]);
  });
});

test('commands and reports have the same words for where an e-mail is and why, but for who is spoken to', () => {
  const { states, reasons } = JSON.parse(readFileSync('views/locales/en.json', 'utf8')).report.letters;
  const spoken = (words: Record<string, string>) =>
    JSON.parse(
      JSON.stringify(words)
        .replaceAll('’', "'")
        .replaceAll('the organizers', 'you')
        .replaceAll("the campaign's", 'your'),
    );
  expect(spoken(STATE_WORDS)).toEqual(spoken(states));
  const { erased_by_organizer: _erased, ...others } = spoken(REASON_WORDS);
  expect(spoken(reasons)).toMatchObject(others);
});
