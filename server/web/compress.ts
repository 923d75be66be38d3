import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import compression from 'compression';
import type { RequestHandler } from 'express';

/**
 * Of what is quick enough to be done for every answer, the tightest: in time like gzip's usual level 6, and a tenth
 * smaller; beyond it the time grows faster than the bytes shrink.
 */
const QUALITY = 5;
/** A window of 64 KB, more than any page: the usual 4 MB are taken and given back for every answer, at twice the cost. */
const WINDOW_BITS = 16;

const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS },
};
const packBrotli = promisify(brotliCompress);
const packGzip = promisify(gzip);

/** A whole answer packed as `compressAnswers` would. */
export function packed(whole: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  return encoding === 'br' ? packBrotli(whole, BROTLI) : packGzip(whole);
}

/**
 * Packs pages and data by brotli, or by gzip for browsers that take no brotli; what is under 1 KB is left as it is.
 * ETags are weak and made before, so that an unchanged page is known again whichever way it was packed.
 *
 * Packing text that an attacker chooses together with a secret would give the secret away by its length (BREACH). There
 * is none to give away here: no page has a session or a cookie, signed ids are new in every answer, and what was typed
 * comes back only in answer to a form of ours.
 */
export function compressAnswers(): RequestHandler {
  return compression({
    brotli: BROTLI,
    filter: (req, res) => {
      // A 304 has to name the same Vary as the page whose place it takes (RFC 9110, section 15.4.5).
      if (res.statusCode === 304) res.vary('Accept-Encoding');
      return compression.filter(req, res);
    },
  });
}
