import { readdirSync } from 'node:fs';
import { createActionLog } from '../../server/actions/action-log.ts';
import { readTotals } from '../../server/actions/totals.ts';
import { LETTER_STATES, MOVES, TIME_LIMITS } from '../../server/mail/letter-states.ts';
import type { SendOutcome } from '../../server/mail/sender.ts';
import type { Store } from '../../server/store/open-store.ts';
import { CONTENT, type DeskOptions, openDesk } from '../support/letter-desk.ts';
import { STORE_KINDS } from '../support/temp-store.ts';

const HOUR_MS = 3_600_000;

test('every move leads to a state, and what is over leads nowhere but to a bounce', () => {
  expect(Object.keys(MOVES)).toEqual([...LETTER_STATES]);
  for (const to of Object.values(MOVES).flat()) expect(LETTER_STATES).toContain(to);
  expect(MOVES.accepted).toEqual(['bounced']);
  for (const state of ['bounced', 'failed', 'withdrawn', 'expired'] as const)
    expect(MOVES[state]).toEqual([]);
});

describe.each(STORE_KINDS)('$name', ({ name, create }) => {
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
  const pass = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  const stateOf = async (id: string) => {
    const row = await store.read.selectFrom('letters').where('id', '=', id).selectAll().executeTakeFirst();
    return row && (row.reason === '' ? row.state : `${row.state}: ${row.reason}`);
  };
  const outbox = () => store.read.selectFrom('outbox').selectAll().execute();
  const emails = async (desk: ReturnType<typeof open>) => {
    const { by_type, completed_actions, server_accepted } = await readTotals(
      store,
      { slug: desk.campaign.slug, goal: 1 },
      { is_sample: false, now },
    );
    const counted = Object.entries(by_type.email).filter(([, count]) => count > 0);
    return { ...Object.fromEntries(counted), completed_actions, server_accepted };
  };
  /** A letter that was handed in and whose confirmation has gone: its id. */
  const handIn = async (
    desk: ReturnType<typeof open>,
    changes: Parameters<typeof desk.handedIn>[0] = {},
  ): Promise<string> => {
    const before = await desk.ids();
    expect(await desk.letters.handIn(desk.handedIn(changes))).toEqual({ outcome: 'taken' });
    await desk.worker.look();
    return (await desk.ids()).find((id) => !before.includes(id))!;
  };
  const keys = (desk: ReturnType<typeof open>) => readdirSync(desk.folder);

  test('a letter is handed in, confirmed, sent once and told of; then nothing of its writer is left', async () => {
    const desk = open();
    const id = await handIn(desk);
    expect(desk.sent.map(({ kind, about }) => [kind, about.content])).toEqual([['confirmation', CONTENT]]);
    expect(await stateOf(id)).toBe('confirming');
    expect((await desk.letters.see(id))?.content).toEqual(CONTENT);
    expect(await emails(desk)).toEqual({ completed_actions: 0, server_accepted: 0 });

    expect(await desk.letters.confirm(id)).toBe('moved');
    expect(await desk.letters.confirm(id)).toBe('done_before');
    expect(await emails(desk)).toEqual({ confirmed: 1, completed_actions: 0, server_accepted: 0 });
    await desk.lookAll();
    expect(desk.sent.map(({ kind }) => kind)).toEqual(['confirmation', 'letter', 'receipt']);
    expect(desk.sent[1]!.about.to.address).toBe('ocd-person-1@senate.example.org');
    expect(await stateOf(id)).toBe('accepted');
    expect(await emails(desk)).toEqual({
      confirmed: 1,
      accepted: 1,
      completed_actions: 1,
      server_accepted: 1,
    });

    expect(await desk.letters.see(id)).toMatchObject({ content: undefined, letter: { state: 'accepted' } });
    expect(keys(desk)).toEqual([]);
    expect(await outbox()).toEqual([]);
    const moves = await store.read.selectFrom('letter_moves').selectAll().execute();
    expect(moves.map(({ from_state, to_state }) => `${from_state} ${to_state}`)).toEqual([
      'confirming confirmed',
      'confirmed sending',
      'sending accepted',
    ]);
    expect(moves.map(({ moved_at }) => moved_at)).toEqual(Array(3).fill('2026-11-30T15:00:00.000Z'));
    expect(desk.lines.join('\n')).not.toMatch(/Ana|example\.org|Orange|brown/);
    pass(TIME_LIMITS.keep_ms + HOUR_MS);
    await desk.sweep();
    expect(await desk.letters.see(id)).toBeUndefined();
    expect(await store.read.selectFrom('letter_moves').selectAll().execute()).toEqual([]);
    expect(await emails(desk)).toMatchObject({ accepted: 1 });
  });

  test('the same form handed in twice, even at once, is one letter; with other words it takes the place of the first', async () => {
    const desk = open();
    const form = desk.handedIn({ nonce: 'one form' });
    const both = await Promise.all([desk.letters.handIn(form), desk.letters.handIn(form)]);
    expect(both).toEqual([{ outcome: 'taken' }, { outcome: 'taken' }]);
    await desk.lookAll();
    expect(desk.sent.length).toBe(1);
    const content = { ...CONTENT, text: `${CONTENT.text}\nPlease answer.` };
    expect(await desk.letters.handIn({ ...form, content })).toEqual({ outcome: 'taken' });
    await desk.lookAll();
    const [first, second] = await desk.ids();
    expect(desk.sent.map(({ about }) => about.content.text)).toEqual([CONTENT.text, content.text]);
    expect([await stateOf(first!), await stateOf(second!)].toSorted()).toEqual([
      'confirming',
      'withdrawn: written_anew',
    ]);
    const kept = desk.sent[1]!.about.letter.id;
    expect(await desk.letters.confirm(kept)).toBe('moved');
    expect(await desk.letters.handIn(form)).toEqual({ outcome: 'under_way' });
    expect(keys(desk)).toEqual([kept]);
  });

  test('sent by oneself and by the server are two ways to one action: whichever comes first is completed, the other never', async () => {
    const desk = open();
    const log = createActionLog({ store, now: () => now });
    const { context } = desk.handedIn();
    const report = (nonce: string) =>
      log.log({
        context,
        status_code: 'sent',
        nonce,
        expires_at: '2026-12-14T00:00:00.000Z',
        origin: 'web',
        time_zone: 'America/New_York',
      });
    const own = await handIn(desk, { nonce: 'own' });
    expect(await report('own')).toEqual({ counted: true });
    expect(await desk.letters.confirm(own)).toBe('sent_already');
    expect(await stateOf(own)).toBe('withdrawn: by_supporter');
    expect(await desk.letters.handIn(desk.handedIn({ nonce: 'own' }))).toEqual({ outcome: 'sent_already' });
    const server = await handIn(desk, { nonce: 'server' });
    expect(await desk.letters.confirm(server)).toBe('moved');
    expect(await report('server')).toEqual({ counted: false });
    await desk.lookAll();
    expect(await emails(desk)).toEqual({
      sent: 1,
      confirmed: 1,
      accepted: 1,
      completed_actions: 2,
      server_accepted: 1,
    });
    // What does not go out after all leaves the way open.
    const lost = await handIn(desk, { nonce: 'lost' });
    await desk.letters.confirm(lost);
    expect(await report('lost')).toEqual({ counted: false });
    expect(await desk.letters.withdraw(lost)).toBe('moved');
    expect(await report('lost')).toEqual({ counted: true });
    await log.close();
  });

  test('withdrawn before it leaves, nothing goes out and all is erased; too late afterwards', async () => {
    const desk = open();
    const unconfirmed = await handIn(desk);
    expect(await desk.letters.withdraw(unconfirmed)).toBe('moved');
    expect(await desk.letters.withdraw(unconfirmed)).toBe('done_before');
    expect(await desk.letters.confirm(unconfirmed)).toBe('too_late');
    const confirmed = await handIn(desk);
    await desk.letters.confirm(confirmed);
    expect(await desk.letters.withdraw(confirmed)).toBe('moved');
    expect(keys(desk)).toEqual([]);
    const gone = await handIn(desk);
    await desk.letters.confirm(gone);
    await desk.lookAll();
    expect(await desk.letters.withdraw(gone)).toBe('too_late');
    expect(desk.sent.filter(({ kind }) => kind === 'letter').length).toBe(1);
    expect(await desk.letters.withdraw('no-such-letter')).toBe('gone');
  });

  test("'this was not me' sends nothing more to that address for 28 days, in whatever case it is written", async () => {
    const desk = open();
    const id = await handIn(desk);
    expect(await desk.letters.disown(id, '')).toBe('moved');
    const again = desk.handedIn({ content: { ...CONTENT, email: 'ANA+2@example.org' } });
    expect(await desk.letters.handIn(again)).toEqual({ outcome: 'address_refuses' });
    expect(keys(desk)).toEqual([]);
    pass(TIME_LIMITS.keep_ms + 1);
    await desk.sweep();
    expect(await desk.letters.handIn(again)).toEqual({ outcome: 'taken' });
    const rows = await store.read.selectFrom('refusing_addresses').selectAll().execute();
    expect(rows).toEqual([]);
  });

  test('an address hands in only so many letters a day, the later ones are looked at first, and the next day it may again', async () => {
    const desk = open({ settings: { letters_per_sender_per_day: 4 } });
    for (const index of [1, 2, 3, 4]) {
      const content = { ...CONTENT, email: `ana+${index}@example.org` };
      const id = await handIn(desk, { legislator_id: `ocd-person/${index}`, content });
      expect((await desk.letters.see(id))!.letter.held).toEqual(index > 2 ? ['many_from_sender'] : []);
    }
    const one_more = desk.handedIn({ legislator_id: 'ocd-person/5' });
    expect(await desk.letters.handIn(one_more)).toEqual({ outcome: 'too_many_from_sender' });
    pass(24 * HOUR_MS);
    expect(await desk.letters.handIn(one_more)).toEqual({ outcome: 'taken' });
    pass(72 * HOUR_MS);
    await desk.sweep();
    expect((await store.read.selectFrom('sender_counts').selectAll().execute()).length).toBe(0);
  });

  test('what is held waits until it is released', async () => {
    const desk = open();
    const id = await handIn(desk, { held: ['links'] });
    expect(await desk.letters.confirm(id)).toBe('moved');
    await desk.lookAll();
    expect(await stateOf(id)).toBe('confirmed');
    await store.transaction((trx) =>
      trx.updateTable('letters').set({ held: '' }).where('id', '=', id).execute(),
    );
    await desk.lookAll();
    expect(await stateOf(id)).toBe('accepted');
  });

  test('put off again and again it is tried with longer pauses; refused for good it fails, its writer is told, and all is erased', async () => {
    let answer: SendOutcome = { outcome: 'later', why: 'mail_try_later' };
    const desk = open({
      settings: { letters_per_hour: 3600 },
      answer: ({ kind }) => (kind === 'letter' ? answer : { outcome: 'accepted' }),
    });
    const id = await handIn(desk);
    await desk.letters.confirm(id);
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await desk.lookAll();
      expect(await stateOf(id)).toBe('confirmed');
      const [{ due_at, attempts } = { due_at: '', attempts: 0 }] = await outbox();
      expect(Number(attempts)).toBe(attempt + 1);
      pauses.push((Date.parse(due_at) - now.getTime()) / 60_000);
      now = new Date(due_at);
      // After hours it waits for the morning.
      if (attempt === 7) now = new Date('2026-12-01T16:00:00Z');
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    answer = { outcome: 'refused', why: 'mail_refused', is_address: true };
    await desk.lookAll();
    expect(await stateOf(id)).toBe('failed: refused_by_server');
    expect(desk.sent.map(({ kind }) => kind)).toEqual(['confirmation', 'notice']);
    expect(desk.sent[1]!.about.content.text).toBe(CONTENT.text);
    expect(keys(desk)).toEqual([]);
    expect(await emails(desk)).toEqual({ confirmed: 1, failed: 1, completed_actions: 0, server_accepted: 0 });
    const [address] = await store.read.selectFrom('target_addresses').selectAll().execute();
    expect(address).toMatchObject({ address: 'ocd-person-1@senate.example.org', set_aside_at: '' });
  });

  test('an address that refuses three letters is set aside, and nothing is sent to it any more', async () => {
    const refused: SendOutcome = { outcome: 'refused', why: 'mail_refused', is_address: true };
    const desk = open({ answer: ({ kind }) => (kind === 'letter' ? refused : { outcome: 'accepted' }) });
    for (let letter = 0; letter < 3; letter += 1) {
      const id = await handIn(desk);
      await desk.letters.confirm(id);
      await desk.lookAll();
      pass(3 * 60_000);
    }
    const to = 'ocd-person-1@senate.example.org';
    const targets = [{ legislator_id: 'ocd-person/1', email: to }];
    expect([...(await desk.letters.expected(desk.campaign, targets)).values()]).toEqual(['set_aside']);
    expect(await desk.letters.handIn(desk.handedIn({ to }))).toEqual({
      outcome: 'not_sent',
      why: 'set_aside',
    });
    expect(desk.lines.join('\n')).toMatch(/address_set_aside/);
  });

  test('what nobody confirms within 72 hours expires; a confirmation that can not be delivered fails it', async () => {
    let outcome: SendOutcome = { outcome: 'accepted' };
    const desk = open({ answer: () => outcome });
    const id = await handIn(desk);
    pass(TIME_LIMITS.confirm_ms + 1);
    expect(await desk.letters.confirm(id)).toBe('too_late');
    await desk.sweep();
    expect(await stateOf(id)).toBe('expired: not_confirmed');
    outcome = { outcome: 'refused', why: 'mail_refused', is_address: true };
    const wrong = await handIn(desk);
    expect(await stateOf(wrong)).toBe('failed: unreachable_sender');
    outcome = { outcome: 'later', why: 'mail_try_later' };
    const slow = await handIn(desk);
    pass(TIME_LIMITS.notice_ms);
    await desk.lookAll();
    expect(await stateOf(slow)).toBe('failed: unreachable_sender');
    expect(keys(desk)).toEqual([]);
    expect(await emails(desk)).toEqual({ completed_actions: 0, server_accepted: 0 });
  });

  test('what comes too late for the campaign, is too old, or of another mode expires; its writer is told where it was too late', async () => {
    const later: SendOutcome = { outcome: 'later', why: 'mail_try_later' };
    const desk = open({
      campaign: { email: { send: true, deliver_by: '2026-12-01' } },
      answer: ({ kind }) => (kind === 'letter' ? later : { outcome: 'accepted' }),
    });
    const id = await handIn(desk);
    await desk.letters.confirm(id);
    const unconfirmed = await handIn(desk);
    now = new Date('2026-12-02T05:00:00.000Z');
    expect(await desk.letters.confirm(unconfirmed)).toBe('too_late');
    await desk.sweep();
    expect(await stateOf(id)).toBe('expired: too_late');
    await desk.lookAll();
    expect(desk.sent.at(-1)!.kind).toBe('notice');
    const trial = open({ settings: { sends_mail: false, is_production: false }, folder: desk.folder });
    const tried = await handIn(trial);
    expect(await trial.letters.confirm(tried)).toBe('moved');
    await desk.sweep();
    expect(await stateOf(tried)).toBe('expired: mode_changed');
    const waiting = open({ answer: () => later, folder: desk.folder });
    const old = await handIn(waiting);
    await waiting.letters.confirm(old);
    pass(TIME_LIMITS.keep_ms + 1);
    await waiting.sweep();
    expect(await stateOf(old)).toBe('expired: kept_too_long');
    await waiting.sweep();
    expect(keys(desk)).toEqual([]);
    const sealed = await store.read.selectFrom('letters').where('sealed', '<>', '').selectAll().execute();
    expect(sealed).toEqual([]);
  });

  test('a trial counts nothing of real totals, and none is offered in production', async () => {
    const trial = open({ settings: { sends_mail: false, is_production: false } });
    expect(trial.letters.modeOf(trial.campaign, false)).toBe('preview');
    const id = await handIn(trial);
    await trial.letters.confirm(id);
    await trial.lookAll();
    expect(await stateOf(id)).toBe('accepted');
    expect(await emails(trial)).toEqual({ completed_actions: 0, server_accepted: 0 });
    const production = open({ settings: { sends_mail: false } });
    expect(production.letters.modeOf(production.campaign, false)).toBeUndefined();
    const live = open();
    expect(live.letters.modeOf(live.campaign, true)).toBeUndefined();
    expect(live.letters.modeOf({ ...live.campaign, email: { send: false } }, false)).toBeUndefined();
    expect(await live.letters.handIn(live.handedIn({ to: '' }))).toMatchObject({ outcome: 'not_sent' });
  });

  test('letters of a paused campaign wait, of one that is over they end; to someone who left they fail', async () => {
    let state: 'open' | 'waits' | 'over' | 'not_a_target' = 'waits';
    const desk = open({
      whereto: ({ addressee }) => ({ state, addressee: addressee! }),
    });
    const id = await handIn(desk);
    await desk.letters.confirm(id);
    await desk.lookAll();
    expect(await stateOf(id)).toBe('confirmed');
    pass(HOUR_MS);
    state = 'over';
    await desk.lookAll();
    await desk.lookAll();
    expect(await stateOf(id)).toBe('expired: campaign_over');
    expect(desk.sent.map(({ kind }) => kind)).toEqual(['confirmation', 'notice']);
    state = 'open';
    const left = await handIn(desk);
    await desk.letters.confirm(left);
    // A roster may lack someone for a moment: that is waited for.
    state = 'not_a_target';
    await desk.lookAll();
    expect(await stateOf(left)).toBe('confirmed');
    pass(TIME_LIMITS.unknown_ms + HOUR_MS);
    await desk.lookAll();
    await desk.lookAll();
    expect(await stateOf(left)).toBe('failed: not_a_target');
    expect(desk.sent.at(-1)!.kind).toBe('notice');
    expect(keys(desk)).toEqual([]);
  });

  // Three days, minute by minute: on both databases in tests/mail/drain.long.ts.
  if (name === 'SQLite')
    test('no hour has more letters to one target than its drip lets through, and none goes out of office hours', async () => {
      const seeds = [0.1, 0.9, 0.4, 0.7, 0.2];
      let draw = 0;
      const random = () => seeds[draw++ % seeds.length]!;
      const desk = open({ settings: { letters_per_hour: 10, letters_per_domain_per_hour: 15 }, random });
      for (let letter = 0; letter < 60; letter += 1) {
        const id = await handIn(desk, { legislator_id: `ocd-person/${letter % 3}` });
        await desk.letters.confirm(id);
      }
      for (
        let minute = 0;
        minute < 3 * 24 * 60 && desk.sent.filter(({ kind }) => kind === 'letter').length < 60;
        minute += 1
      ) {
        await desk.lookAll();
        pass(60_000);
      }
      const letters = desk.sent.filter(({ kind }) => kind === 'letter');
      expect(letters.length).toBe(60);
      const most = (times: number[]) =>
        Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + HOUR_MS).length));
      const byTarget = Object.values(Object.groupBy(letters, ({ about }) => about.to.address));
      for (const of of byTarget) expect(most(of!.map(({ at }) => at.getTime()))).toBeLessThanOrEqual(10);
      expect(most(letters.map(({ at }) => at.getTime()))).toBeLessThanOrEqual(15);
      // Monday to Friday from 8 to 5: in winter Florida is five hours behind UTC.
      for (const { at } of letters) {
        expect(at.getUTCHours()).toBeGreaterThanOrEqual(13);
        expect(at.getUTCHours()).toBeLessThan(22);
      }
      expect(new Set(letters.map(({ about }) => about.letter.id)).size).toBe(60);
    });

  test('what a letter handed in now may expect: at once, after those that wait, or on the next day', async () => {
    const desk = open({
      campaign: { email: { send: true, deliver_by: '2026-11-30' } },
      settings: { letters_per_hour: 6 },
    });
    const targets = [
      { legislator_id: 'ocd-person/1', email: 'ocd-person-1@senate.example.org' },
      { legislator_id: 'ocd-person/2', email: '' },
    ];
    const ask = async () => [...(await desk.letters.expected(desk.campaign, targets)).values()];
    expect(await ask()).toEqual([{ goes_at: now, is_in_time: true }, 'no_address']);
    for (let letter = 0; letter < 10; letter += 1) await desk.letters.confirm(await handIn(desk));
    const [{ goes_at } = { goes_at: now }] = (await ask()) as { goes_at: Date }[];
    expect((goes_at.getTime() - now.getTime()) / HOUR_MS).toBeCloseTo((10 / 6) * 1.1, 1);
    now = new Date('2026-11-30T22:30:00Z');
    expect(await ask()).toMatchObject([{ is_in_time: false }, 'no_address']);
  });

  test('two workers at once never have one mail in hand twice, and a claim of one that was stopped passes to the other', async () => {
    const other = await database.open();
    let is_stuck = false;
    const stuck = new Promise<SendOutcome>(() => undefined);
    const answer = ({ kind }: { kind: string }): SendOutcome | Promise<SendOutcome> =>
      kind === 'letter' && is_stuck ? stuck : { outcome: 'accepted' };
    const one = open({ answer });
    const two = open({ store: other, folder: one.folder });
    for (let letter = 0; letter < 12; letter += 1)
      await one.letters.handIn(one.handedIn({ legislator_id: `ocd-person/${letter}` }));
    const both = async () => {
      for (;;) {
        const counts = await Promise.all([one.worker.look(), two.worker.look()]);
        // One moment has one letter of a domain.
        pass(1000);
        if (counts[0] + counts[1] === 0) return;
      }
    };
    await both();
    for (const id of await one.ids()) await one.letters.confirm(id);
    await both();
    const sent = [...one.sent, ...two.sent].map(({ kind, about }) => `${kind} ${about.letter.id}`);
    expect(new Set(sent).size).toBe(36);
    expect(sent.length).toBe(36);
    pass(HOUR_MS);
    const id = await handIn(one);
    await one.letters.confirm(id);
    is_stuck = true;
    void one.worker.look();
    while ((await stateOf(id)) !== 'sending') await new Promise((resolve) => setTimeout(resolve, 2));
    await two.lookAll();
    expect(await stateOf(id)).toBe('sending');
    pass(TIME_LIMITS.claim_ms + 1);
    await two.lookAll();
    expect(await stateOf(id)).toBe('accepted');
    expect(two.sent.filter(({ kind, about }) => kind === 'letter' && about.letter.id === id).length).toBe(1);
    await other.close();
  });

  test('a letter without its key here is left to the machine that has it', async () => {
    const one = open();
    const other = open({ store });
    const id = await handIn(one);
    await one.letters.confirm(id);
    await other.lookAll();
    expect(other.sent).toEqual([]);
    expect(await stateOf(id)).toBe('confirmed');
    pass(HOUR_MS);
    await one.lookAll();
    expect(await stateOf(id)).toBe('accepted');
  });
});
