/** Files that are kept for a while, in memory alone. */
export interface KeptFiles {
  /** Undefined where it was never put there, or is kept no longer. */
  get: (key: string) => Buffer | undefined;
  put: (key: string, bytes: Buffer) => void;
}

/** Keeps files for `kept_ms`, and no more than `kept_bytes` in all: the oldest go first. One larger than that is not kept. */
export function keepFiles({
  kept_ms,
  kept_bytes,
  now,
}: {
  kept_ms: number;
  kept_bytes: number;
  now: () => Date;
}): KeptFiles {
  // A map is in the order in which it was filled.
  const kept = new Map<string, { bytes: Buffer; until: number }>();
  const dropOld = () => {
    let size = [...kept.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (const [key, { bytes, until }] of kept) {
      if (until > now().getTime() && size <= kept_bytes) return;
      kept.delete(key);
      size -= bytes.length;
    }
  };
  return {
    get: (key) => {
      dropOld();
      return kept.get(key)?.bytes;
    },
    put: (key, bytes) => {
      kept.delete(key);
      kept.set(key, { bytes, until: now().getTime() + kept_ms });
      dropOld();
    },
  };
}
