import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { checkArchive } from '../../server/backup/restore.ts';
import { TABLE_NAMES } from '../../server/store/tables.ts';
import { backUp, everyRow, restore } from '../support/backups.ts';
import { countCompleted, logAll, numbered, openLog } from '../support/log-all.ts';
import { repack, rowsIn, unpack } from '../support/repack.ts';
import { logEntry, SQLITE, STORE_KINDS, type StoreKind } from '../support/temp-store.ts';
import { until } from '../support/until.ts';

const hashed = (nonce: string) => createHash('sha256').update(nonce).digest('base64url');
/** The kind that a back-up of a kind is restored to: always the other one. */
const otherKind = (kind: StoreKind) => STORE_KINDS.find((one) => one !== kind)!;

/** A database in which so many actions are counted; `use` gets its address, closed. */
async function withCounted<T>(kind: StoreKind, count: number, use: (database_url: string) => Promise<T>) {
  const database = await kind.create();
  try {
    const store = await database.open();
    await logAll(store, numbered(count));
    await store.close();
    return await use(database.database_url);
  } finally {
    await database.drop();
  }
}

/** Tables that the first version did not have. */
const LATER_TABLES = ['tally_by_message_language', 'tally_by_variant'] as const;

describe.each(STORE_KINDS)('on $name', (kind) => {
  test('a back-up taken during writes restores, to the other database, exactly the actions acknowledged before and some of those under way', async () => {
    const [database, target] = [await kind.create(), await otherKind(kind).create()];
    const store = await database.open();
    const log = openLog(store);
    const begun: string[] = [];
    const acknowledged: string[] = [];
    let isOver = false;
    const supporter = async () => {
      while (!isOver) {
        const nonce = String(begun.length);
        begun.push(nonce);
        await log.log(logEntry({ nonce, partner: `partner-${Number(nonce) % 3}` }));
        acknowledged.push(nonce);
      }
    };
    const supporters = Array.from({ length: 20 }, supporter);
    await until(() => acknowledged.length > 300);
    const before = [...acknowledged];
    const file = await backUp(database.database_url);
    const begun_by_then = begun.length;
    const acknowledged_then = acknowledged.length;
    await until(() => acknowledged.length > acknowledged_then + 100);
    isOver = true;
    await Promise.all(supporters);
    await log.close();
    await store.close();

    await restore(file, target.database_url);
    const restored = await everyRow(target.database_url);
    const ids = new Set(restored.spent_action_ids!.map((row) => JSON.parse(row as string).id as string));
    expect(before.filter((nonce) => !ids.has(hashed(nonce)))).toEqual([]);
    const could_be = new Set(acknowledged.filter((nonce) => Number(nonce) < begun_by_then).map(hashed));
    expect([...ids].filter((id) => !could_be.has(id))).toEqual([]);
    // One row an id: each once.
    expect(restored.actions).toHaveLength(ids.size);
    const again = await target.open();
    expect(await countCompleted(again)).toBe(ids.size);
    const results = await logAll(again, before);
    expect(results.filter((result) => result.status === 'fulfilled' && result.value.counted)).toEqual([]);
    await again.close();
    await Promise.all([database.drop(), target.drop()]);
  });

  test('what is restored there and from there back is, row by row, what was backed up', async () => {
    await withCounted(kind, 700, async (database_url) => {
      const wanted = await everyRow(database_url);
      const [there, back] = [await otherKind(kind).create(), await kind.create()];
      const there_again = restore(await backUp(database_url), there.database_url);
      expect(await there_again).toEqual({ actions: 700, mended: [] });
      await restore(await backUp(there.database_url), back.database_url);
      expect(await everyRow(there.database_url)).toEqual(wanted);
      expect(await everyRow(back.database_url)).toEqual(wanted);
      await Promise.all([there.drop(), back.drop()]);
    });
  });

  test('a database that holds actions is left as it is, unless they may be replaced', async () => {
    await withCounted(kind, 3, async (database_url) => {
      const file = await backUp(database_url);
      const target = await kind.create();
      const store = await target.open();
      await logAll(store, ['of its own']);
      await store.close();
      const held = await everyRow(target.database_url);
      await expect(restore(file, target.database_url)).rejects.toMatchObject({
        code: 'store_holds_actions',
        message: expect.stringMatching(/^The database holds 1 action already.*--replace/),
      });
      expect(await everyRow(target.database_url)).toEqual(held);
      await restore(file, target.database_url, true);
      expect(await everyRow(target.database_url)).toEqual(await everyRow(database_url));
      await target.drop();
    });
  });

  test('a restore that fails in the middle leaves all that was there', async () => {
    await withCounted(kind, 3, async (database_url) => {
      const held = await everyRow(database_url);
      const broken = `${await backUp(database_url)}-broken`;
      await repack(await backUp(database_url), broken, (entries) => {
        const name = 'tables/spent_action_ids/000001.jsonl';
        entries.set(name, entries.get(name)!.repeat(2));
      });
      await expect(restore(broken, database_url, true)).rejects.toThrow(/unique/i);
      expect(await everyRow(database_url)).toEqual(held);
    });
  });

  test('totals that are not those of the rows are counted anew, and told', async () => {
    await withCounted(kind, 5, async (database_url) => {
      const wrong = `${await backUp(database_url)}-wrong`;
      await repack(await backUp(database_url), wrong, (entries) => {
        const name = 'tables/tally_by_day/000001.jsonl';
        entries.set(name, entries.get(name)!.replace('"actions":5', '"actions":6'));
      });
      const target = await kind.create();
      expect(await restore(wrong, target.database_url)).toEqual({ actions: 5, mended: ['visible-act'] });
      expect(await everyRow(target.database_url)).toEqual(await everyRow(database_url));
      await target.drop();
    });
  });

  test('the tables of an older version are brought up to date', async () => {
    await withCounted(kind, 4, async (database_url) => {
      const older = `${await backUp(database_url)}-older`;
      await repack(await backUp(database_url), older, (entries) => {
        const about = JSON.parse(entries.get('about.json')!);
        about.migrations = ['2026-11-24-tables'];
        for (const table of LATER_TABLES) {
          delete about.tables[table];
          entries.delete(`tables/${table}/000001.jsonl`);
        }
        entries.set('about.json', JSON.stringify(about));
      });
      const target = await kind.create();
      await restore(older, target.database_url);
      const restored = await everyRow(target.database_url);
      for (const table of LATER_TABLES) expect([table, restored[table]?.length]).not.toEqual([table, 0]);
      expect(restored).toEqual(await everyRow(database_url));
      await target.drop();
    });
  });

  test('a back-up lists rows by what they hold, not by their arrival', async () => {
    const database = await kind.create();
    const store = await database.open();
    const log = openLog(store);
    // One after the other: each is on disk before the next comes.
    for (const nonce of ['c', 'a', 'd', 'b'])
      await log.log(logEntry({ nonce, legislator_id: `ocd-person/${nonce}` }));
    await log.close();
    await store.close();
    const entries = await unpack(await backUp(database.database_url));
    const actions = rowsIn(entries.get('tables/actions/000001.jsonl'));
    expect(actions.map((row) => row.legislator_id)).toEqual(
      ['a', 'b', 'c', 'd'].map((one) => `ocd-person/${one}`),
    );
    const ids = rowsIn(entries.get('tables/spent_action_ids/000001.jsonl')).map((row) => row.id);
    expect(new Set(ids).size).toBe(4);
    const arrived = ['c', 'a', 'd', 'b'].map(hashed);
    expect([...new Set(ids)]).not.toEqual(arrived);
    expect(Object.keys(JSON.parse(entries.get('about.json')!).tables)).toEqual([...TABLE_NAMES]);
    await database.drop();
  });

  test('a database without tables has nothing to back up', async () => {
    const database = await kind.create();
    await expect(backUp(database.database_url)).rejects.toMatchObject({ code: 'store_missing' });
    await database.drop();
  });
});

