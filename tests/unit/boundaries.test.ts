import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperationalError } from '../../server/errors.ts';
import { createBoundaries, isOutline } from '../../server/legislators/boundaries.ts';
import { type BoundaryDistrict, readDistricts } from '../../server/legislators/census-boundaries.ts';
import {
  censusZip,
  geoJson,
  type MadeUpLayer,
  shapefile,
  square,
  squares,
  westOf,
  zipOf,
} from '../fixtures/boundaries/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';

const HOUSE = squares('sldl', 12);
const SENATE = squares('sldu', 3);

/** Reads the districts from files of this content. */
async function read(files: Record<string, string | Buffer>, state = 'fl'): Promise<BoundaryDistrict[]> {
  const folder = folderOf(files);
  return readDistricts(
    Object.keys(files).map((name) => join(folder, name)),
    state,
  );
}

async function refusal(files: Record<string, string | Buffer>, state = 'fl'): Promise<OperationalError> {
  const error = await read(files, state).then(
    () => new Error('it was read'),
    (reason: unknown) => reason,
  );
  if (error instanceof OperationalError) return error;
  throw error;
}

const zips = { 'sldl.zip': censusZip(HOUSE), 'sldu.zip': censusZip(SENATE, 'cb_2024_12_sldu_500k') };
const house = { 'sldl.zip': zips['sldl.zip'] };
const senate = { 'sldu.zip': zips['sldu.zip'] };

test('a Census zip of each chamber gives every district: id, chamber, name, GEOID and outline, the Senate first, by number', async () => {
  const districts = await read(zips);
  expect(districts.map(({ name }) => name)).toEqual([
    ...SENATE.map(({ properties }) => properties.NAMELSAD),
    ...HOUSE.map(({ properties }) => properties.NAMELSAD),
  ]);
  expect(districts[3 + 9]).toEqual({
    division_id: 'ocd-division/country:us/state:fl/sldl:10',
    org_classification: 'lower',
    district: '10',
    name: 'State House District 10',
    geoid: '12010',
    geometry: HOUSE[9]!.geometry,
  });
});

test('GeoJSON gives the same districts as the zip, in two files or in one, with a byte order mark or without', async () => {
  const districts = await read(zips);
  expect(await read({ 'a.geojson': geoJson(SENATE), 'b.json': geoJson(HOUSE) })).toEqual(districts);
  expect(await read({ 'both.geojson': `\uFEFF${geoJson([...HOUSE, ...SENATE])}` })).toEqual(districts);
});

test('OCD ids and OpenStates names that somebody added to GeoJSON are taken as they are', async () => {
  const added = { ocdid: 'ocd-division/country:us/state:fl/sldl:one', openstates_district: 'One' };
  const [, district] = await read({ 'a.geojson': geoJson([square('sldu', 1), square('sldl', 1, added)]) });
  expect(district).toMatchObject({ division_id: added.ocdid, district: 'One', geoid: '12001' });
});

test('what is in no district (ZZZ) is left out', async () => {
  const water = square('sldl', 99, { SLDLST: 'ZZZ', NAME: 'ZZZ', NAMELSAD: 'Districts not defined' });
  expect((await read({ ...senate, 'sldl.zip': censusZip([...HOUSE, water]) })).length).toBe(15);
});

test('a zip that holds the shapefiles of both chambers gives both', async () => {
  const [lower, upper] = [shapefile(HOUSE), shapefile(SENATE)];
  // The parts stand in an order in which the last of each kind are not of one shapefile.
  const both = zipOf({
    'l.shp': lower.shp,
    'u.shp': upper.shp,
    'u.dbf': upper.dbf,
    'folder/notes.txt': Buffer.from('no part of it'),
    'l.dbf': lower.dbf,
  });
  expect(await read({ 'both.zip': both })).toEqual(await read(zips));
});

test('a zip that was packed anew on a Mac is read without the notes that it adds to each file', async () => {
  const { shp, dbf, cpg } = shapefile(HOUSE);
  const notes = Buffer.from('Mac OS X        notes');
  const packed = zipOf({
    'sldl/l.shp': shp,
    '__MACOSX/sldl/._l.shp': notes,
    'sldl/l.dbf': dbf,
    '__MACOSX/sldl/._l.dbf': notes,
    'sldl/l.cpg': cpg,
    '__MACOSX/sldl/._l.cpg': notes,
  });
  expect(await read({ ...senate, 'sldl.zip': packed })).toEqual(await read(zips));
});

test('a zip cut short at any of fifty places is refused', async () => {
  const whole = zips['sldl.zip'];
  const folder = folderOf({ ...senate, 'sldl.zip': whole });
  for (let place = 1; place < 50; place += 1) {
    writeFileSync(join(folder, 'sldl.zip'), whole.subarray(0, Math.floor((whole.length * place) / 50)));
    const reading = readDistricts([join(folder, 'sldu.zip'), join(folder, 'sldl.zip')], 'fl');
    await expect(reading).rejects.toMatchObject({
      code: expect.stringMatching(/^boundaries_(unreadable|format)$/),
      message: expect.stringMatching(/sldl\.zip.*(Get it anew|GeoJSON)/),
    });
  }
});

