import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formMarkId, isCompletionSpent } from '../../server/actions/action-queries.ts';
import type { Whereto } from '../../server/mail/addressee.ts';
import { keepMailing } from '../../server/mail/keep-mailing.ts';
import { TIME_LIMITS } from '../../server/mail/letter-states.ts';
import { planScrub, scrub } from '../../server/mail/scrub.ts';
import type { SendOutcome } from '../../server/mail/sender.ts';
import type { Store } from '../../server/store/open-store.ts';
import { CONTENT, type DeskOptions, openDesk } from '../support/letter-desk.ts';
import { STORE_KINDS } from '../support/temp-store.ts';
import { until } from '../support/until.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

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
  const rowOf = (id: string) =>
    store.read.selectFrom('letters').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
  const stateOf = async (id: string) => {
    const { state, reason } = await rowOf(id);
    return reason === '' ? state : `${state}: ${reason}`;
  };
  const handIn = async (desk: Desk, changes: Parameters<Desk['handedIn']>[0] = {}): Promise<string> => {
    const before = await desk.ids();
    expect(await desk.letters.handIn(desk.handedIn(changes))).toEqual({ outcome: 'taken' });
    return (await desk.ids()).find((id) => !before.includes(id))!;
  };
  const confirmed = async (desk: Desk, changes: Parameters<Desk['handedIn']>[0] = {}): Promise<string> => {
    const id = await handIn(desk, changes);
    await desk.lookAll();
    expect(await desk.letters.confirm(id)).toBe('moved');
    return id;
  };
  const letters = (desk: Desk) => desk.sent.filter(({ kind }) => kind === 'letter');
  /** A letter that a worker took in hand and never let go: its process ended. */
  const leftSending = async (desk: Desk, legislator_id = 'ocd-person/1'): Promise<string> => {
    // The domain lets the next one through.
    pass(1000);
    const id = await confirmed(desk, { legislator_id });
    const stuck = open({
      folder: desk.folder,
      answer: () => new Promise<SendOutcome>(() => undefined),
    });
    void stuck.worker.look();
    await until(async () => (await stateOf(id)) === 'sending');
    return id;
  };

  test('a button pressed twice at once confirms once, and loses nothing', async () => {
    const desk = open({ settings: { letters_per_hour: 3600 } });
    for (let round = 0; round < 8; round += 1) {
      const id = await handIn(desk);
      const outcomes = await Promise.all([1, 2, 3].map(() => desk.letters.confirm(id)));
      expect(outcomes.toSorted()).toEqual(['done_before', 'done_before', 'moved']);
      expect(readdirSync(desk.folder)).toContain(id);
    }
  });

  test('confirmed while it is written anew, or withdrawn while it is confirmed: one of the two holds, whole', async () => {
    const desk = open();
    for (let round = 0; round < 8; round += 1) {
      const nonce = `round ${round}`;
      const id = await handIn(desk, { nonce });
      const content = { ...CONTENT, text: `${CONTENT.text} ${round}` };
      const [was, anew] = await Promise.all([
        desk.letters.confirm(id),
        desk.letters.handIn(desk.handedIn({ nonce, content })),
      ]);
      const is_confirmed = was === 'moved';
      expect(anew.outcome).toBe(is_confirmed ? 'under_way' : 'taken');
      expect(readdirSync(desk.folder).includes(id)).toBe(is_confirmed);

      const other = await handIn(desk, { nonce: `${nonce} b` });
      await Promise.all([desk.letters.confirm(other), desk.letters.withdraw(other)]);
      const is_withdrawn = (await rowOf(other)).state === 'withdrawn';
      expect(await isCompletionSpent(store.read, formMarkId(`${nonce} b`))).toBe(!is_withdrawn);
      expect(readdirSync(desk.folder).includes(other)).toBe(!is_withdrawn);
    }
  });

  test('a letter that a stopped process left on its way waits again: it can be withdrawn, scrubbed, and is erased in time', async () => {
    const desk = open({ whereto: ({ addressee }) => ({ state: 'waits', addressee }) });
    const one = await leftSending(desk);
    const two = await leftSending(desk, 'ocd-person/2');
    const three = await leftSending(desk, 'ocd-person/3');
    expect(await desk.letters.withdraw(one)).toBe('too_late');
    pass(TIME_LIMITS.claim_ms + 1);
    expect(await desk.letters.withdraw(one)).toBe('moved');
    const plan = await planScrub({ read: store.read, seal: desk.seal }, { all: true, now });
    const only = { ...plan, letters: plan.letters.filter(({ id }) => id === two) };
    expect(await scrub({ store, seal: desk.seal }, only, now)).toBe(1);
    expect(await stateOf(two)).toBe('expired: erased_by_organizer');
    await desk.sweep();
    expect(await stateOf(three)).toBe('confirmed');
    pass(TIME_LIMITS.wait_ms);
    await desk.sweep();
    await desk.lookAll();
    expect(await stateOf(three)).toBe('expired: kept_too_long');
    expect(desk.sent.at(-1)!.kind).toBe('notice');
    expect(readdirSync(desk.folder)).toEqual([]);
  });

  test('a fault of ours in writing a mail is tried again, and keeps no other mail waiting', async () => {
    const desk = open({
      settings: { letters_per_hour: 3600 },
      answer: ({ about }) => {
        if (about.letter.legislator_id === 'ocd-person/9') throw new Error(`no such ${CONTENT.name}`);
        return { outcome: 'accepted' };
      },
    });
    const broken = await handIn(desk, { legislator_id: 'ocd-person/9' });
    await desk.letters.confirm(broken);
    const whole = await confirmed(desk);
    for (let look = 0; look < 5; look += 1) {
      await desk.lookAll();
      pass(2 * MINUTE_MS);
    }
    expect([await stateOf(broken), await stateOf(whole)]).toEqual(['confirmed', 'accepted']);
    expect(desk.lines.join('\n')).toMatch(/mail_fault/);
    expect(desk.lines.join('\n')).not.toMatch(/Núñez/);
  });

  test('a letter whose last day has gone by while the app was down does not go; one whose day was put off does', async () => {
    const campaign = { email: { send: true, deliver_by: '2026-12-01' } };
    const desk = open({ campaign });
    const late = await leftSending(desk);
    const held = await confirmed(desk, { held: ['links'], legislator_id: 'ocd-person/2' });
    now = new Date('2026-12-03T15:30:00Z');
    await desk.lookAll();
    await desk.lookAll();
    expect(await stateOf(late)).toBe('expired: too_late');
    expect(desk.sent.at(-1)!.kind).toBe('notice');
    const put_off = open({
      folder: desk.folder,
      campaign: { email: { send: true, deliver_by: '2026-12-10' } },
    });
    await put_off.sweep();
    expect(await stateOf(held)).toBe('confirmed');
    expect((await rowOf(held)).deliver_by).toBe('2026-12-11T05:00:00.000Z');
    const brought_forward = open({ folder: desk.folder, campaign });
    await store.transaction((trx) => trx.updateTable('letters').set({ held: '' }).execute());
    await brought_forward.lookAll();
    expect(await stateOf(held)).toBe('expired: too_late');
  });

  test('what lay in hand until its claim ended is sent by whoever claims it then, and by nobody else', async () => {
    const domains = { letters_per_domain_per_hour: 3_600_000 };
    const other = open({ settings: domains });
    let is_held_up = false;
    const slow = open({
      folder: other.folder,
      settings: domains,
      answer: async ({ kind }) => {
        if (kind === 'letter' && !is_held_up) {
          is_held_up = true;
          // The machine slept, and another one went on.
          pass(TIME_LIMITS.claim_ms + MINUTE_MS);
          await other.lookAll();
        }
        return { outcome: 'accepted' };
      },
    });
    const ids: string[] = [];
    for (let letter = 0; letter < 8; letter += 1)
      ids.push(await confirmed(other, { legislator_id: `ocd-person/${letter}` }));
    for (let look = 0; look < 12; look += 1) {
      await slow.lookAll();
      pass(1000);
    }
    const sent = [...letters(slow), ...letters(other)].map(({ about }) => about.letter.id);
    // But for the one that was on its way when the machine slept: that is the one instant of the rule.
    expect(new Set(sent).size).toBe(8);
    expect(sent.length).toBeLessThanOrEqual(9);
    for (const id of ids) expect(await stateOf(id)).toBe('accepted');
  });

  test('a roster that lacks someone for a moment fails nothing', async () => {
    let state: Whereto['state'] = 'not_a_target';
    const desk = open({ whereto: ({ addressee }) => ({ state, addressee: addressee! }) });
    const id = await confirmed(desk);
    for (let hour = 0; hour < 5; hour += 1) {
      await desk.lookAll();
      pass(HOUR_MS);
    }
    state = 'open';
    await desk.lookAll();
    expect(await stateOf(id)).toBe('accepted');
    expect(letters(desk).length).toBe(1);
  });

  test('a clock that was far ahead for a while stalls nothing', async () => {
    const desk = open();
    now = new Date('2027-11-29T15:30:00Z');
    await confirmed(desk);
    await desk.lookAll();
    now = new Date('2026-11-30T15:31:00Z');
    const id = await confirmed(desk);
    await desk.lookAll();
    expect(await stateOf(id)).toBe('confirmed');
    await desk.sweep();
    await desk.lookAll();
    expect(await stateOf(id)).toBe('accepted');
  });

  test('one legislator has one drip, whichever campaigns write to them', async () => {
    const one = open();
    const other = open({ folder: one.folder, campaign: { slug: 'clean-air' } });
    await confirmed(one);
    await confirmed(other);
    await one.lookAll();
    await other.lookAll();
    expect(letters(one).length + letters(other).length).toBe(1);
  });

  test('letters that can not be read here use up nobody’s turn', async () => {
    const gone = open();
    for (let letter = 0; letter < 6; letter += 1) await confirmed(gone);
    gone.drop();
    pass(3 * MINUTE_MS);
    const desk = open();
    const id = await confirmed(desk);
    for (let look = 0; look < 10; look += 1) {
      await desk.lookAll();
      pass(2000);
    }
    expect(await stateOf(id)).toBe('accepted');
  });

  test("'this was not me' takes back whatever nobody has confirmed with that address, and works after its letter is erased", async () => {
    const desk = open();
    const [first, second, waiting] = [await handIn(desk), await handIn(desk), await handIn(desk)];
    const someone = await handIn(desk, { content: { ...CONTENT, email: 'ben@example.org' } });
    const { sender } = (await desk.letters.see(first))!;
    expect(await desk.letters.disown(first, sender)).toBe('moved');
    expect(await desk.letters.disown(first, sender)).toBe('done_before');
    for (const id of [first, second, waiting]) expect(await stateOf(id)).toBe('withdrawn: not_me');
    await desk.lookAll();
    expect(desk.sent.map(({ about }) => about.letter.id)).toEqual([someone]);
    expect(readdirSync(desk.folder)).toEqual([someone]);
    // Taken back first, its link still does what it says.
    const ben = (await desk.letters.see(someone))!.sender;
    expect(await desk.letters.withdraw(someone)).toBe('moved');
    expect(await desk.letters.disown(someone, ben)).toBe('moved');
    const again = desk.handedIn({ content: { ...CONTENT, email: 'ben@example.org' } });
    expect(await desk.letters.handIn(again)).toEqual({ outcome: 'address_refuses' });
  });

  test('half a key that a stopped process left behind goes, and a sweep that fails stops no mail', async () => {
    const desk = open();
    const id = await handIn(desk);
    writeFileSync(join(desk.folder, 'half-a-key.new'), 'x');
    // Files have the time of this machine.
    now = new Date(Date.now() + 2 * HOUR_MS);
    await desk.sweep();
    expect(readdirSync(desk.folder)).not.toContain('half-a-key.new');
    const second = await handIn(desk);
    const mailing = keepMailing({
      worker: desk.worker,
      sweep: () => Promise.reject(new Error('the disk is full')),
      log: () => undefined,
      look_every_ms: 1,
    });
    await until(() => desk.sent.some(({ about }) => about.letter.id === second));
    await mailing.stop();
    expect(typeof id).toBe('string');
  });

  test('a worker that is stopping sends what is on its way and lets go of the rest at once', async () => {
    const desk = open({ settings: { letters_per_domain_per_hour: 3_600_000 } });
    for (let letter = 0; letter < 10; letter += 1)
      await handIn(desk, { legislator_id: `ocd-person/${letter}` });
    let is_stopping = false;
    const stopping = open({
      folder: desk.folder,
      answer: () => {
        is_stopping = true;
        return { outcome: 'accepted' };
      },
    });
    await stopping.worker.look(() => is_stopping);
    expect(stopping.sent.length).toBeLessThanOrEqual(5);
    await desk.lookAll();
    expect(stopping.sent.length + desk.sent.length).toBe(10);
    pass(DAY_MS);
  });
});