test('nothing is restored to a file that the app has open', async () => {
  await withCounted(SQLITE, 2, async (database_url) => {
    const file = await backUp(database_url);
    const target = await SQLITE.create();
    const store = await target.open();
    await expect(restore(file, target.database_url)).rejects.toMatchObject({
      code: 'store_in_use',
      message: expect.stringContaining('Stop it first'),
    });
    await store.close();
    await restore(file, target.database_url);
    await target.drop();
  });
});

describe('of an archive', () => {
  let file: string;
  let whole: Awaited<ReturnType<typeof checkArchive>>;
  beforeAll(async () => {
    const campaign_files = [
      { path: 'visible-act/campaign.yaml', bytes: Buffer.from('title: Visible Act\n') },
    ];
    file = await withCounted(SQLITE, 30, (database_url) => backUp(database_url, campaign_files));
    whole = await checkArchive(file);
  });

  test('the file is its owner’s alone, and none is ever written over', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { writeArchive } = await import('../../server/backup/write-archive.ts');
    const bytes = readFileSync(file);
    const sources = { database_url: 'sqlite:/nowhere', campaign_files: [], secret_key: undefined };
    await expect(
      writeArchive(file, { ...sources, made_at: new Date(0), made_by: '0.0.1' }),
    ).rejects.toMatchObject({ code: 'backup_exists' });
    expect(readFileSync(file)).toEqual(bytes);
  });

  test('one that is cut short anywhere is refused', async () => {
    const bytes = readFileSync(file);
    const lengths = Array.from({ length: 25 }, (_, index) => Math.floor((bytes.length * index) / 25));
    for (const length of [...lengths, bytes.length - 1]) {
      const cut = `${file}-cut`;
      writeFileSync(cut, bytes.subarray(0, length));
      await expect(checkArchive(cut)).rejects.toMatchObject({ code: 'backup_damaged' });
    }
  });

  test('one in which a bit is turned is refused, but where that bit means nothing', async () => {
    const bytes = readFileSync(file);
    let refused = 0;
    // The first ten bytes are gzip's own, with a date in them.
    const places = Array.from(
      { length: 60 },
      (_, index) => 10 + Math.floor(((bytes.length - 10) * index) / 60),
    );
    for (const [index, place] of [0, 1, 2, 3, 4, ...places, bytes.length - 1].entries()) {
      const turned = Buffer.from(bytes);
      turned[place]! ^= 1 << (index % 8);
      writeFileSync(`${file}-turned`, turned);
      const outcome = await checkArchive(`${file}-turned`).catch((error) => error.code);
      if (typeof outcome === 'string') {
        expect(outcome).toMatch(/^backup_(damaged|foreign)$/);
        refused += 1;
      } else expect(outcome).toEqual(whole);
    }
    expect(refused).toBeGreaterThan(60);
  });

  test.each([
    ['a text', () => Buffer.from('Dear editor,\n'), 'backup_foreign', /is no back-up of Statehouse/],
    ['an empty file', () => Buffer.alloc(0), 'backup_damaged', /cut short or damaged/],
  ])('%s is refused with a sentence', async (_, bytes, code, message) => {
    writeFileSync(`${file}-other`, bytes());
    await expect(checkArchive(`${file}-other`)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  const changed = {
    'another program’s archive': [
      (entries: Map<string, string>) => entries.set('about.json', '{"format":"albums"}'),
      'backup_foreign',
    ],
    'a newer version’s tables': [
      (entries: Map<string, string>) =>
        entries.set(
          'about.json',
          entries
            .get('about.json')!
            .replace('"2026-11-24-tables",', '"2026-11-24-tables","2099-01-01-later",'),
        ),
      'backup_newer',
    ],
    'a newer form of archive': [
      (entries: Map<string, string>) =>
        entries.set(
          'about.json',
          entries.get('about.json')!.replace('"format_version": 1', '"format_version": 2'),
        ),
      'backup_newer',
    ],
    'a file that leads out of the folder of campaigns': [
      (entries: Map<string, string>) => entries.set('campaigns/../.env', 'SECRET_KEY='),
      'backup_damaged',
    ],
    'a row with a column that its table has not': [
      (entries: Map<string, string>) => entries.set('tables/actions/000002.jsonl', '{"name":"Pat"}\n'),
      'backup_damaged',
    ],
  } as const;
  test.each(Object.entries(changed))('%s is refused', async (_, [change, code]) => {
    await repack(file, `${file}-changed`, change);
    await expect(checkArchive(`${file}-changed`)).rejects.toMatchObject({ code });
  });
});