test('a zip in which one byte of the outlines has changed is refused: it might still unpack', async () => {
  const { shp, dbf, cpg } = shapefile(HOUSE);
  const whole = zipOf({ 'l.shp': shp, 'l.dbf': dbf, 'l.cpg': cpg });
  // The first checksum of the directory: the same as if the content had changed.
  const at = whole.indexOf('PK\x01\x02', 0, 'latin1') + 16;
  whole[at]! ^= 1;
  const { code, message } = await refusal({ ...senate, 'sldl.zip': whole });
  expect(code).toBe('boundaries_unreadable');
  expect(message).toMatch(/sldl\.zip is cut short or damaged \(the checksum of l\.shp.*Get it anew/);
});

test.each([
  ['no shapefile', zipOf({ 'readme.txt': Buffer.from('hello') })],
  ['a shapefile without its table', zipOf({ 'l.shp': shapefile(HOUSE).shp })],
  [
    'the outlines of one and the table of another',
    zipOf({ 'l.shp': shapefile(HOUSE).shp, 'u.dbf': shapefile(SENATE).dbf }),
  ],
])('a zip with %s is refused, saying what to give', async (_name, content) => {
  const { code, message } = await refusal({ ...senate, 'sldl.zip': content });
  expect(code).toBe('boundaries_format');
  expect(message).toMatch(/sldl\.zip holds no shapefile.*Census Bureau's cartographic boundary zip/);
});

test('boundaries of another state are refused, naming it', async () => {
  const georgia = censusZip(
    squares('sldl', 3).map((one) => ({ ...one, properties: { ...one.properties, STATEFP: '13' } })),
  );
  const { code, message } = await refusal({ ...senate, 'ga.zip': georgia });
  expect(code).toBe('boundaries_state');
  expect(message).toMatch(/ga\.zip holds boundaries of Georgia, but 'fl' is being imported/);
});

test.each([
  ['lower', senate, /boundaries of the House of Florida are missing.*sldl in its name/],
  ['upper', house, /boundaries of the Senate of Florida are missing.*sldu in its name/],
])('where the %s chamber is missing, what to add is said', async (_name, files, expected) => {
  const { code, message } = await refusal(files);
  expect(code).toBe('boundaries_layer');
  expect(message).toMatch(expected);
});

test('a chamber that comes twice is refused, naming both files', async () => {
  const { code, message } = await refusal({ ...zips, 'again.geojson': geoJson(HOUSE) });
  expect(code).toBe('boundaries_layer');
  expect(message).toMatch(
    /State House District 1 is both in .*sldl\.zip and in .*again\.geojson\. Give each chamber's boundaries once/,
  );
});

test('a state with one chamber takes the upper layer alone, and refuses the lower', async () => {
  const nebraska = (layer: MadeUpLayer) =>
    geoJson([square(layer, 1, { STATEFP: '31', GEOID: '31001', NAMELSAD: 'State Legislative District 1' })]);
  expect(await read({ 'u.geojson': nebraska('sldu') }, 'ne')).toMatchObject([
    { org_classification: 'legislature', division_id: 'ocd-division/country:us/state:ne/sldu:1' },
  ]);
  const { code, message } = await refusal({ 'l.geojson': nebraska('sldl') }, 'ne');
  expect(code).toBe('boundaries_layer');
  expect(message).toMatch(/districts of a lower chamber, which Nebraska does not have/);
});

const projected = square('sldl', 1);
projected.geometry.coordinates[0]![2] = [-9_123_456, 3_123_456];

test.each([
  [
    'districts of another kind',
    geoJson([{ type: 'Feature', properties: { name: 'Ward 1' }, geometry: null }]),
    /feature 1 is not .* STATEFP/,
  ],
  [
    'counties',
    geoJson([
      {
        type: 'Feature',
        properties: { STATEFP: '12', NAME: 'Example', NAMELSAD: 'Example County', GEOID: '12999' },
        geometry: null,
      },
    ]),
    /neither SLDUST nor SLDLST/,
  ],
  ['a null in place of a feature', geoJson([null]), /feature 1 is not/],
  [
    'no outline',
    geoJson([{ ...square('sldl', 1), geometry: { type: 'Point', coordinates: [-82, 27] } }]),
    /State House District 1 has no outline/,
  ],
  [
    'the metres of a map projection',
    geoJson([projected]),
    /State House District 1 has no outline in degrees/,
  ],
  ['one feature alone', JSON.stringify(square('sldl', 1)), /not a GeoJSON FeatureCollection/],
  ['JSON of another kind', '{"members": []}', /not a GeoJSON FeatureCollection/],
])('GeoJSON with %s is refused', async (_name, text, expected) => {
  const { code, message } = await refusal({ ...senate, 'house.geojson': text });
  expect(code).toBe('boundaries_format');
  expect(message).toMatch(expected);
  expect(message).toContain('house.geojson');
});

test('GeoJSON cut short is refused', async () => {
  const { code, message } = await refusal({ 'house.geojson': geoJson(HOUSE).slice(0, -30) });
  expect(code).toBe('boundaries_unreadable');
  expect(message).toMatch(/house\.geojson is cut short or damaged/);
});

test('a missing file, a folder and another kind of file each say what to check', async () => {
  const folder = folderOf({ 'boundaries.txt': 'hello' });
  await expect(readDistricts([join(folder, 'none.zip')], 'fl')).rejects.toMatchObject({
    code: 'file_missing',
    message: expect.stringMatching(/There is no file .*none\.zip\. Check the path after --boundaries/),
  });
  await expect(readDistricts([folder], 'fl')).rejects.toMatchObject({ code: 'file_missing' });
  await expect(readDistricts([join(folder, 'boundaries.txt')], 'fl')).rejects.toMatchObject({
    code: 'boundaries_format',
    message: expect.stringMatching(/none of what --boundaries takes: a zip .* or GeoJSON/),
  });
});

test.each([
  [
    'a ring of three positions',
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [0, 1],
          [0, 0],
        ],
      ],
    },
  ],
  [
    'text for numbers',
    {
      type: 'Polygon',
      coordinates: [
        [
          ['0', '0'],
          ['0', '1'],
          ['1', '1'],
          ['0', '0'],
        ],
      ],
    },
  ],
  [
    'nothing for numbers',
    {
      type: 'Polygon',
      coordinates: [
        [
          [null, null],
          [null, null],
          [null, null],
          [null, null],
        ],
      ],
    },
  ],
  ['no rings', { type: 'Polygon', coordinates: [] }],
  [
    'a polygon’s depth in a MultiPolygon',
    {
      type: 'MultiPolygon',
      coordinates: [
        [
          [0, 0],
          [0, 1],
          [1, 1],
          [0, 0],
        ],
      ],
    },
  ],
  ['null', null],
])('%s is no outline', (_name, geometry) => {
  expect(isOutline(geometry)).toBe(false);
});

