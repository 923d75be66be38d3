import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { Client } from 'pg';
import type { Point } from '../server/legislators/legislator.ts';
import { keepPostgres } from '../tests/support/keep-postgres.ts';

/** The same outlines in a database: asks by a round trip which of them cover a point. */
export interface DistrictTable {
  /** What it is, for the name of the ratio. */
  what: string;
  /** Division ids, sorted. */
  at: (point: Point) => Promise<string[]>;
  /** The same with those within some 50 metres of it, and whether they cover it; undefined where it can't tell. */
  near?: (point: Point) => Promise<unknown>;
  /** Whether its answers are exact but for points on a line. */
  is_exact: boolean;
  close: () => Promise<void>;
}

/** One district's outline. */
export type Outline = Feature<Polygon | MultiPolygon, { division_id: string }>;

const TABLE = 'bench_districts';
const COVERS = `select division_id from ${TABLE} where ST_Covers(outline, ST_SetSRID(ST_Point($1, $2), 4326)) order by 1`;
/** In degrees, as the lines are drawn: the index serves that, and a distance over the globe would take far longer. */
const NEAR = `select division_id, ST_Covers(outline, ST_SetSRID(ST_Point($1, $2), 4326)) from ${TABLE}
  where ST_DWithin(outline, ST_SetSRID(ST_Point($1, $2), 4326), 0.0005)`;
const MAKE = `create temporary table ${TABLE} (division_id text, outline geometry(Geometry, 4326))`;
const FILL = `insert into ${TABLE} values ($1, ST_GeomFromGeoJSON($2))`;
const INDEX = `create index on ${TABLE} using gist (outline)`;

/** PostGIS with a GiST index: at an address; else in WebAssembly, in this process. */
export function openPostgis(url: string | undefined, outlines: Outline[]): Promise<DistrictTable> {
  return url === undefined ? openInProcess(outlines) : openAt(url, outlines);
}

async function openAt(url: string, outlines: Outline[]): Promise<DistrictTable> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(MAKE);
  for (const { properties, geometry } of outlines)
    await client.query(FILL, [properties.division_id, JSON.stringify(geometry)]);
  await client.query(INDEX);
  await client.query(`analyze ${TABLE}`);
  const [version] = (await client.query('select postgis_lib_version() as version')).rows;
  return {
    what: `PostGIS ${version.version}, a GiST index`,
    at: async ({ longitude, latitude }) => {
      const { rows } = await client.query({ name: 'covers', text: COVERS, values: [longitude, latitude] });
      return rows.map(({ division_id }) => division_id);
    },
    near: ({ longitude, latitude }) =>
      client.query({ name: 'near', text: NEAR, values: [longitude, latitude] }),
    is_exact: true,
    close: () => client.end(),
  };
}

async function openInProcess(outlines: Outline[]): Promise<DistrictTable> {
  // Some seconds of work and forty megabytes: only where it is used.
  const { PGlite } = await import('@electric-sql/pglite');
  const { postgis } = await import('@electric-sql/pglite-postgis');
  const database = await PGlite.create({ extensions: { postgis } });
  await database.exec('create extension postgis');
  await database.exec(MAKE);
  for (const { properties, geometry } of outlines)
    await database.query(FILL, [properties.division_id, JSON.stringify(geometry)]);
  await database.exec(`${INDEX}; analyze ${TABLE}`);
  const [version] = (await database.query<{ version: string }>('select postgis_lib_version() as version'))
    .rows;
  await database.exec(
    `prepare covers (float8, float8) as ${COVERS}; prepare near (float8, float8) as ${NEAR}`,
  );
  return {
    what: `PostGIS ${version!.version} in PGlite, a GiST index, in process: no network in between`,
    at: async ({ longitude, latitude }) => {
      // Prepared once: by its own way it would prepare it for every point.
      const [result] = await database.exec(`execute covers (${longitude}, ${latitude})`);
      return result!.rows.map(({ division_id }) => division_id as string);
    },
    near: ({ longitude, latitude }) => database.exec(`execute near (${longitude}, ${latitude})`),
    is_exact: true,
    close: () => database.close(),
  };
}

/**
 * The polygons that PostgreSQL has by itself, with a GiST index, in one that is started for this: what a round trip over
 * loopback takes at the least. They know no holes and no islands, so that each ring is a row and what lies in an odd number
 * of a district's rings lies in it.
 */
export async function openPolygons(outlines: Outline[]): Promise<DistrictTable> {
  const kept = await keepPostgres();
  const client = new Client({ connectionString: kept.url });
  await client.connect();
  await client.query(`create temporary table ${TABLE} (division_id text, ring polygon)`);
  for (const { properties, geometry } of outlines)
    for (const ring of geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()) {
      const corners = ring.map(([longitude, latitude]) => `(${longitude},${latitude})`);
      await client.query(`insert into ${TABLE} values ($1, $2)`, [
        properties.division_id,
        `(${corners.join(',')})`,
      ]);
    }
  await client.query(`create index on ${TABLE} using gist (ring)`);
  await client.query(`analyze ${TABLE}`);
  const text = `select division_id from ${TABLE} where ring @> point($1, $2) group by 1 having count(*) % 2 = 1 order by 1`;
  return {
    what: 'PostgreSQL’s own polygons, a GiST index',
    at: async ({ longitude, latitude }) => {
      const { rows } = await client.query({ name: 'covers', text, values: [longitude, latitude] });
      return rows.map(({ division_id }) => division_id);
    },
    // It takes numbers for the same that differ by a millionth, so that a point as high as a corner is counted wrongly.
    is_exact: false,
    close: async () => {
      await client.end();
      await kept.remove();
    },
  };
}
