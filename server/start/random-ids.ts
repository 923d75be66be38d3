import { randomFillSync } from 'node:crypto';

const BYTES = 16;
/** How many ids are drawn from the system at once: each drawing takes ten times as long as the rest of an id. */
const AT_ONCE = 256;

/** Makes ids that nobody can guess: 16 random bytes each, as 22 letters of base64url. */
export function randomIds(): () => string {
  const drawn = Buffer.alloc(BYTES * AT_ONCE);
  let at = drawn.length;
  return () => {
    if (at === drawn.length) {
      randomFillSync(drawn);
      at = 0;
    }
    const id = drawn.toString('base64url', at, at + BYTES);
    at += BYTES;
    return id;
  };
}
