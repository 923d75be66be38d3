import { keepFiles } from '../../server/print/kept-files.ts';
import type { PhoneBank } from '../../server/print/phone-sheet.ts';
import { openPress } from '../../server/print/press.ts';

const NOW = new Date('2026-11-24T15:00:00Z');
const LIMITS = { most_waiting: 2, kept_ms: 60_000, kept_bytes: 1_000_000, idle_ms: 50 };

/** Sheets without any sheet: a page of seats. */
function bankOf(seat: string): PhoneBank {
  const said = ['sample', 'hours', 'say', 'machine', 'no_number', 'did', 'tally', 'total', 'notes', 'none'];
  const words = Object.fromEntries([...said, 'vacant', 'not_asked', 'preview'].map((name) => [name, '']));
  return {
    language: 'en',
    title: 'Clean water',
    heading: 'Sheets',
    words: { ...words, outcomes: [], times: [] } as unknown as PhoneBank['words'],
    sheets: [],
    vacant: [seat],
    not_asked: [],
  };
}

/** A press, and which jobs it has begun. */
function pressOf() {
  const begun: string[] = [];
  const press = openPress(() => NOW, LIMITS);
  const print = (seat: string) =>
    press.print(seat, () => {
      begun.push(seat);
      return { kind: 'phone-bank', bank: bankOf(seat), now: NOW };
    });
  return { begun, print };
}

test('files are made one at a time; beyond those that may wait, one is told so at once; then there is room again', async () => {
  const { begun, print } = pressOf();
  const [one, two, three] = ['1', '2', '3'].map(print) as [
    Promise<unknown>,
    Promise<unknown>,
    Promise<unknown>,
  ];
  expect(await print('4')).toBe('busy');
  expect(begun).toEqual(['1']);
  expect(await one).toBeInstanceOf(Buffer);
  expect(begun.length).toBeLessThan(3);
  await Promise.all([two, three]);
  expect(begun).toEqual(['1', '2', '3']);
  expect(await print('4')).toBeInstanceOf(Buffer);
});

test('the same file, asked for at the same time or soon after, is made once', async () => {
  const { begun, print } = pressOf();
  const both = await Promise.all([print('1'), print('1')]);
  expect(both[0]).toBe(both[1]);
  expect(await print('1')).toBe(both[0]);
  expect(begun).toEqual(['1']);
});

test('letters that are not at hand are told, and a job that can’t be begun stops no other', async () => {
  const press = openPress(() => NOW, LIMITS);
  const jobOf = (seat: string) => () => ({ kind: 'phone-bank', bank: bankOf(seat), now: NOW }) as const;
  const broken = press.print('broken', () => {
    throw new Error('no such seat');
  });
  const odd = { ...bankOf('1'), title: undefined } as unknown as PhoneBank;
  const ended = press.print('odd', () => ({ kind: 'phone-bank', bank: odd, now: NOW }));
  const next = press.print('next', jobOf('电话'));
  await expect(broken).rejects.toThrow('no such seat');
  await expect(ended).rejects.toThrow();
  expect(await next).toBe('unprintable');
  expect(await press.print('good', jobOf('1'))).toBeInstanceOf(Buffer);
});

test('files are kept for a time and up to a size, the oldest go first', () => {
  let at = 0;
  const kept = keepFiles({ kept_ms: 1000, kept_bytes: 10, now: () => new Date(at) });
  kept.put('a', Buffer.alloc(6));
  at = 500;
  kept.put('b', Buffer.alloc(4));
  expect(kept.get('a')).toHaveLength(6);
  kept.put('c', Buffer.alloc(1));
  expect(kept.get('a')).toBeUndefined();
  expect(kept.get('b')).toHaveLength(4);
  at = 1500;
  expect(kept.get('b')).toBeUndefined();
  kept.put('d', Buffer.alloc(11));
  expect(kept.get('d')).toBeUndefined();
});
