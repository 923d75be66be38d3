declare module 'shapefile' {
  import type { FeatureCollection, Geometry } from 'geojson';

  /** Reads a whole shapefile held in memory, with the attributes of its dBASE table. */
  export function read(
    shp: Uint8Array,
    dbf: Uint8Array,
    options?: { encoding?: string },
  ): Promise<FeatureCollection<Geometry | null, Record<string, unknown>>>;
}

declare module 'yauzl' {
  import type { Readable } from 'node:stream';

  export interface Entry {
    fileName: string;
    uncompressedSize: number;
    /** Checksum of the whole entry, from the zip's directory. */
    crc32: number;
  }

  export interface ZipFile {
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
  }

  /** Opens a zip held in memory; rejects where it is damaged. */
  export function fromBufferPromise(buffer: Buffer, options?: { lazyEntries?: boolean }): Promise<ZipFile>;
}
