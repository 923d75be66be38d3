import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { withoutComments } from '../../server/campaigns/comments.ts';
import { readFlyer } from '../../server/campaigns/flyer-text.ts';
import { hiddenWords } from '../../server/campaigns/hidden-words.ts';
import { readMessageFile } from '../../server/campaigns/message-files.ts';
import { pageHtml } from '../../server/campaigns/page-text.ts';
import { pageWarnings } from '../../server/campaigns/page-warnings.ts';
import { placesToWrite } from '../../server/campaigns/places-to-write.ts';
import { readPrompts } from '../../server/campaigns/prompts-file.ts';
import { OperationalError } from '../../server/errors.ts';
import { readBoundaryFile } from '../../server/legislators/boundary-file.ts';
import { readPeopleArchive } from '../../server/legislators/people-archive.ts';
import { readPeople } from '../../server/legislators/people-source.ts';
import { readPerson } from '../../server/legislators/people-yaml.ts';
import { readTypedAddress } from '../../server/legislators/typed-address.ts';
import { readBounce } from '../../server/mail/bounce-report.ts';
import { mailboxOf, readMailAddress } from '../../server/mail/mail-address.ts';
import { readText } from '../../server/yaml/read-text.ts';
import { readYaml } from '../../server/yaml/yaml-faults.ts';
import { readYamlList } from '../../server/yaml/yaml-list.ts';
import { zipOf } from '../fixtures/boundaries/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { AS_OF, CSV_COLUMNS, FLORIDA, person, personFiles, tarballOf } from '../fixtures/people/made-up.ts';
import { busyFor, over, PIECES, YAML_BOMBS } from '../support/bombs.ts';

/** Nothing that one file holds keeps the processor busy for longer, in milliseconds: most take a second, on a slow machine two. */
const MOST_MS = 5000;
const request = { state: 'fl', jurisdiction_id: FLORIDA, as_of: AS_OF };
const secrets = ['a secret for tests alone, 32 characters'];

/** The sentence with which something is refused. */
async function refusal(read: () => Promise<unknown>): Promise<string> {
  const error = await read().then(
    () => new Error('it was taken'),
    (reason: unknown) => reason,
  );
  if (error instanceof OperationalError) return error.message;
  throw error;
}

test.each(Object.entries(YAML_BOMBS))(
  'YAML with %s is read or refused at once, by all that read YAML',
  async (_name, text) => {
    expect(await busyFor(() => readYaml('campaign.yaml', text, { top_keys: ['title'] }))).toBeLessThan(
      MOST_MS,
    );
    expect(await busyFor(() => readYamlList('overrides.yaml', text, 'corrections'))).toBeLessThan(MOST_MS);
    const noted = { malformed_emails: [], bad_links: 0 };
    let told: unknown;
    const busy = await busyFor(() => {
      told = readPerson({ name: 'a.yml', text }, request, noted);
    });
    expect(busy).toBeLessThan(MOST_MS);
    expect(told).toEqual(expect.stringMatching(/^a\.yml: /));
  },
);

test('marks by which a few lines of YAML grow without end are refused by name', () => {
  expect(readYaml('campaign.yaml', YAML_BOMBS.laughs!)).toEqual({
    fault: expect.objectContaining({
      line: 1,
      message: expect.stringContaining('YAML marks are not used here'),
    }),
  });
});

test('a text of 100 kB of the same piece is read or refused at once, as a template, a page, a flyer or prompts', async () => {
  for (const piece of PIECES) {
    const text = over(piece);
    const busy = await busyFor(() => {
      readMessageFile('f', 'email.hbs', 'en', `Subject: a\n\n${text}`);
      readMessageFile('f', 'phone.hbs', 'en', `${text}{`);
      pageHtml(withoutComments(text));
      pageWarnings('f', text);
      placesToWrite('f', text);
      hiddenWords('f', text);
      readPrompts('f', text);
      readFlyer('f', 'en', text);
    });
    expect([piece, busy < MOST_MS]).toEqual([piece, true]);
  }
});

test('a template of 10 MB is refused by its size, and one of thousands of blocks by their number', async () => {
  const folder = folderOf({ 'phone.hbs': over('{{bill.title}}', 10_000_000) });
  const { fault } = await readText(join(folder, 'phone.hbs'));
  expect(fault!.message).toBe('This file is too large: 100 kB is the most. Shorten it.');
  const nested = over('{{#if bill}}', 50_000) + over('{{/if}}', 33_000);
  const { faults } = readMessageFile('f', 'phone.hbs', 'en', nested);
  expect(faults.map(({ message }) => message)).toContain('More than 500 {{ stand in this file. Shorten it.');
});

test('an address, typed or of mail, of 64 kB is read or refused at once', async () => {
  for (const piece of PIECES) {
    const text = over(piece, 64_000);
    const busy = await busyFor(() => {
      for (const typed of [text, `a${text}`, `${text}@`, `a@${text}`, `a@b.org${text}`]) {
        readMailAddress(typed);
        mailboxOf(typed);
        readTypedAddress(typed);
        readTypedAddress(typed.slice(0, 300));
      }
    });
    expect([piece, busy < MOST_MS]).toEqual([piece, true]);
  }
});

