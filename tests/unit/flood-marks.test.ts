import type { ActionLog, LogEntry } from '../../server/actions/action-log.ts';
import { markFloods, UNMARKED } from '../../server/web/flood-marks.ts';
import { logEntry } from '../support/temp-store.ts';

let now: Date;
/** As every process has it; a day has another. */
let day_key: string;
let written: LogEntry[];
/** A log as the store's: the same form counts once, and one that is poisoned can't be written. */
const action_log: Pick<ActionLog, 'log'> = {
  log: async (entry) => {
    if (entry.nonce === 'poisoned') throw new Error('a bug');
    if (written.some(({ nonce }) => nonce === entry.nonce)) return { counted: false };
    written.push(entry);
    return { counted: true };
  },
};
beforeEach(() => {
  now = new Date('2026-12-01T15:00:00Z');
  day_key = 'key 1';
  written = [];
});
const openLog = (most_blocks?: number) =>
  markFloods({
    action_log: action_log as ActionLog,
    now: () => now,
    dayKey: async () => day_key,
    ...(most_blocks && { most_blocks }),
  });
const names = () => written.map(({ block }) => block);
let forms = 0;
const act = async (
  log: ReturnType<typeof openLog>,
  count: number,
  ip: string,
  campaign_slug = 'visible-act',
) => {
  await Promise.all(
    Array.from({ length: count }, () => log.log(logEntry({ nonce: `${++forms}`, campaign_slug }), ip)),
  );
};

test('fifty actions of a block leave nothing; from the 51st on each carries a name that says nothing of it', async () => {
  const log = openLog();
  await act(log, UNMARKED / 2, '192.0.2.1');
  await act(log, UNMARKED / 2, '192.0.2.200');
  expect(names()).toEqual(Array(50).fill(undefined));
  await act(log, 2, '192.0.2.77');
  const [, second] = names().slice(-2);
  expect(names().slice(-2)).toEqual([second, second]);
  expect(second).toMatch(/^\w{12}$/);
  // Another block, and another campaign, begin anew.
  await act(log, 1, '198.51.100.1');
  await act(log, 1, '192.0.2.1', 'example');
  expect(names().slice(-2)).toEqual([undefined, undefined]);
  await act(log, UNMARKED, '192.0.2.1', 'example');
  expect(names().at(-1)).toMatch(/^\w{12}$/);
  // Nobody can tell that the same block was there.
  expect(names().at(-1)).not.toBe(second);
});

test('the next day counts anew, under another name', async () => {
  const log = openLog();
  await act(log, UNMARKED + 1, '2001:db8:1:2::1');
  const first = names().at(-1);
  now = new Date('2026-12-02T00:00:00Z');
  day_key = 'key 2';
  await act(log, UNMARKED, '2001:db8:1:3::1');
  expect(names().slice(-UNMARKED)).toEqual(Array(UNMARKED).fill(undefined));
  await act(log, 1, '2001:db8:1:4::1');
  expect(names().at(-1)).toMatch(/^\w{12}$/);
  expect(names().at(-1)).not.toBe(first);
});

test('a key that stands in while the database is away is no longer used once it answers', async () => {
  const log = openLog();
  await act(log, UNMARKED, '192.0.2.1');
  day_key = 'stands in';
  await act(log, 1, '192.0.2.1');
  const meanwhile = names().at(-1);
  day_key = 'key 1';
  await act(log, 1, '192.0.2.1');
  const [one_more] = names().slice(-1);
  expect(one_more).not.toBe(meanwhile);
  // The name that another process gives the same block.
  const other = openLog();
  await act(other, UNMARKED + 1, '192.0.2.1');
  expect(names().at(-1)).toBe(one_more);
});

test('what was not counted does not bring a block nearer to its mark', async () => {
  const log = openLog();
  await act(log, UNMARKED - 1, '192.0.2.1');
  for (let again = 0; again < 5; again += 1) {
    expect(await log.log(logEntry({ nonce: written[0]!.nonce }), '192.0.2.1')).toEqual({ counted: false });
    await expect(log.log(logEntry({ nonce: 'poisoned' }), '192.0.2.1')).rejects.toThrow('a bug');
  }
  await act(log, 1, '192.0.2.1');
  expect(names().at(-1)).toBeUndefined();
  await act(log, 1, '192.0.2.1');
  expect(names().at(-1)).toMatch(/^\w{12}$/);
});

test('where there are too many blocks the quietest are forgotten, not the loud', async () => {
  const log = openLog(10);
  await act(log, UNMARKED, '192.0.2.1');
  for (let block = 0; block < 100; block += 1) await act(log, 1, `203.0.${block}.1`);
  await act(log, 1, '192.0.2.1');
  expect(names().at(-1)).toMatch(/^\w{12}$/);
});
