import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Letter } from '../../server/mail/letter.ts';
import { insertLetter } from '../../server/mail/letter-queries.ts';
import { enqueue } from '../../server/mail/outbox-queries.ts';
import { CONTENT, openDesk } from '../support/letter-desk.ts';
import { STORE_KINDS } from '../support/temp-store.ts';

const HOUR_MS = 3_600_000;
const TARGETS = 40;
const PER_HOUR = 30;
const PER_DOMAIN_PER_HOUR = 600;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Most of these moments that fall into one hour, from whatever minute on. */
function mostInAnHour(times: number[]): number {
  let most = 0;
  let from = 0;
  for (const [index, at] of times.entries()) {
    while (at - times[from]! >= HOUR_MS) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}

test.each([
  { kind: STORE_KINDS[0]!, letters: 10_000 },
  { kind: STORE_KINDS[1]!, letters: 800 },
])(
  'on $kind.name, $letters confirmed letters go out at the rates that are set, each once, and the memory stays as it was',
  async ({ kind, letters }) => {
    // A Monday, 8:00 in Florida.
    let now = new Date('2026-11-30T13:00:00Z');
    const database = await kind.create();
    const store = await database.open();
    /** When letters went, by target; and of which. */
    const went = new Map<string, number[]>();
    const ids = new Set<string>();
    let receipts = 0;
    const desk = openDesk({
      store,
      now: () => now,
      random: Math.random,
      settings: { letters_per_hour: PER_HOUR, letters_per_domain_per_hour: PER_DOMAIN_PER_HOUR },
      answer: ({ kind: mail, about, at }) => {
        if (mail === 'receipt') receipts += 1;
        if (mail === 'letter') {
          const times = went.get(about.to.address) ?? [];
          times.push(at.getTime());
          went.set(about.to.address, times);
          ids.add(about.letter.id);
        }
        return { outcome: 'accepted' };
      },
    });
    const { context } = desk.handedIn();
    for (let from = 0; from < letters; from += 500) {
      const batch: [Letter, string][] = [];
      for (let index = from; index < Math.min(from + 500, letters); index += 1) {
        const id = `letter-${String(index).padStart(6, '0')}`;
        const moment = now.toISOString();
        const letter: Letter = {
          ...context,
          legislator_id: `ocd-person/${index % TARGETS}`,
          id,
          mode: 'live',
          state: 'confirmed',
          reason: '',
          held: [],
          handed_in_at: moment,
          confirmed_at: moment,
          changed_at: moment,
          deliver_by: '',
        };
        batch.push([letter, await desk.seal.seal(id, CONTENT)]);
      }
      await store.transaction(async (trx) => {
        for (const [letter, sealed] of batch) {
          await insertLetter(trx, { ...letter, form_id: `form-${letter.id}`, sender: '', sealed });
          await enqueue(trx, {
            letter_id: letter.id,
            kind: 'letter',
            due_at: letter.confirmed_at,
            target_key: `target ${letter.legislator_id}`,
            domain_key: 'domain senate.example.org',
          });
        }
      });
    }

    const heap: number[] = [];
    const started = now.getTime();
    while (receipts < letters) {
      const sent = await desk.worker.look();
      // Nights and weekends pass in longer strides.
      const hour = now.getUTCHours();
      now = new Date(now.getTime() + (sent > 0 ? 1000 : hour < 12 || hour > 22 ? HOUR_MS / 2 : 3000));
      if (ids.size >= (heap.length + 1) * (letters / 10)) {
        desk.sent.length = 0;
        desk.lines.length = 0;
        collect();
        heap.push(process.memoryUsage().heapUsed);
      }
      expect(now.getTime() - started).toBeLessThan(30 * 24 * HOUR_MS);
    }
    expect(ids.size).toBe(letters);
    expect([...went.values()].flat().length).toBe(letters);
    for (const times of went.values()) expect(mostInAnHour(times)).toBeLessThanOrEqual(PER_HOUR);
    const all = [...went.values()].flat().toSorted((a, b) => a - b);
    expect(mostInAnHour(all)).toBeLessThanOrEqual(PER_DOMAIN_PER_HOUR);
    // And not much slower than that: nine hours a day.
    const office_hours = letters / PER_DOMAIN_PER_HOUR;
    const days = Math.ceil((all.at(-1)! - all[0]!) / (24 * HOUR_MS));
    expect(days).toBeLessThanOrEqual(Math.ceil((office_hours * 1.3) / 9) + 2);
    // Growth from the second tenth to the last, in bytes for each letter: the times that this test itself keeps are some.
    const grown = (heap.at(-1)! - heap[1]!) / (letters * 0.8);
    expect(grown).toBeLessThan(400);
    const left = await store.read.selectFrom('outbox').selectAll().execute();
    expect(left).toEqual([]);
    const sealed = await store.read.selectFrom('letters').where('sealed', '<>', '').selectAll().execute();
    expect(sealed).toEqual([]);
    desk.drop();
    await store.close();
    await database.drop();
  },
  900_000,
);
