/** What the supervising process tells one that serves pages. */
export type Order = 'stop' | 'take duties';

/** Whether a message between processes is such an order: others may hang theirs in beside these. */
export function isOrder(message: unknown): message is Order {
  return message === 'stop' || message === 'take duties';
}