const row = rowOfDistricts();

/** Three made-up House districts side by side, ready to be asked. */
function rowOfDistricts() {
  const features = squares('sldl', 3).map(({ geometry, properties }) => ({
    type: 'Feature' as const,
    geometry,
    properties: {
      division_id: `ocd-division/country:us/state:fl/sldl:${properties.NAME}`,
      state: 'fl',
      org_classification: 'lower' as const,
      district: properties.NAME!,
      name: properties.NAMELSAD!,
      seats: 1,
    },
  }));
  return createBoundaries('fl', { type: 'FeatureCollection', features });
}

const numbers = (districts: { district: string }[]) => districts.map(({ district }) => district);

test('a point lies in the district that covers it, and in none outside', () => {
  expect(numbers(row.at({ latitude: 27.5, longitude: westOf(2) + 0.05 }))).toEqual(['2']);
  expect(row.at({ latitude: 29, longitude: westOf(2) + 0.05 })).toEqual([]);
});

test('districts near a point come with their distance in metres, the nearest first', () => {
  // A thousandth of a degree of longitude at 27.5° north is some 98.7 m.
  const near = row.near({ latitude: 27.5, longitude: westOf(2) + 0.001 }, 200);
  expect(numbers(near.map(({ district }) => district))).toEqual(['2', '1']);
  expect(near[0]!.distance).toBe(0);
  expect(near[1]!.distance).toBeGreaterThan(97);
  expect(near[1]!.distance).toBeLessThan(100);
  expect(
    numbers(row.near({ latitude: 27.5, longitude: westOf(2) + 0.001 }, 90).map(({ district }) => district)),
  ).toEqual(['2']);
});

test.each([
  [47, 0.8],
  [64, 3],
  [27, 0.5],
])(
  'by a line along %s° north, %s degrees long, both sides are as far as they are by the map',
  (line, long) => {
    const box = (south: number, north: number) => [
      [-110, south],
      [-110, north],
      [-110 + long, north],
      [-110 + long, south],
      [-110, south],
    ];
    const feature = (district: string, south: number, north: number) => ({
      type: 'Feature' as const,
      geometry: { type: 'Polygon' as const, coordinates: [box(south, north)] },
      properties: {
        division_id: `ocd-division/country:us/state:mt/sldl:${district}`,
        state: 'mt',
        org_classification: 'lower' as const,
        district,
        name: `State House District ${district}`,
        seats: 1,
      },
    });
    const features = [feature('south', line - 1, line), feature('north', line, line + 1)];
    const boundaries = createBoundaries('mt', { type: 'FeatureCollection', features });
    for (const metres of [-49, -5, 5, 49]) {
      const latitude = line + metres / 111_200;
      const found = boundaries.near({ latitude, longitude: -110 + long / 2 }, 50);
      expect(numbers(found.map(({ district }) => district)).toSorted()).toEqual(['north', 'south']);
      const apart = Math.max(...found.map(({ distance }) => distance));
      expect(Math.abs(apart - Math.abs(metres))).toBeLessThan(0.5);
      expect(
        boundaries.near({ latitude: line + metres / 90_000, longitude: -110 + long / 2 }, 39).length,
      ).toBe(Math.abs(metres) === 49 ? 1 : 2);
    }
  },
);
