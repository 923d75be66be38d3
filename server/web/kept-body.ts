import type { ActionIds } from '../actions/action-id.ts';
import { packed } from './compress.ts';
import { packPieces } from './packed-pieces.ts';
import { type IssuedId, type PiecedPage, pieced, saysTheSame } from './pieced-page.ts';
import { filled, type Stencil, stencilOf } from './stencil.ts';

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

/** How a body is packed; undefined where it isn't. */
export type Packing = 'br' | 'gzip' | undefined;

interface BodyOptions {
  packing: Packing;
  action_ids: ActionIds;
  newId: () => string;
}

/**
 * Keeps a page that was drawn: packed once, where it is the same for all. `issued` are the ids that it alone may hold; `before`
 * is the body of the page whose place it takes, which goes on where it says the same.
 */
export function keepBody(
  html: string,
  issued: IssuedId[],
  { before, ...options }: BodyOptions & { before: KeptBody | undefined },
): KeptBody {
  const text = pieced(html, issued);
  if (before && saysTheSame(before.text, text)) return before;
  return text.ids.length === 0 ? sameForAll(text, options.packing) : withOwnIds(text, options);
}

function sameForAll(text: PiecedPage, packing: Packing): KeptBody {
  const whole = text.pieces[0]!;
  let once: Promise<Buffer> | undefined;
  const pack = (by: 'br' | 'gzip') => {
    once ??= packed(whole, by);
    return once;
  };
  return { make: () => (packing ? pack(packing) : whole), size: 2 * whole.length, text };
}

function withOwnIds(text: PiecedPage, { packing, action_ids, newId }: BodyOptions): KeptBody {
  const signers = text.ids.map(({ context, at }) => action_ids.signer(context, at));
  const idParts = () => signers.flatMap(({ sign }) => sign(newId()));
  // What is the same in these ids whenever they are signed anew is a piece too: two smaller gaps for each id.
  const [first, ...rest] = text.pieces;
  const pieces = [first!, ...rest.flatMap((piece, index) => [Buffer.from(signers[index]!.same), piece])];
  const plain = stencilOf(
    pieces,
    idParts().map(({ length }) => length),
  );
  let tight: Stencil | undefined;
  /** Nobody waits for it. */
  const packSoon = async () => {
    tight = await packPieces(pieces, idParts());
  };
  let asked = 0;
  const make = () => {
    if (tight) return filled(tight, idParts());
    asked += 1;
    if (packing === 'br' && asked === OFTEN) void packSoon();
    const whole = filled(plain, idParts());
    return packing ? packed(whole, packing) : whole;
  };
  return { make, size: 3 * plain.bytes.length, text };
}
