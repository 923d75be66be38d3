import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { read as readShapefile } from 'shapefile';
import { fromBufferPromise } from 'yauzl';
import { OperationalError } from '../errors.ts';

/** A feature as a file has it, before anything is known of it. */
export interface RawFeature {
  properties: Record<string, unknown>;
  geometry: unknown;
}

/** The largest states' boundaries have some ten megabytes; this keeps a strange archive from filling the memory. */
const LARGEST_PART = 300_000_000;

/**
 * The features of a Census cartographic boundary zip (a shapefile in it) or of a GeoJSON file.
 * Throws OperationalError: `file_missing`, `boundaries_format` for another kind of file, `boundaries_unreadable`.
 */
export async function readBoundaryFile(path: string): Promise<RawFeature[]> {
  const content = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const what =
      cause.code === 'ENOENT' ? `There is no file ${path}` : `${path} is not a file that can be read`;
    throw new OperationalError('file_missing', `${what}. Check the path after --boundaries.`, { cause });
  });
  if (content.subarray(0, 2).toString('latin1') === 'PK') return readZip(content, path);
  if (/^\uFEFF?\s*\{/.test(content.subarray(0, 100).toString('utf8'))) return readGeoJson(content, path);
  throw new OperationalError(
    'boundaries_format',
    `${path} is none of what --boundaries takes: a zip as the Census Bureau has it (cb_…_sldl_500k.zip) or GeoJSON.`,
  );
}

async function readZip(content: Buffer, path: string): Promise<RawFeature[]> {
  const parts = new Map<string, Buffer>();
  try {
    const zip = await fromBufferPromise(content, { lazyEntries: true });
    for await (const entry of zip.eachEntry()) {
      const kind = /\.(shp|dbf|cpg)$/i.exec(entry.fileName)?.[1]?.toLowerCase();
      if (!kind) continue;
      if (entry.uncompressedSize > LARGEST_PART) throw new Error(`${entry.fileName} in it is too large`);
      parts.set(kind, await buffer(await zip.openReadStreamPromise(entry)));
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
  const [shp, dbf] = [parts.get('shp'), parts.get('dbf')];
  if (!shp || !dbf) {
    const message = `${path} holds no shapefile (.shp with its .dbf). Give the Census Bureau's cartographic boundary zip.`;
    throw new OperationalError('boundaries_format', message);
  }
  const encoding = parts.get('cpg')?.toString('latin1').trim() || 'utf-8';
  try {
    return (await readShapefile(shp, dbf, { encoding })).features.map(({ properties, geometry }) => ({
      properties: properties ?? {},
      geometry,
    }));
  } catch (cause) {
    throw unreadable(path, cause);
  }
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
