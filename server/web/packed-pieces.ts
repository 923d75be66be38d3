import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { brotliDecompress, constants, createBrotliCompress } from 'node:zlib';
import { filled, type Stencil, stencilOf } from './stencil.ts';

/** The tightest: done once for very many answers. */
const QUALITY = 11;
const WINDOW_BITS = 16;
/** So many bytes before it decide how brotli writes a letter down (RFC 7932, section 7.1). */
const CONTEXT_BYTES = 2;

const unpack = promisify(brotliDecompress);

/**
 * Packs pieces by brotli, each ending at a whole byte, so that between them what is new in each answer can stand unpacked
 * (an uncompressed meta-block: RFC 7932, section 9.2). The packer is shown gaps of the same lengths, for it counts the bytes
 * up to what it repeats, filled with what it can't find anywhere else. That it has repeated nothing out of them is seen by
 * putting other bytes there and unpacking the whole: else undefined. `example` is what one answer has in its gaps.
 */
export async function packPieces(
  pieces: readonly Buffer[],
  example: readonly string[],
): Promise<Stencil | undefined> {
  if (pieces.slice(1).some(({ length }) => length < CONTEXT_BYTES)) return undefined;
  const lengths = example.map(({ length }) => length);
  const tails = pieces.slice(1).map((piece) => piece.subarray(0, CONTEXT_BYTES));
  const packer = createBrotliCompress({
    params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS },
  });
  let said: Buffer[] = [];
  packer.on('data', (bytes: Buffer) => said.push(bytes));
  const pack = async (bytes: Buffer) => {
    said = [];
    packer.write(bytes);
    await new Promise<void>((resolve) => packer.flush(constants.BROTLI_OPERATION_FLUSH, resolve));
    return Buffer.concat(said);
  };
  const packed: Buffer[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) await pack(Buffer.concat([unlike(index, lengths[index - 1]!), tails[index - 1]!]));
    packed.push(await pack(index > 0 ? piece.subarray(CONTEXT_BYTES) : piece));
  }
  said = [];
  packer.end();
  await once(packer, 'end');
  packed.push(Buffer.concat([packed.pop()!, ...said]));
  const made = stencilOf(
    packed.map((piece, index) => {
      const before = index > 0 ? [tails[index - 1]!] : [];
      const after = index < lengths.length ? [unpackedHeader(lengths[index]! + CONTEXT_BYTES)] : [];
      return Buffer.concat([...before, piece, ...after]);
    }),
    lengths,
  );
  const unpacked = await unpack(filled(made, example)).catch(() => undefined);
  return unpacked?.equals(filled(stencilOf(pieces, lengths), example)) ? made : undefined;
}

/** Bytes that stand in no text and seldom repeat: any will do that are like that. */
function unlike(index: number, length: number): Buffer {
  const bytes = createHash('shake256', { outputLength: length }).update(String(index)).digest();
  return bytes.map((byte) => byte | 0x80) as Buffer;
}

/** What goes before at most 64 KB that are not packed: not the last meta-block, a length in 4 nibbles, the mark. */
function unpackedHeader(length: number): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE(((length - 1) << 3) | (1 << 19), 0, 3);
  return header;
}
