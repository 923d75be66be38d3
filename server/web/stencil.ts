/** Bytes with gaps that every answer fills with its own: each gap keeps its length. */
export interface Stencil {
  bytes: Buffer;
  /** Where each gap begins, and how long it is. */
  gaps: { at: number; length: number }[];
}

/** Pieces with a gap of each of these lengths between any two. */
export function stencilOf(pieces: readonly Buffer[], lengths: readonly number[]): Stencil {
  const gaps: Stencil['gaps'] = [];
  let at = 0;
  const parts = pieces.flatMap((piece, index) => {
    at += piece.length;
    const length = lengths[index];
    if (length === undefined) return [piece];
    gaps.push({ at, length });
    at += length;
    return [piece, Buffer.alloc(length)];
  });
  return { bytes: Buffer.concat(parts), gaps };
}

/** A copy with these in its gaps: each in ASCII, and of its gap's length. */
export function filled({ bytes, gaps }: Stencil, fillings: readonly string[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const [index, { at, length }] of gaps.entries()) {
    const filling = fillings[index];
    if (filling?.length !== length) throw new Error(`a gap of ${length} can't hold ${filling?.length}`);
    copy.write(filling, at, 'latin1');
  }
  return copy;
}
