import { randomBytes } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { packPieces } from '../../server/web/packed-pieces.ts';
import { filled, stencilOf } from '../../server/web/stencil.ts';

const words = 'Tell the office who you are and where you live, then say it in your own words. ';
const PIECES = [`<p>${words.repeat(20)}`, `">${words.repeat(3)}`, `">${words}</p>`].map((text) =>
  Buffer.from(text),
);
const gaps = (length = 43) => [32, length].map((size) => randomBytes(size).toString('hex'));
const joined = (pieces: Buffer[], own: string[]) =>
  filled(
    stencilOf(
      pieces,
      own.map(({ length }) => length),
    ),
    own,
  );

test('whatever is put into the gaps comes out between the pieces, which are packed', async () => {
  const made = await packPieces(PIECES, gaps());
  for (let index = 0; index < 50; index += 1) {
    const own = gaps();
    const packed = filled(made!, own);
    expect(brotliDecompressSync(packed).toString()).toBe(joined(PIECES, own).toString());
    expect(packed.length).toBeLessThan(brotliCompressSync(Buffer.from(words.repeat(24))).length + 200);
  }
});

test('a piece too short to stand between two gaps is not packed so', async () => {
  expect(await packPieces([PIECES[0]!, Buffer.from('"'), PIECES[2]!], gaps())).toBeUndefined();
});

test('any pieces, of any bytes: packed right or not at all', async () => {
  let packed = 0;
  const piece = fc.uint8Array({ minLength: 2, maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  await fc.assert(
    fc.asyncProperty(fc.tuple(piece, piece, piece), async (pieces) => {
      const made = await packPieces(pieces, gaps());
      const own = gaps();
      if (!made) return;
      packed += 1;
      expect(brotliDecompressSync(filled(made, own))).toEqual(joined(pieces, own));
    }),
    { numRuns: 50, seed: 9 },
  );
  expect(packed).toBeGreaterThan(25);
});
