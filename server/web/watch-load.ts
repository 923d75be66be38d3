import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { Log } from '../log.ts';
import { type Admission, createAdmission, type Overload } from './admission.ts';

const LOOK_EVERY_MS = 250;
const RESOLUTION_MS = 10;

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
    const { used_heap_size, heap_size_limit } = getHeapStatistics();
    const load = { delay_ms: quickest_ms, heap_share: used_heap_size / heap_size_limit };
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
