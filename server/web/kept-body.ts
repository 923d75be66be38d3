import type { ActionIds } from '../actions/action-id.ts';
import { packed } from './compress.ts';
import { filled, type PackedPieces, packPieces } from './packed-pieces.ts';
import { finerGaps, type IssuedId, joined, newIds, pieced, piecedFiner } from './pieced-page.ts';

/** Asked for so often, a page with ids of its own is packed in pieces: that takes as long as packing so many whole ones. */
const OFTEN = 50;

/** The body of a kept page. */
export interface KeptBody {
  /** For one answer: packed as it was asked for, and with ids of its own where the page has any. */
  make: () => Buffer | Promise<Buffer>;
  /** Bytes that it takes, at most. */
  size: number;
}

/** Keeps a page that was drawn: packed once, where it is the same for all. `issued` are the ids that it alone may hold. */
export function keepBody(
  html: string,
  issued: IssuedId[],
  {
    encoding,
    action_ids,
    newId,
  }: { encoding: 'br' | 'gzip' | undefined; action_ids: ActionIds; newId: () => string },
): KeptBody {
  const text = pieced(html, issued);
  const size = 2 * text.length;
  if (text.ids.length === 0) {
    const whole = text.pieces[0]!;
    let once: Promise<Buffer> | undefined;
    const pack = (by: 'br' | 'gzip') => {
      once ??= packed(whole, by);
      return once;
    };
    return { make: () => (encoding ? pack(encoding) : whole), size };
  }
  let asked = 0;
  let packed_pieces: { made: PackedPieces; before: string[] } | undefined;
  const idsNow = () => newIds(text, action_ids, newId);
  /** Nobody waits for it. */
  const packSoon = async () => {
    const before = idsNow();
    const made = await packPieces(piecedFiner(text, before), finerGaps(before, before)!);
    packed_pieces = made && { made, before };
  };
  const make = () => {
    const ids = idsNow();
    const gaps = packed_pieces && finerGaps(ids, packed_pieces.before);
    if (packed_pieces && gaps) return filled(packed_pieces.made, gaps);
    asked += 1;
    if (encoding === 'br' && asked === OFTEN) void packSoon();
    const whole = joined(
      text.pieces,
      ids.map((id) => Buffer.from(id)),
    );
    return encoding ? packed(whole, encoding) : whole;
  };
  return { make, size };
}
