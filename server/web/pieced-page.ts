import { isDeepStrictEqual } from 'node:util';
import type { ActionContext } from '../actions/action.ts';

/** An id that was signed for one answer alone, what for, and when. */
export interface IssuedId {
  action_id: string;
  context: ActionContext;
  at: Date;
}

/** A page in pieces, with a place between any two for an id. */
export interface PiecedPage {
  pieces: Buffer[];
  /** What the ids are signed for, in the order of their places. */
  ids: Pick<IssuedId, 'context' | 'at'>[];
}

/** A page that is drawn anew and says the same goes on with what was packed; its ids are good for so much less than 14 days. */
const SAME_FOR_MS = 600_000;

/** Takes a page apart at the ids that were signed for it: nothing else can hold one, for it is signed. */
export function pieced(html: string, issued: IssuedId[]): PiecedPage {
  const known = new Map(issued.map((one) => [one.action_id, one]));
  const pattern = new RegExp(`(${[...known.keys()].map((id) => RegExp.escape(id)).join('|')})`);
  const parts = known.size === 0 ? [html] : html.split(pattern);
  const pieces = parts.filter((_, index) => index % 2 === 0).map((piece) => Buffer.from(piece));
  const ids = parts.filter((_, index) => index % 2 === 1).map((id) => known.get(id)!);
  return { pieces, ids: ids.map(({ context, at }) => ({ context, at })) };
}

/** Whether a page that was drawn a little later says the same as one before. */
export function saysTheSame(before: PiecedPage, later: PiecedPage): boolean {
  if (before.pieces.length !== later.pieces.length) return false;
  const isSoonAfter = before.ids.every(({ at }, index) => {
    const passed = later.ids[index]!.at.getTime() - at.getTime();
    return passed >= 0 && passed < SAME_FOR_MS;
  });
  const contextsOf = ({ ids }: PiecedPage) => ids.map(({ context }) => context);
  return (
    isSoonAfter &&
    before.pieces.every((piece, index) => piece.equals(later.pieces[index]!)) &&
    isDeepStrictEqual(contextsOf(before), contextsOf(later))
  );
}
