import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Request, RequestHandler } from 'express';
import { whenNeeded } from '../when-needed.ts';

/**
 * The solver of altcha-lib (MIT, 23 kB, 6 kB packed), as the package has it: the same files that we check its work with. They
 * import each other, so that their names keep the package's folders.
 */
export const SOLVER = Object.fromEntries(
  ['pow.js', 'helpers.js', 'types.js', 'algorithms/web/pbkdf2.js'].map((name) => [
    `altcha/${name}`,
    join(createRequire(import.meta.url).resolve('altcha-lib'), '../../../esm/v2', name),
  ]),
);

/** The files that pages are drawn with: their addresses, and what answers there. */
export interface Assets {
  /** Address of a file, changed when the content of any of them changes. Throws on a name that no file has. */
  href: (name: string) => string;
  /** Answers `/assets/:version/*name`; hands on what it does not have. */
  send: RequestHandler;
}

interface Asset {
  type: string;
  etag: string;
  plain: () => Buffer;
  br: () => Buffer;
  gzip: () => Buffer;
}

/**
 * Reads every file of a folder, and the solver's, into memory: they are few and small. Each is packed once, as tightly as it
 * goes, when a browser first asks for it.
 */
export function openAssets(folder: string): Assets {
  const files = [...readdirSync(folder).map((name) => [name, join(folder, name)]), ...Object.entries(SOLVER)];
  const assets = new Map(files.map(([name, path]) => [name!, readAsset(path!)]));
  const hash = createHash('sha256');
  for (const name of [...assets.keys()].toSorted()) hash.update(assets.get(name)!.plain());
  // A folder in the path, not a query: modules import each other by relative address and stay of one version.
  const current = hash.digest('hex').slice(0, 12);
  return {
    href: (name) => {
      if (!assets.has(name)) throw new Error(`no '${name}' in views/assets`);
      return `/assets/${current}/${name}`;
    },
    send: (req, res, next) => {
      const { version, name } = req.params as { version: string; name: unknown };
      const asset = assets.get([name].flat().join('/'));
      if (!asset) return next();
      // A page drawn by another release gets the file that there is, and asks again the next time: kept for a year
      // under that address, it would pass for the other release's.
      const caching = version === current ? 'public, max-age=31536000, immutable' : 'public, no-cache';
      res.vary('Accept-Encoding').set({ 'Cache-Control': caching, ETag: asset.etag });
      if (req.fresh) return void res.status(304).end();
      const encoding = acceptedEncoding(req);
      if (encoding !== 'plain') res.set('Content-Encoding', encoding);
      res.type(asset.type).send(asset[encoding]());
    },
  };
}

function readAsset(path: string): Asset {
  const plain = readFileSync(path);
  return {
    type: extname(path),
    // Weak: the same file, whichever way it is packed.
    etag: `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    plain: () => plain,
    br: whenNeeded(() => brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })),
    gzip: whenNeeded(() => gzipSync(plain, { level: 9 })),
  };
}

/** The tightest packing that the browser takes. */
function acceptedEncoding(req: Request): 'br' | 'gzip' | 'plain' {
  return (['br', 'gzip'] as const).find((encoding) => req.acceptsEncodings(encoding)) ?? 'plain';
}
