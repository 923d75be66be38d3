import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Layer } from '../../server/legislators/district-names.ts';
import type { District, OrgClassification } from '../../server/legislators/legislator.ts';
import { openRosters } from '../../server/legislators/open-rosters.ts';
import { createRoster, loadRoster } from '../../server/legislators/roster.ts';
import { rosterFolder, writeRosterFiles } from '../../server/legislators/roster-files.ts';
import { readZipRelation } from '../../server/legislators/zip-relation.ts';
import { keepZipRelation, openZipDistricts } from '../../server/legislators/zip-relation-file.ts';
import { relationText } from '../fixtures/boundaries/zip-relation.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { AS_OF, FLORIDA } from '../fixtures/people/made-up.ts';

const FL = { state: 'fl', layer: 'sldl' as const };
const read = (text: string, request: { state: string; layer: Layer } = FL) => readZipRelation(text, request);

/** The code and the words of a refusal. */
function refusal(text: string, request = FL): { code: string; message: string } {
  try {
    read(text, request);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('it was read');
}

describe('the text of the Census', () => {
  test('gives each ZIP code its districts, the one with most of its land first', () => {
    const text = relationText('sldl', [
      ['12005', '32209', 900, 10],
      ['12014', '32209', 50_000, 0],
      ['12013', '32208', 7, 1],
    ]);
    expect([...read(text)]).toEqual([
      [
        '32209',
        [
          { geoid: '12014', land: 50_000, water: 0 },
          { geoid: '12005', land: 900, water: 10 },
        ],
      ],
      ['32208', [{ geoid: '12013', land: 7, water: 1 }]],
    ]);
  });

  test('is read whatever years stand in its column names, in whatever order, with a byte order mark or without', () => {
    const rows = [['12014', '32209', 5, 0]] as const;
    const expected = new Map([['32209', [{ geoid: '12014', land: 5, water: 0 }]]]);
    const text = relationText('sldl', rows);
    expect(text).toMatch(/^\uFEFFOID_SLDL2024_20\|GEOID_SLDL2024_20\|/);
    expect(read(text)).toEqual(expected);
    expect(read(text.slice(1))).toEqual(expected);
    expect(read(text.replaceAll('\n', '\r\n'))).toEqual(expected);
    expect(read(relationText('sldl', rows, { vintage: '2026_30' }))).toEqual(expected);
    expect(read(relationText('sldl', rows, { vintage: '_20' }))).toEqual(expected);
    const turned = text
      .slice(1)
      .trim()
      .split('\n')
      .map((line) => line.split('|').reverse().join('|'))
      .join('\n')
      .replace(/^/, 'OID_X|')
      .replace(/\n/g, '\n1|');
    expect(read(turned)).toEqual(expected);
  });

  test('leaves out what is in no district or in no ZIP code, and what is water alone', () => {
    const text = relationText('sldl', [
      ['12014', '', 5000, 0],
      ['', '32209', 5000, 0],
      ['12ZZZ', '32209', 0, 80_000],
      ['12013', '32209', 0, 4_000],
      ['12005', '32209', 1, 0],
    ]);
    expect([...read(text).entries()]).toEqual([['32209', [{ geoid: '12005', land: 1, water: 0 }]]]);
  });

  test('of the whole country gives the state’s own part', () => {
    const text = relationText('sldl', [
      ['13001', '31548', 9, 0],
      ['12015', '32097', 9, 0],
    ]);
    expect([...read(text).keys()]).toEqual(['32097']);
  });

  test('of a single chamber, and of districts with letters, is read', () => {
    const nebraska = relationText('sldu', [['31001', '68508', 9, 0]]);
    expect([...read(nebraska, { state: 'ne', layer: 'sldu' }).keys()]).toEqual(['68508']);
    const vermont = relationText('sldl', [['50A-1', '05753', 9, 0]]);
    expect(read(vermont, { state: 'vt', layer: 'sldl' }).get('05753')).toMatchObject([{ geoid: '50A-1' }]);
  });

  test.each([
    ['a page of HTML', '<!DOCTYPE html><p>Not found', 'zip_relation_format', /not the Census relation/],
    ['nothing', '', 'zip_relation_format', /no line of column names/],
    [
      'the other chamber’s',
      relationText('sldu', [['12005', '32209', 5, 0]]),
      'zip_relation_format',
      /no column \^GEOID_SLDL/,
    ],
    [
      'another state’s',
      relationText('sldl', [['13001', '31548', 9, 0]]),
      'zip_relation_state',
      /no rows of Florida/,
    ],
    ['a header alone', relationText('sldl', []), 'zip_relation_state', /no rows of Florida/],
    [
      'a text that is cut short',
      relationText('sldl', [
        ['12014', '32209', 5, 0],
        ['12013', '32209', 5, 0],
      ]).slice(0, -20),
      'zip_relation_broken',
      /cut short or damaged.*Get it anew/,
    ],
    [
      'a ZIP code of letters',
      relationText('sldl', [['12014', 'ABCDE', 5, 0]]),
      'zip_relation_broken',
      /line 2, zip: is no ZIP code/,
    ],
    [
      'an area of words',
      relationText('sldl', [['12014', '32209', 'much', 0]]),
      'zip_relation_broken',
      /line 2, land: is no area/,
    ],
  ])('%s is refused, saying what to do', (_what, text, code, says) => {
    const error = refusal(text);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(says);
    expect(error.message).toMatch(/Check ZIP_DISTRICTS_URL|Get it anew/);
  });
});

const district = (chamber: OrgClassification, number: number): District => ({
  division_id: `ocd-division/country:us/state:fl/${chamber === 'upper' ? 'sldu' : 'sldl'}:${number}`,
  state: 'fl',
  org_classification: chamber,
  district: String(number),
  name: `District ${number}`,
  seats: 1,
  geoid: `12${String(number).padStart(3, '0')}`,
});
const DISTRICTS = [district('upper', 1), district('lower', 1), district('lower', 2)];

const rosterOf = (districts: District[]) => ({
  state: 'fl',
  jurisdiction_id: FLORIDA,
  source: 'OpenStates people files',
  as_of: AS_OF,
  imported_at: '2026-08-05T12:00:00.000Z',
  is_sample: false,
  districts,
  legislators: [
    {
      id: 'ocd-person/00000000-0000-4000-8000-000000000001',
      name: 'Made-Up Member',
      party: '',
      current_role: {
        title: 'Senator',
        org_classification: 'upper' as const,
        district: '1',
        division_id: DISTRICTS[0]!.division_id,
      },
      offices: [],
      links: [],
    },
  ],
});

const UPPER = read(relationText('sldu', [['12001', '32209', 9, 0]]), { state: 'fl', layer: 'sldu' });
const LOWER = read(
  relationText('sldl', [
    ['12001', '32209', 3, 0],
    ['12002', '32209', 6, 0],
    ['12002', '32208', 6, 0],
  ]),
);

describe('what is kept of it', () => {
  const roster = createRoster(rosterOf(DISTRICTS));
  const names = (found: District[] | undefined) =>
    found?.map(({ org_classification, district: number }) => `${org_classification} ${number}`);

  test('is read back as the roster’s own districts, the largest part first', async () => {
    const folder = join(folderOf({}), 'not-there-yet');
    await keepZipRelation(folder, { sldu: UPPER, sldl: LOWER });
    const zips = (await openZipDistricts(folder, roster, undefined))!;
    expect(names(zips.get('32209'))).toEqual(['upper 1', 'lower 2', 'lower 1']);
    expect(zips.get('32209')![0]).toBe(roster.districts[0]);
    expect(names(zips.get('32208'))).toEqual(['lower 2']);
    expect(zips.get('32210')).toBeUndefined();
    // Nothing else stays in the folder.
    expect(readdirSync(folder)).toEqual(['zips.json']);
  });

  test('opens with the roster, and stays through another import', async () => {
    const data_dir = folderOf({});
    const folder = rosterFolder(data_dir, 'fl');
    await writeRosterFiles(folder, rosterOf(DISTRICTS), undefined);
    expect((await loadRoster(folder, 'fl'))!.zips).toBeUndefined();
    await keepZipRelation(folder, { sldu: UPPER, sldl: LOWER });
    await writeRosterFiles(folder, rosterOf(DISTRICTS), undefined);
    const opened = await openRosters({ data_dir, sample_dir: join(data_dir, 'none'), allow_sample: false });
    expect(opened.faults).toEqual([]);
    expect(opened.get('fl')!.zips!.size).toBe(2);
  });

  test.each([
    ['is cut short', '{"layers": {"sldl"', 'zips_unreadable', /cut short or damaged/],
    ['is of another shape', '{"layers": {"sldl": {"32209": "12001"}}}', 'zips_unreadable', /damaged/],
    [
      'is of another map',
      '{"layers": {"sldu": {"32209": ["12001"]}, "sldl": {"32209": ["12001", "12003"]}}}',
      'zips_unmatched',
      /sldl.*are not those of the roster/,
    ],
    ['lacks a chamber', '{"layers": {"sldl": {"32209": ["12001", "12002"]}}}', 'zips_unmatched', /sldu/],
    [
      'lacks a district',
      '{"layers": {"sldu": {"32209": ["12001"]}, "sldl": {"32209": ["12001"]}}}',
      'zips_unmatched',
      /sldl/,
    ],
  ])('that %s is told, and the roster opens without it', async (_what, text, code, says) => {
    const data_dir = folderOf({});
    const folder = rosterFolder(data_dir, 'fl');
    await writeRosterFiles(folder, rosterOf(DISTRICTS), undefined);
    writeFileSync(join(folder, 'zips.json'), text);
    const opened = await openRosters({ data_dir, sample_dir: join(data_dir, 'none'), allow_sample: false });
    const place = opened.get('fl')!;
    expect(place.roster.districts.length).toBe(3);
    expect(place.zips).toBeUndefined();
    expect(opened.faults).toMatchObject([{ code, message: expect.stringMatching(says) }]);
    expect(opened.faults[0]!.message).toMatch(/ZIP codes of Florida.*nearest districts/);
  });

  test('that can’t be opened is told', async () => {
    const folder = folderOf({});
    mkdirSync(join(folder, 'zips.json'));
    await expect(openZipDistricts(folder, roster, undefined)).rejects.toMatchObject({
      code: 'zips_unreadable',
    });
  });

  test('is not used beside a roster without the Census’s ids, or where districts overlap: nobody is told of a fault', async () => {
    const folder = folderOf({});
    await keepZipRelation(folder, { sldu: UPPER, sldl: LOWER });
    const { geoid: _, ...nameless } = DISTRICTS[2]!;
    const without = createRoster(rosterOf([...DISTRICTS.slice(0, 2), nameless]));
    expect(await openZipDistricts(folder, without, undefined)).toBeUndefined();
    const overlapping = createRoster({ ...rosterOf(DISTRICTS), state: 'nh' });
    expect(await openZipDistricts(folder, overlapping, undefined)).toBeUndefined();
  });

  test('is not replaced by what could not be read again, and a folder that can’t be written to is told', async () => {
    const folder = folderOf({});
    await keepZipRelation(folder, { sldu: UPPER, sldl: LOWER });
    const before = readFileSync(join(folder, 'zips.json'), 'utf8');
    await expect(keepZipRelation(folder, { sldl: new Map([['1', []]]) })).rejects.toThrow();
    expect(readFileSync(join(folder, 'zips.json'), 'utf8')).toBe(before);
    const taken = join(folder, 'zips.json', 'folder');
    await expect(keepZipRelation(taken, { sldl: LOWER })).rejects.toMatchObject({
      code: 'zips_unwritable',
      message: expect.stringMatching(/DATA_DIR/),
    });
  });
});
