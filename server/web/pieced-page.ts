import type { ActionContext } from '../actions/action.ts';
import type { ActionIds } from '../actions/action-id.ts';

/** An id that was signed for one answer alone, and what it was signed for. */
export interface IssuedId {
  action_id: string;
  context: ActionContext;
}

/** A page in pieces, with gaps between them where each answer has ids of its own. */
export interface PiecedPage {
  pieces: Buffer[];
  /** What the id in each gap is signed for; one more piece than there are gaps. */
  gaps: ActionContext[];
  /** In bytes, without the gaps. */
  length: number;
}

/** Takes a page apart at the ids that were signed for it: nothing else can hold one, for it is signed. */
export function pieced(html: string, issued: IssuedId[]): PiecedPage {
  const contexts = new Map(issued.map(({ action_id, context }) => [action_id, context]));
  // Base64 of two kinds and a dot: only that has a meaning of its own in a pattern.
  const pattern = new RegExp(`(${[...contexts.keys()].map((id) => RegExp.escape(id)).join('|')})`);
  const parts = contexts.size === 0 ? [html] : html.split(pattern);
  const pieces = parts.filter((_, index) => index % 2 === 0).map((piece) => Buffer.from(piece));
  const gaps = parts.filter((_, index) => index % 2 === 1).map((action_id) => contexts.get(action_id)!);
  return { pieces, gaps, length: pieces.reduce((sum, piece) => sum + piece.length, 0) };
}

/** The page with an id of its own in each gap. */
export function withNewIds(
  { pieces, gaps }: PiecedPage,
  action_ids: ActionIds,
  fresh: { now: Date; newId: () => string },
): Buffer {
  const ids = gaps.map((context) =>
    Buffer.from(action_ids.issue(context, { now: fresh.now, nonce: fresh.newId() })),
  );
  return Buffer.concat(pieces.flatMap((piece, index) => (ids[index] ? [piece, ids[index]] : [piece])));
}
