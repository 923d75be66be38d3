import { posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { read as readShapefile } from 'shapefile';
import { fromBufferPromise } from 'yauzl';
import { OperationalError } from '../errors.ts';
import { readSized } from './sized-file.ts';

/** A feature as a file has it, before anything is known of it. */
export interface RawFeature {
  properties: Record<string, unknown>;
  geometry: unknown;
}

/** One shapefile of a zip: its parts by their ending. */
type Shapefile = Partial<Record<string, Buffer>>;

/** The largest states' boundaries have some ten megabytes; this keeps a strange file or archive from filling the memory. */
const MOST_BYTES = 100_000_000;

/** A boundary file: its path, or its content with the name by which messages tell of it. */
export type BoundarySource = string | { name: string; content: Buffer };

/**
 * The features of a Census cartographic boundary zip (a shapefile in it, or several) or of a GeoJSON file.
 * Throws OperationalError: `file_missing`, `boundaries_format` for another kind of file, `boundaries_unreadable`.
 */
export async function readBoundaryFile(source: BoundarySource): Promise<RawFeature[]> {
  if (typeof source !== 'string') return readContent(source.content, source.name);
  const path = source;
  const content = await readSized(path, MOST_BYTES).catch((cause: NodeJS.ErrnoException) => {
    const what =
      cause.code === 'ENOENT'
        ? `There is no file ${path}`
        : `${path} is not a file that can be read (${cause.message})`;
    throw new OperationalError('file_missing', `${what}. Check the path after --boundaries.`, { cause });
  });
  return readContent(content, path);
}

async function readContent(content: Buffer, path: string): Promise<RawFeature[]> {
  if (content.subarray(0, 2).toString('latin1') === 'PK') return readZip(content, path);
  if (/^\uFEFF?\s*\{/.test(content.subarray(0, 100).toString('utf8'))) return readGeoJson(content, path);
  throw new OperationalError(
    'boundaries_format',
    `${path} is none of what --boundaries takes: a zip as the Census Bureau has it (cb_…_sldl_500k.zip) or GeoJSON.`,
  );
}

async function readZip(content: Buffer, path: string): Promise<RawFeature[]> {
  const shapefiles = (await shapefilesOf(content, path)).filter(({ shp, dbf }) => shp && dbf);
  if (shapefiles.length === 0) {
    const message = `${path} holds no shapefile (.shp with its .dbf). Give the Census Bureau's cartographic boundary zip.`;
    throw new OperationalError('boundaries_format', message);
  }
  const features: RawFeature[] = [];
  for (const { shp, dbf, cpg } of shapefiles) {
    const encoding = cpg?.toString('latin1').trim() || 'utf-8';
    try {
      const read = await readShapefile(shp!, dbf!, { encoding });
      for (const { properties, geometry } of read.features) {
        features.push({ properties: properties ?? {}, geometry });
      }
    } catch (cause) {
      throw unreadable(path, cause);
    }
  }
  return features;
}

async function shapefilesOf(content: Buffer, path: string): Promise<Shapefile[]> {
  const shapefiles = new Map<string, Shapefile>();
  let bytes = 0;
  try {
    const zip = await fromBufferPromise(content, { lazyEntries: true });
    for await (const entry of zip.eachEntry()) {
      const { dir, name, ext } = posix.parse(entry.fileName);
      // A zip packed on a Mac holds a second file beside each: its notes on it.
      if (!/^\.(shp|dbf|cpg)$/i.test(ext) || name.startsWith('._')) continue;
      bytes += entry.uncompressedSize;
      if (bytes > MOST_BYTES) throw new Error(`what is in it is too large, with ${entry.fileName}`);
      const part = await buffer(await zip.openReadStreamPromise(entry));
      // yauzl compares lengths alone; a coordinate gone wrong would put people into another district.
      if (crc32(part) !== entry.crc32) throw new Error(`the checksum of ${entry.fileName} in it is wrong`);
      const key = posix.join(dir, name);
      shapefiles.set(key, { ...shapefiles.get(key), [ext.slice(1).toLowerCase()]: part });
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
  return [...shapefiles.values()];
}

function readGeoJson(content: Buffer, path: string): RawFeature[] {
  let value: { type?: unknown; features?: unknown };
  try {
    value = JSON.parse(content.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw unreadable(path, cause);
  }
  if (value.type !== 'FeatureCollection' || !Array.isArray(value.features)) {
    const message = `${path} is JSON, but not a GeoJSON FeatureCollection of districts.`;
    throw new OperationalError('boundaries_format', message);
  }
  return value.features.map((feature: Partial<RawFeature> | null) => ({
    properties: feature?.properties ?? {},
    geometry: feature?.geometry,
  }));
}

function unreadable(path: string, cause: unknown): OperationalError {
  const message = `${path} is cut short or damaged (${(cause as Error).message}). Get it anew.`;
  return new OperationalError('boundaries_unreadable', message, { cause });
}
