import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { billFile, billStamp, readBill, writeBill } from '../../server/bills/bill-files.ts';
import type { BillRecord } from '../../server/bills/bill-record.ts';
import { recordOf } from '../../server/bills/fetch-bill.ts';
import { OperationalError } from '../../server/errors.ts';
import { billSchema } from '../../server/legislators/openstates-bill-replies.ts';
import { apiBill } from '../fixtures/openstates/bills.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { florida } from '../support/bills.ts';

const AT = '2026-02-10T17:00:00.000Z';
const madeUp = (changes: Partial<BillRecord> = {}): BillRecord => ({
  ...recordOf(billSchema.parse(apiBill('HB 1')), florida('HB 1'), AT).record,
  ...changes,
});

test('what was written is read again, by any spelling', async () => {
  const data_dir = folderOf({});
  await writeBill(data_dir, madeUp());
  expect(await readBill(data_dir, florida('h.b. 0001'))).toEqual({ kind: 'record', record: madeUp() });
  expect(await readBill(data_dir, florida('HB 2'))).toEqual({ kind: 'none' });
  expect(await readBill(data_dir, florida('HB 1', '2027'))).toEqual({ kind: 'none' });
  expect(readdirSync(dirname(billFile(data_dir, florida('HB 1'))))).toEqual(['HB1.json']);
});

test.each(['..', '../..', 'a/b', 'a\\b', 'C:', '2025-2026 1st Special', '*', '.'])(
  'a session called %j leads out of no folder',
  (session) => {
    const path = relative('/data', billFile('/data', florida('HB 1', session)));
    expect(path.split(/[/\\]/).length).toBe(4);
    expect(path).toMatch(/^bills\/fl\/[\w%-]+\/HB1\.json$/);
  },
);

test.each([
  ['nothing', ''],
  ['half of it', JSON.stringify(madeUp()).slice(0, 200)],
  ['zeros', '\0'.repeat(200)],
  ['another shape', '{}'],
  ['a day that is none', JSON.stringify(madeUp({ first_action_date: '2026-02-30' }))],
  ['an address that is none', JSON.stringify(madeUp({ source: 'somewhere' }))],
  ['another bill', JSON.stringify(madeUp({ identifier: 'HB 2' }))],
  ['a bill of another state', JSON.stringify(madeUp({ state: 'ga' }))],
])('a file with %s in it is damaged: a sentence says so', async (_, text) => {
  const data_dir = folderOf({});
  const file = billFile(data_dir, florida('HB 1'));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  expect(await readBill(data_dir, florida('HB 1'))).toEqual({
    kind: 'damaged',
    message: expect.stringContaining('HB1.json'),
  });
  await writeBill(data_dir, madeUp());
  expect(await readBill(data_dir, florida('HB 1'))).toMatchObject({ kind: 'record' });
});

test('what could not be read again is not written, and says what of it is amiss', async () => {
  const data_dir = folderOf({});
  await writeBill(data_dir, madeUp());
  const refused = writeBill(data_dir, madeUp({ source: 'javascript', first_action_date: 'soon' }));
  await expect(refused).rejects.toThrow(OperationalError);
  await expect(refused).rejects.toMatchObject({
    code: 'openstates_unreadable_bill',
    message: expect.stringMatching(/HB 1 .*: source, first_action_date\./),
  });
  expect(await readBill(data_dir, florida('HB 1'))).toEqual({ kind: 'record', record: madeUp() });
});

test('the stamp is another after each writing', async () => {
  const data_dir = folderOf({});
  const stamps = [await billStamp(data_dir, florida('HB 1'))];
  for (const title of ['One', 'Two']) {
    await writeBill(data_dir, madeUp({ title }));
    stamps.push(await billStamp(data_dir, florida('HB 1')));
  }
  expect(stamps[0]).toBe('');
  expect(new Set(stamps).size).toBe(3);
});

test('what a killed process left behind is taken away an hour later, and what another writes now is not', async () => {
  const data_dir = folderOf({});
  await writeBill(data_dir, madeUp());
  const folder = dirname(billFile(data_dir, florida('HB 1')));
  for (const name of ['.sync-old', '.sync-new']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'bill.json'), '{"state"');
  }
  const seconds = Date.parse(AT) / 1000;
  utimesSync(join(folder, '.sync-old'), seconds - 3700, seconds - 3700);
  utimesSync(join(folder, '.sync-new'), seconds, seconds);
  await writeBill(data_dir, madeUp({ title: 'Another' }));
  expect(readdirSync(folder).toSorted()).toEqual(['.sync-new', 'HB1.json']);
});

test('killed at any moment of writing, the file is whole: the old one or the new', async () => {
  const data_dir = folderOf({});
  await writeBill(data_dir, madeUp({ title: '0' }));
  const file = billFile(data_dir, florida('HB 1'));
  for (const after of [1, 3, 7]) {
    const before = Number(JSON.parse(readFileSync(file, 'utf8')).title);
    const writer = fork('tests/support/write-bills.ts', [data_dir, JSON.stringify(madeUp())], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // Each message comes after a writing: the kill falls somewhere into one of the next.
    for (let written = 0; written < after; written += 1) await once(writer, 'message');
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    const found = await readBill(data_dir, florida('HB 1'));
    expect(found).toMatchObject({ kind: 'record', record: { identifier: 'HB 1' } });
    expect(Number(JSON.parse(readFileSync(file, 'utf8')).title)).toBeGreaterThanOrEqual(before);
  }
});

test('readers beside a writer never see half a file', async () => {
  const data_dir = folderOf({});
  const long = madeUp({ title: 'x'.repeat(200_000) });
  await writeBill(data_dir, long);
  const reading = async () => {
    for (let times = 0; times < 30; times += 1)
      expect(await readBill(data_dir, florida('HB 1'))).toMatchObject({ kind: 'record' });
  };
  const writing = async () => {
    for (let times = 0; times < 10; times += 1)
      await Promise.all([writeBill(data_dir, madeUp()), writeBill(data_dir, long)]);
  };
  await Promise.all([reading(), writing()]);
});
