import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTION_COLUMNS } from '../../server/actions/action-queries.ts';
import { readCampaignFiles } from '../../server/backup/campaign-files.ts';
import { putBackCampaigns } from '../../server/backup/put-back-campaigns.ts';
import { checkArchive } from '../../server/backup/restore.ts';
import { writeArchive } from '../../server/backup/write-archive.ts';
import { TABLE_NAMES, TALLY_TABLES } from '../../server/store/tables.ts';
import { folderOf } from '../fixtures/people/folder.ts';
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

/** What the first version had, each with its columns. */
const FIRST_TABLES: Record<string, string[]> = {
  actions: [...ACTION_COLUMNS],
  spent_action_ids: ['id', 'mark', 'expires_at'],
  ...Object.fromEntries(
    ['status', 'day', 'legislator', 'partner', 'language'].map((view) => [
      `tally_by_${view}`,
      ['campaign_slug', 'is_sample', 'key', 'actions'],
    ]),
  ),
};

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
        about.tables = FIRST_TABLES;
        for (const name of [...entries.keys()])
          if (name.startsWith('tables/') && !/\/(actions|spent_action_ids)\//.test(name))
            entries.delete(name);
        entries.set('about.json', JSON.stringify(about));
      });
      const target = await kind.create();
      expect(await restore(older, target.database_url)).toEqual({ actions: 4, mended: [] });
      const restored = await everyRow(target.database_url);
      for (const table of TALLY_TABLES) expect([table, restored[table]?.length]).not.toEqual([table, 0]);
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
    const database = await kind.createEmpty();
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
      message: expect.stringMatching(/Stop it first: sudo systemctl .*, or Ctrl\+C in its terminal\.$/),
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
    'a row with a column that its table has not': [
      (entries: Map<string, string>) => entries.set('tables/actions/000002.jsonl', '{"name":"Pat"}\n'),
      'backup_damaged',
    ],
  } as const;
  test.each(Object.entries(changed))('%s is refused', async (_, [change, code]) => {
    await repack(file, `${file}-changed`, change);
    await expect(checkArchive(`${file}-changed`)).rejects.toMatchObject({ code });
  });

  test('an odd file among the campaigns is passed over by name, and the rest is taken', async () => {
    await repack(file, `${file}-odd`, (entries) => {
      entries.set('campaigns/../.env', 'SECRET_KEY=');
      entries.set('campaigns/visible-act/page.md:Zone.Identifier', '[ZoneTransfer]');
      entries.set('campaigns/visible-act/film.mp4', 'x'.repeat(90_000));
    });
    const { passed_over, ...rest } = await checkArchive(`${file}-odd`, 90_000);
    expect({ ...rest, passed_over: [] }).toEqual(whole);
    expect(passed_over).toEqual([
      { path: '../.env', why: expect.stringMatching(/^its name/) },
      { path: 'visible-act/page.md:Zone.Identifier', why: expect.stringMatching(/^its name/) },
      { path: 'visible-act/film.mp4', why: expect.stringMatching(/^too large: 0.09 MB/) },
    ]);
  });

  test('files that would fill the memory together are not all taken', async () => {
    await repack(file, `${file}-many`, (entries) => {
      for (let index = 0; index < 30; index++) entries.set(`campaigns/many/${index}.md`, '');
      entries.set('campaigns/many/long.md', 'x'.repeat(90_000));
    });
    const { campaign_files, passed_over } = await checkArchive(`${file}-many`, 100_000);
    expect(campaign_files.length).toBe(24);
    expect(passed_over.map(({ path }) => path)).toContain('many/long.md');
    expect(await checkArchive(`${file}-many`)).toMatchObject({ passed_over: [] });
  });

  test('rows that would fill the memory are refused', async () => {
    await repack(file, `${file}-long`, (entries) =>
      entries.set('tables/actions/000002.jsonl', `"${'x'.repeat(50_000_000)}"`),
    );
    await expect(checkArchive(`${file}-long`)).rejects.toThrow(/000002\.jsonl is too large/);
  });
});

/** Signs and lengths of names that lie in people's folders, or in nobody's. */
const ODD_NAMES = [
  'a',
  'page.md',
  'señal',
  '選挙',
  'e\u0301',
  '🗳️',
  'a b',
  ' a ',
  'a.',
  '-a',
  '~',
  '#a',
  '%2e',
  "it's",
  '"a"',
  '*?',
  'a:b',
  'C:',
  'a\\b',
  '..a',
  'a..',
  'line\nend',
  'Icon\r',
  '\u001B[2J',
  '\u0085',
  '\u2028',
  '\u202E',
  '\uFFFD',
  'path=x',
  'x'.repeat(99),
  'x'.repeat(100),
  'x'.repeat(101),
  'é'.repeat(120),
  'x'.repeat(255),
  'tables',
  'contents.json',
];

test('whatever lies in the folder of campaigns, a back-up made of it is one that can be restored', async () => {
  const folder = folderOf({});
  for (const [index, name] of ODD_NAMES.entries()) {
    const other = ODD_NAMES[(index * 7 + 3) % ODD_NAMES.length]!;
    const inside = join(folder, `${name}-1`.slice(-255), other, name);
    mkdirSync(join(inside, '..'), { recursive: true });
    writeFileSync(inside, 'x'.repeat((index * 513) % 2048));
    writeFileSync(join(folder, name), '');
  }
  const { files, passed_over } = await readCampaignFiles(folder);
  expect(files.length).toBeGreaterThan(40);
  expect(passed_over.length).toBeGreaterThan(8);
  await withCounted(SQLITE, 1, async (database_url) => {
    const checked = await checkArchive(await backUp(database_url, files));
    expect(checked.campaign_files).toEqual(files);
    expect(checked.passed_over).toEqual([]);
    const campaigns_dir = join(folderOf({}), 'campaigns');
    const put_back = await putBackCampaigns(checked.campaign_files, [], {
      campaigns_dir,
      replaced_dir: undefined,
    });
    expect(put_back.refused).toEqual([]);
    expect(await readCampaignFiles(campaigns_dir)).toEqual({ files, passed_over: [] });
  });
});

test('two back-ups to one file at once: one is made, and the other is told in a sentence', async () => {
  await withCounted(SQLITE, 1, async (database_url) => {
    const file = join(folderOf({}), 'one.tar.gz');
    const sources = { database_url, campaign_files: [], secret_key: undefined, made_by: '0.0.1' };
    const both = [1, 2].map(() => writeArchive(file, { ...sources, made_at: new Date(0) }));
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const { reason } = outcomes.find((one) => one.status === 'rejected')!;
    expect(reason.code).toMatch(/^backup_(failed|exists)$/);
    await checkArchive(file);
  });
});

test('a place that can not be written is told in a sentence, and nothing is left', async () => {
  await withCounted(SQLITE, 1, async (database_url) => {
    const folder = folderOf({});
    // With what is added while it is made the name is too long.
    const file = join(folder, `${'x'.repeat(245)}.tar.gz`);
    const sources = { database_url, campaign_files: [], secret_key: undefined, made_by: '0.0.1' };
    await expect(writeArchive(file, { ...sources, made_at: new Date(0) })).rejects.toMatchObject({
      code: 'backup_failed',
      message: expect.stringMatching(/^The back-up can't be written: ENAMETOOLONG/),
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});
