import type { ActionContext } from '../actions/action.ts';
import { type ActionIds, partsOfId } from '../actions/action-id.ts';

/** An id that was signed for one answer alone, what for, and when. */
export interface IssuedId {
  action_id: string;
  context: ActionContext;
  at: Date;
}

/** A page in pieces, with a gap between any two for an id. */
export interface PiecedPage {
  pieces: Buffer[];
  /** What the ids are signed for, in the order of the gaps. */
  ids: Pick<IssuedId, 'context' | 'at'>[];
  /** In bytes, without the gaps. */
  length: number;
}

/** Takes a page apart at the ids that were signed for it: nothing else can hold one, for it is signed. */
export function pieced(html: string, issued: IssuedId[]): PiecedPage {
  const known = new Map(issued.map((one) => [one.action_id, one]));
  const pattern = new RegExp(`(${[...known.keys()].map((id) => RegExp.escape(id)).join('|')})`);
  const parts = known.size === 0 ? [html] : html.split(pattern);
  const pieces = parts.filter((_, index) => index % 2 === 0).map((piece) => Buffer.from(piece));
  const ids = parts.filter((_, index) => index % 2 === 1).map((id) => known.get(id)!);
  return { pieces, ids, length: pieces.reduce((sum, piece) => sum + piece.length, 0) };
}

/** Ids for one answer: signed anew, good for as long as those of the page as it was drawn. */
export function newIds({ ids }: PiecedPage, action_ids: ActionIds, newId: () => string): string[] {
  return ids.map(({ context, at }) => action_ids.issue(context, { now: at, nonce: newId() }));
}

/** Pieces with what goes between them. */
export function joined(pieces: readonly Buffer[], gaps: readonly Buffer[]): Buffer {
  return Buffer.concat(pieces.flatMap((piece, index) => (index === 0 ? [piece] : [gaps[index - 1]!, piece])));
}

/** What is the same in these ids whenever they are signed anew stands in pieces too: two smaller gaps for each id. */
export function piecedFiner({ pieces }: PiecedPage, ids: string[]): Buffer[] {
  const [first, ...rest] = pieces;
  return [first!, ...rest.flatMap((piece, index) => [Buffer.from(partsOfId(ids[index]!)[1]), piece])];
}

/** What goes into the smaller gaps; undefined where the ids are not the same there, as with random numbers of another length. */
export function finerGaps(ids: string[], before: string[]): Buffer[] | undefined {
  const parts = ids.map(partsOfId);
  const isSame = parts.every(([first, same, last], index) => {
    const [first_before, same_before, last_before] = partsOfId(before[index]!);
    return same === same_before && first.length === first_before.length && last.length === last_before.length;
  });
  return isSame ? parts.flatMap(([first, , last]) => [Buffer.from(first), Buffer.from(last)]) : undefined;
}
