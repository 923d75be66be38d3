declare module 'shapefile' {
  import type { FeatureCollection } from 'geojson';

  /** Reads a shapefile and its table, whole. */
  export function read(
    shp: ArrayBuffer,
    dbf: ArrayBuffer,
    options?: { encoding?: string },
  ): Promise<FeatureCollection>;
}

declare module 'yauzl' {
  import type { Readable } from 'node:stream';

  interface Entry {
    fileName: string;
    uncompressedSize: number;
  }
  interface ZipFile {
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
    close(): void;
  }
  export function openPromise(
    path: string,
    options: { lazyEntries: true; autoClose: false },
  ): Promise<ZipFile>;
}
