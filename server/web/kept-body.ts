import { isDeepStrictEqual } from 'node:util';
import type { ActionIds } from '../actions/action-id.ts';
import { packed } from './compress.ts';
import { filled, type PackedPieces, packPieces } from './packed-pieces.ts';
import {
  finerGaps,
  type IssuedId,
  joined,
  newIds,
  type PiecedPage,
  pieced,
  piecedFiner,
} from './pieced-page.ts';

/** Asked for so often, a page with ids of its own is packed in pieces: what that costs is saved again by the next fifty. */
const OFTEN = 10;

/** The body of a kept page. */
export interface KeptBody {
  /** For one answer: packed as it was asked for, and with ids of its own where the page has any. */
  make: () => Buffer | Promise<Buffer>;
  /** Bytes that it takes, at most. */
  size: number;
  /** What it was made of. */
  text: PiecedPage;
}

/** A page that is drawn anew and says the same goes on with what was packed; its ids are good for so much less than 14 days. */
const SAME_FOR_MS = 600_000;

/** Keeps a page that was drawn: packed once, where it is the same for all. `issued` are the ids that it alone may hold. */
export function keepBody(
  html: string,
  issued: IssuedId[],
  {
    encoding,
    action_ids,
    newId,
    before,
  }: {
    encoding: 'br' | 'gzip' | undefined;
    action_ids: ActionIds;
    newId: () => string;
    /** The body of the page that this one takes the place of, packed alike. */
    before: KeptBody | undefined;
  },
): KeptBody {
  const text = pieced(html, issued);
  if (before && saysTheSame(before.text, text)) return before;
  const size = 2 * text.length;
  if (text.ids.length === 0) {
    const whole = text.pieces[0]!;
    let once: Promise<Buffer> | undefined;
    const pack = (by: 'br' | 'gzip') => {
      once ??= packed(whole, by);
      return once;
    };
    return { make: () => (encoding ? pack(encoding) : whole), size, text };
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
  return { make, size, text };
}

function saysTheSame(one: PiecedPage, other: PiecedPage): boolean {
  if (one.pieces.length !== other.pieces.length) return false;
  const isSoonAfter = one.ids.every(({ at }, index) => {
    const later = other.ids[index]!.at.getTime() - at.getTime();
    return later >= 0 && later < SAME_FOR_MS;
  });
  const contextsOf = ({ ids }: PiecedPage) => ids.map(({ context }) => context);
  return (
    isSoonAfter &&
    one.pieces.every((piece, index) => piece.equals(other.pieces[index]!)) &&
    isDeepStrictEqual(contextsOf(one), contextsOf(other))
  );
}