test('a returned mail of 2 MB of the same piece, in a header or below, is read at once', async () => {
  const head = 'Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n';
  for (const piece of [
    '(',
    '"',
    '<',
    ',',
    ':',
    ';',
    '=',
    '+',
    '+a',
    '=?a?q?',
    '--b\r\n',
    '--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n',
    'a: b\r\n',
    '\r\n',
    ' ',
  ]) {
    const text = over(piece, 1_900_000);
    const busy = await busyFor(async () => {
      await readBounce(`${head}To: ${text.replaceAll(/[\r\n]/g, '')}\r\n\r\n--b\r\n`, { secrets });
      await readBounce(`${head}\r\n--b\r\n${text}`, { secrets });
      await readBounce(text, { secrets });
    });
    expect([piece, busy < MOST_MS]).toEqual([piece, true]);
  }
});

test('an archive of a megabyte that holds a thousand is given up', async () => {
  // A file's header that promises eight thousand million bytes, and zeros for it.
  const header = Buffer.alloc(512);
  header.write('people/zeros', 0);
  header.write('0000644\0', 100);
  header.write('77777777777\0', 124);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const zeros = gzipSync(Buffer.alloc(64_000_000));
  const packed = [gzipSync(header), ...Array.from({ length: 17 }, () => zeros)];
  expect(Buffer.concat(packed).length).toBeLessThan(2_000_000);
  const before = process.memoryUsage().rss;
  const read = () => readPeopleArchive(Readable.from(packed), { states: ['fl'], path: 'people.tgz' });
  expect(await refusal(read)).toContain(
    'people.tgz is cut short or not a gzipped tar archive (what is in it is too large)',
  );
  expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
});

test('names in an archive that lead elsewhere lead nowhere: nothing is written, and only a state’s own files are read', async () => {
  const [[, text]] = Object.entries(personFiles([person('upper', 1)])) as [[string, string]];
  const names = [
    '../../etc/passwd',
    '/etc/passwd',
    'data/fl/legislature/../../../a.yml',
    'a/b/data/fl/legislature/c.yml',
    'data/fl/legislature/good.yml',
  ];
  const packed = await tarballOf(Object.fromEntries(names.map((name) => [name, text])));
  const { files } = await readPeopleArchive(Readable.from([packed]), { states: ['fl'], path: 'people.tgz' });
  expect(files.get('fl')!.map(({ name }) => name)).toEqual(['good.yml']);
});

test('a zip that unpacks to more than boundaries have is given up, and so is one that lies about it', async () => {
  const zeros = Buffer.alloc(101_000_000);
  const large = zipOf({ 'a.shp': zeros, 'a.dbf': Buffer.from('x') });
  expect(large.length).toBeLessThan(1_000_000);
  const read = (content: Buffer) => refusal(() => readBoundaryFile({ name: 'a.zip', content }));
  expect(await read(large)).toContain('what is in it is too large, with a.shp');
  // The size that the directory promises: 100 bytes.
  const lying = Buffer.from(large);
  lying.writeUInt32LE(100, lying.lastIndexOf('PK\x01\x02', lying.lastIndexOf('a.dbf') - 40, 'latin1') + 24);
  expect(await read(lying)).toMatch(/a\.zip is cut short or damaged \(/);
});

test('a zip of ten thousand empty entries, and names that lead elsewhere, are read at once', async () => {
  const many = zipOf(
    Object.fromEntries(Array.from({ length: 10_000 }, (_, nth) => [`../${nth}/a.shp`, Buffer.alloc(0)])),
  );
  const busy = await busyFor(async () => {
    expect(await refusal(() => readBoundaryFile({ name: 'a.zip', content: many }))).toMatch(/^a\.zip /);
  });
  expect(busy).toBeLessThan(MOST_MS);
});

test('a GeoJSON with ten million points and a CSV of 100 MB are refused by their size, before they are read', async () => {
  const folder = folderOf({
    'points.geojson': '{"type":"FeatureCollection","features":[',
    'fl.csv': 'id',
    'a.yml': 'a: b',
  });
  truncateSync(join(folder, 'points.geojson'), 230_000_000);
  truncateSync(join(folder, 'fl.csv'), 100_000_000);
  truncateSync(join(folder, 'a.yml'), 10_000_000);
  const before = process.memoryUsage().rss;
  expect(await refusal(() => readBoundaryFile(join(folder, 'points.geojson')))).toContain(
    'it has 230 MB, and 100 are the most',
  );
  expect(await refusal(() => readPeople(join(folder, 'fl.csv'), request))).toContain(
    'it has 100 MB, and 20 are the most',
  );
  expect(await refusal(() => readPeople(folder, request))).toContain('it has 10 MB, and 0.1 are the most');
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
});

test('a CSV with a quote that is never closed, 19 MB long, is given up in its first row', async () => {
  const folder = folderOf({ 'fl.csv': `${CSV_COLUMNS.join(',')}\n"${over('x,', 19_000_000)}` });
  const busy = await busyFor(async () => {
    expect(await refusal(() => readPeople(join(folder, 'fl.csv'), request))).toMatch(
      /is cut short or not CSV/,
    );
  });
  expect(busy).toBeLessThan(MOST_MS);
});
