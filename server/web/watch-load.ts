import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import type { Log } from '../log.ts';
import { type Admission, createAdmission, type Overload } from './admission.ts';

const LOOK_EVERY_MS = 250;
const RESOLUTION_MS = 10;
/** What V8 keeps for young objects by default, three times 32 MiB: the limit that it tells has it in it. */
const YOUNG_BYTES = 3 * 32 * 2 ** 20;

/** Watches how busy this process is, as long as it is not stopped; what changes is told in the log, once. */
export function watchLoad({
  delay_ms,
  log,
}: {
  /** From how slow a turn of the event loop on new lookups are refused. */
  delay_ms: number;
  log: Log;
}): Admission & { stop: () => void } {
  const admission = createAdmission({ delay_ms });
  const turns = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  turns.enable();
  let told: Overload | undefined;
  const look = () => {
    // Where turns are slow this may come before the first was timed: that is no quick one.
    if (turns.count === 0) return;
    const quickest_ms = turns.min / 1e6 - RESOLUTION_MS;
    turns.reset();
    const load = { delay_ms: quickest_ms, heap_share: heapShare() };
    const overload = admission.note(load);
    if (overload !== told)
      log(overload ? 'warn' : 'info', overload ? 'overloaded' : 'serves_all_again', {
        because: overload ?? told,
        delay_ms: Math.round(load.delay_ms),
        heap_share: Math.round(load.heap_share * 100) / 100,
      });
    told = overload;
  };
  const looking = setInterval(look, LOOK_EVERY_MS).unref();
  return {
    ...admission,
    stop: () => {
      clearInterval(looking);
      turns.disable();
    },
  };
}

/**
 * How much of the room for old objects is taken: it is for want of that that a process ends. Of the whole limit a heap of half
 * a gigabyte would never have nine tenths taken.
 */
function heapShare(): number {
  const old = getHeapSpaceStatistics().filter(({ space_name }) => !space_name.startsWith('new_'));
  const used_bytes = old.reduce((sum, { space_used_size }) => sum + space_used_size, 0);
  const { heap_size_limit } = getHeapStatistics();
  const room_bytes = heap_size_limit - YOUNG_BYTES;
  // Where hardly any is left somebody has asked for less room for young objects (--max-semi-space-size).
  return used_bytes / (room_bytes > heap_size_limit / 4 ? room_bytes : heap_size_limit);
}
