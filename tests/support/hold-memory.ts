// Loaded before a server (--import): holds on to ever more memory, until nine tenths of what there is for old objects are taken.
import { getHeapSpaceStatistics } from 'node:v8';
import { isMainThread } from 'node:worker_threads';

const HELD_SHARE = 0.92;
const room_mb = Number(/--max-old-space-size=(\d+)/.exec(process.env.NODE_OPTIONS ?? '')?.[1]);
const held: number[][] = [];

const hold = () => {
  const old = getHeapSpaceStatistics().filter(({ space_name }) => !space_name.startsWith('new_'));
  const used = old.reduce((sum, { space_used_size }) => sum + space_used_size, 0);
  // A quarter of a megabyte each, in the space for large objects.
  if (used < room_mb * 2 ** 20 * HELD_SHARE) held.push(new Array(2 ** 15).fill(0.5));
};
if (isMainThread) setInterval(hold, 10).unref();
