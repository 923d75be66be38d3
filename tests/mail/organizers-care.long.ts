import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bounceIn, readLimited } from '../../scripts/mail-bounce.ts';
import { decide, letterInWords } from '../../scripts/mail-held.ts';
import { planInWords } from '../../scripts/scrub-words.ts';
import { heldLetters } from '../../server/mail/held-queries.ts';
import type { MailKind } from '../../server/mail/letter.ts';
import { TIME_LIMITS } from '../../server/mail/letter-states.ts';
import { writeReturnPath } from '../../server/mail/return-path.ts';
import { noteReturned } from '../../server/mail/returned-mail.ts';
import { planScrub, scrub } from '../../server/mail/scrub.ts';
import { readmitAddress, readSetAside } from '../../server/mail/set-aside-queries.ts';
import type { Settings } from '../../server/settings.ts';
import type { Store } from '../../server/store/open-store.ts';
import { CONTENT, DESK_SECRETS, type DeskOptions, openDesk } from '../support/letter-desk.ts';
import { STORE_KINDS } from '../support/temp-store.ts';

const HOUR_MS = 3_600_000;

/** What a mail server says of a mail of ours, as it comes to BOUNCE_ADDRESS. */
function report(
  letter_id: string,
  { kind = 'letter' as MailKind, action = 'failed', status = '5.1.1' } = {},
) {
  const bounce_address = { name: '', address: 'bounces@example.org' };
  const to = writeReturnPath({ letter_id, kind }, { bounce_address, secrets: DESK_SECRETS });
  const lines = [
    'From: MAILER-DAEMON@mx.example.org',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="part"',
    '',
    '--part',
    'Content-Type: text/plain',
    '',
    'Your message could not be delivered.',
    '--part',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.org',
    '',
    'Final-Recipient: rfc822; someone@example.org',
    `Action: ${action}`,
    `Status: ${status}`,
    '--part--',
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

describe.each(STORE_KINDS)('$name', ({ create }) => {
  let now: Date;
  let database: Awaited<ReturnType<typeof create>>;
  let store: Store;
  let desks: ReturnType<typeof openDesk>[];

  beforeEach(async () => {
    // A Monday, 10:30 in Florida.
    now = new Date('2026-11-30T15:30:00Z');
    database = await create();
    store = await database.open();
    desks = [];
  });
  afterEach(async () => {
    for (const desk of desks) desk.drop();
    await store.close();
    await database.drop();
  });

  const open = (options: Partial<DeskOptions> = {}) => {
    const desk = openDesk({ store, now: () => now, ...options });
    desks.push(desk);
    return desk;
  };
  type Desk = ReturnType<typeof open>;
  const pass = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  const stateOf = async (id: string) => {
    const row = await store.read.selectFrom('letters').where('id', '=', id).selectAll().executeTakeFirst();
    return row && (row.reason === '' ? row.state : `${row.state}: ${row.reason}`);
  };
  const handIn = async (desk: Desk, changes: Parameters<Desk['handedIn']>[0] = {}): Promise<string> => {
    const before = await desk.ids();
    expect(await desk.letters.handIn(desk.handedIn(changes))).toEqual({ outcome: 'taken' });
    await desk.worker.look();
    return (await desk.ids()).find((id) => !before.includes(id))!;
  };
  const confirmed = async (desk: Desk, changes: Parameters<Desk['handedIn']>[0] = {}) => {
    const id = await handIn(desk, changes);
    expect(await desk.letters.confirm(id)).toBe('moved');
    return id;
  };
  const accepted = async (desk: Desk, changes: Parameters<Desk['handedIn']>[0] = {}) => {
    const id = await confirmed(desk, changes);
    await desk.lookAll();
    expect(await stateOf(id)).toBe('accepted');
    // The next to the same legislator.
    pass(HOUR_MS / 10);
    return id;
  };
  const statuses = async () => {
    const rows = await store.read.selectFrom('actions').select('status_code').execute();
    return rows.map(({ status_code }) => status_code).toSorted();
  };
  const cameBack = (desk: Desk, letter_id: string, { kind = 'letter' as MailKind, is_hard = true } = {}) =>
    noteReturned(
      { store, seal: desk.seal, addressOf: () => 'Senator@Example.org', now },
      { letter_id, kind, is_hard },
    );

  test('a held letter goes once it is released, and not before; a released one is no longer listed', async () => {
    const desk = open();
    const id = await confirmed(desk, { held: ['links'] });
    await handIn(desk, { held: ['short'] });
    await desk.lookAll();
    expect((await heldLetters(store.read)).map((one) => [one.id, one.held])).toEqual([[id, ['links']]]);
    expect(await heldLetters(store.read, ['another'])).toEqual([]);
    expect(await stateOf(id)).toBe('confirmed');
    expect(await decide({ store, now }, [id], 'release')).toEqual({ done: [id], missing: [] });
    expect(await decide({ store, now }, [id], 'release')).toEqual({ done: [], missing: [id] });
    expect(await heldLetters(store.read)).toEqual([]);
    await desk.lookAll();
    expect(await stateOf(id)).toBe('accepted');
  });

  test('a refused letter never goes, its writer is told, and nothing of them is left', async () => {
    const desk = open();
    const id = await confirmed(desk, { held: ['links'] });
    const other = await confirmed(desk);
    expect(await decide({ store, now }, [id, other, 'no-such-letter'], 'refuse')).toEqual({
      done: [id],
      missing: [other, 'no-such-letter'],
    });
    expect(await stateOf(id)).toBe('failed: refused_by_organizer');
    await desk.lookAll();
    await desk.sweep();
    const of_it = desk.sent.filter(({ about }) => about.letter.id === id).map(({ kind }) => kind);
    expect(of_it).toEqual(['confirmation', 'notice']);
    expect((await desk.letters.see(id))!.content).toBeUndefined();
    expect(readdirSync(desk.folder)).not.toContain(id);
    expect(await stateOf(other)).toBe('accepted');
    expect(await statuses()).toEqual(['accepted', 'confirmed', 'confirmed', 'failed']);
  });

  test('what is shown of a held letter is the whole of it, and can not steer a terminal', async () => {
    const desk = open();
    const nasty = {
      ...CONTENT,
      name: 'Ana\u001b[2J\nNúñez',
      text: 'See\u001b]0;title\u0007 \u202ethis\r\n👩‍👧 Ñ’',
    };
    const id = await confirmed(desk, { held: ['links'], content: nasty });
    const { letter, content } = (await desk.letters.see(id))!;
    const told = letterInWords(letter, content!, 'Made-Up Senator');
    expect(told).toMatch(/^To: Made-Up Senator, for /);
    expect(told).toContain('\nFrom: Ana\u{FFFD}[2J Núñez <ana@example.org>, 12 Orange Way, Ocala 34470\n');
    expect(told).toContain('\nHeld: a link that is not in your letter; since November 30, 2026');
    expect(told).toContain('See\u{FFFD}]0;title\u{FFFD} \u{FFFD}this\u{FFFD}\n👩‍👧 Ñ’\n');
  });

  test('a letter that comes back for good counts as bounced once, and what was counted stays', async () => {
    const desk = open();
    const id = await accepted(desk);
    expect(await cameBack(desk, id, { is_hard: false })).toEqual({ outcome: 'nothing' });
    expect(await stateOf(id)).toBe('accepted');
    expect(await cameBack(desk, id)).toEqual({ outcome: 'bounced', is_set_aside: false });
    expect(await cameBack(desk, id)).toEqual({ outcome: 'nothing' });
    expect(await cameBack(desk, 'no-such-letter')).toEqual({ outcome: 'nothing' });
    expect(await stateOf(id)).toBe('bounced');
    expect(await statuses()).toEqual(['accepted', 'bounced', 'confirmed']);
    const moves = await store.read.selectFrom('letter_moves').select('moved_at').execute();
    expect(moves.every(({ moved_at }) => moved_at.endsWith(':00:00.000Z'))).toBe(true);
  });

  test('a confirmation that comes back for good ends its letter and erases it; once confirmed it changes nothing', async () => {
    const desk = open();
    const [lost, found] = [await handIn(desk), await confirmed(desk)];
    for (const id of [lost, found])
      expect(await cameBack(desk, id, { kind: 'confirmation' })).toEqual({
        outcome: id === lost ? 'unreachable_sender' : 'nothing',
      });
    expect(await stateOf(lost)).toBe('failed: unreachable_sender');
    expect(readdirSync(desk.folder)).toEqual([found]);
    expect(await desk.letters.confirm(lost)).toBe('too_late');
    expect(await cameBack(desk, found, { kind: 'receipt' })).toEqual({ outcome: 'nothing' });
    await desk.lookAll();
    expect(await stateOf(found)).toBe('accepted');
    expect(await statuses()).toEqual(['accepted', 'confirmed']);
  });

  test('after three that came back nothing goes to that address; what waits for it stays, until it is taken back', async () => {
    const address = 'ocd-person-1@senate.example.org';
    const desk = open();
    for (let index = 0; index < 3; index++) {
      const id = await accepted(desk);
      const done = await noteReturned(
        { store, seal: desk.seal, addressOf: () => address.toUpperCase(), now },
        { letter_id: id, kind: 'letter', is_hard: true },
      );
      expect(done).toEqual({ outcome: 'bounced', is_set_aside: index === 2 });
    }
    expect(await readSetAside(store.read)).toEqual([{ address, since: now.toISOString(), hard_bounces: 3 }]);
    const waiting = await confirmed(desk);
    const to_another = await confirmed(desk, { legislator_id: 'ocd-person/2' });
    pass(HOUR_MS / 2);
    await desk.lookAll();
    expect([await stateOf(waiting), await stateOf(to_another)]).toEqual(['confirmed', 'accepted']);
    const readmit = () => store.transaction((trx) => readmitAddress(trx, ` ${address.toUpperCase()} `));
    expect([await readmit(), await readmit()]).toEqual([true, false]);
    pass(HOUR_MS / 2);
    await desk.lookAll();
    expect(await stateOf(waiting)).toBe('accepted');
    expect(await readSetAside(store.read)).toEqual([]);
  });

  describe('npm run mail -- bounce', () => {
    const senator = 'ocd-person/00000000-0000-0000-0000-000000000001';
    const hand = (desk: Desk, raw: Buffer | undefined) =>
      bounceIn(raw, {
        store,
        seal: desk.seal,
        secrets: DESK_SECRETS,
        settings: { data_dir: desk.folder, campaigns_dir: 'campaigns', is_production: false } as Settings,
        now,
      });

    test('a report is noted; a delay, a forged one, any other mail and one that is too large are not, and none fails', async () => {
      const desk = open();
      const id = await accepted(desk, { legislator_id: senator });
      const forged = report(id)
        .toString()
        .replace(/\+(.)/, (_, sign) => `+${sign === 'a' ? 'b' : 'a'}`);
      for (const raw of [
        Buffer.from(forged),
        Buffer.from('Subject: I am on holiday\r\n\r\nBack soon.'),
        undefined,
      ])
        expect(await hand(desk, raw)).toEqual({
          said: 'This is no report of a mail of ours that could not be delivered: nothing is noted.',
          exit_code: 0,
        });
      expect(await hand(desk, report(id, { action: 'delayed', status: '4.4.1' }))).toMatchObject({
        exit_code: 0,
      });
      expect(await stateOf(id)).toBe('accepted');
      expect(await hand(desk, report(id))).toEqual({
        said: `Letter ${id} came back: it counts as bounced.`,
        exit_code: 0,
      });
      expect(await stateOf(id)).toBe('bounced');
    });

    test('one that comes before it is noted that the letter went is to be handed in again', async () => {
      let handed = { said: '', exit_code: 0 };
      const desk = open({
        answer: async ({ kind, about }) => {
          if (kind === 'letter') handed = await hand(desk, report(about.letter.id));
          return { outcome: 'accepted' };
        },
      });
      await accepted(desk);
      expect(handed.exit_code).toBe(75);
      expect(handed.said).toContain('hand this in again in a while');
    });
  });

  describe('npm run scrub', () => {
    const plan = (desk: Desk, all = false) => planScrub({ read: store.read, seal: desk.seal }, { all, now });
    const goingOf = async (desk: Desk, all = false) =>
      (await plan(desk, all)).letters.map(({ kept_for, goes }) => `${kept_for} ${goes}`).toSorted();

    test('what has had its time goes, what is under way stays and is told, and a dry run changes nothing', async () => {
      const desk = open({
        answer: ({ kind }) => (kind === 'receipt' ? { outcome: 'later', why: 'x' } : { outcome: 'accepted' }),
      });
      const old = await handIn(desk);
      pass(TIME_LIMITS.confirm_ms - HOUR_MS);
      const waiting = await confirmed(desk, { held: ['links'] });
      const sent = await confirmed(desk, { legislator_id: 'ocd-person/2' });
      await desk.worker.look();
      pass(2 * HOUR_MS);
      const fresh = await handIn(desk);
      writeFileSync(join(desk.folder, 'a-key-of-no-letter'), 'x');
      pass(1);
      expect(await goingOf(desk)).toEqual([
        'confirming false',
        'mail_to_writer false',
        'nothing true',
        'waiting false',
      ]);
      const told = planInWords(await plan(desk), { number: 2, going: ['one'] });
      expect(told).toMatch(/\nto be sent: 28 days at most +1 +0\n/);
      expect(told).toMatch(/\nnothing: their time is over +1 +1\n/);
      expect(told).toContain('In DATA_DIR/outbox: 2 mails');
      expect(told).not.toMatch(/Ana|ana@|Orange/);
      expect(await stateOf(old)).toBe('confirming');

      expect(await scrub({ store, seal: desk.seal }, await plan(desk), now)).toBe(1);
      expect(await stateOf(old)).toBe('expired: not_confirmed');
      expect([await stateOf(waiting), await stateOf(sent), await stateOf(fresh)]).toEqual([
        'confirmed',
        'accepted',
        'confirming',
      ]);
      expect(existsSync(join(desk.folder, old))).toBe(false);
      expect((await desk.letters.see(waiting))!.content).toEqual(CONTENT);
    });

    test('with --all everything goes but what is being sent; no copy can be opened any more, and the counts stay', async () => {
      const desk = open();
      const [fresh, waiting] = [await handIn(desk), await confirmed(desk)];
      const copies = await store.read.selectFrom('letters').select(['id', 'sealed']).execute();
      expect(await goingOf(desk, true)).toEqual(['confirming true', 'waiting true']);
      expect(await scrub({ store, seal: desk.seal }, await plan(desk, true), now)).toBe(2);
      expect([await stateOf(waiting), await stateOf(fresh)]).toEqual([
        'expired: erased_by_organizer',
        'expired: erased_by_organizer',
      ]);
      expect(readdirSync(desk.folder)).toEqual([]);
      for (const { id, sealed } of copies) expect(await desk.seal.open(id, sealed)).toBeUndefined();
      expect(await store.read.selectFrom('outbox').selectAll().execute()).toEqual([]);
      expect(await statuses()).toEqual(['confirmed']);
      expect((await plan(desk, true)).letters).toEqual([]);
      expect(planInWords(await plan(desk), { number: 0, going: [] })).toMatch(
        /^No name, address or text of a supporter is kept here\.\n/,
      );
    });

    test('a letter that a worker has in hand is left, whatever is asked', async () => {
      let told: string[] = [];
      let erased = -1;
      const desk = open({
        answer: async ({ kind }) => {
          if (kind === 'letter') {
            told = await goingOf(desk, true);
            erased = await scrub({ store, seal: desk.seal }, await plan(desk, true), now);
          }
          return { outcome: 'accepted' };
        },
      });
      await accepted(desk);
      expect([told, erased]).toEqual([['sending false'], 0]);
      expect(desk.sent.map(({ kind }) => kind)).toEqual(['confirmation', 'letter', 'receipt']);
    });

    test('a key that belongs to no letter goes once it can not be waiting for one', async () => {
      const desk = open();
      await desk.seal.seal('a-lone-key-of-none', CONTENT);
      const in_two_hours = new Date(Date.now() + 2 * HOUR_MS);
      now = new Date();
      expect((await plan(desk)).lone_keys).toEqual([]);
      now = in_two_hours;
      expect((await plan(desk)).lone_keys).toEqual(['a-lone-key-of-none']);
      await scrub({ store, seal: desk.seal }, await plan(desk), now);
      expect(readdirSync(desk.folder)).toEqual([]);
    });
  });
});

test('a message is read whole, and one that is too large to its end, so that whoever hands it in does not fail', async () => {
  let given = 0;
  const stream = async function* (size: number) {
    for (let at = 0; at < size; at += 100) {
      given += 100;
      yield Buffer.alloc(100, 'x');
    }
  };
  expect((await readLimited(stream(1000), 1000))!.length).toBe(1000);
  given = 0;
  expect(await readLimited(stream(1100), 1000)).toBeUndefined();
  expect(given).toBe(1100);
});
