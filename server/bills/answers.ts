import { OperationalError } from '../errors.ts';

/** Questions of one sync: each is asked once, and what was answered is kept until the sync has ended. */
export interface Answers {
  /** The answer to a question, by a key of its own. Throws what the question throws: again at once where it was asked in vain. */
  ask: <Value>(key: string, question: () => Promise<Value>) => Promise<Value>;
  /** Forgets what is too old, and what was asked in vain. */
  freshen: () => void;
  forget: () => void;
}

/** An answer is kept for so long, and no longer: what comes later would be of another state of things. */
const KEPT_MS = 3_600_000;

/** Answers to come. */
export function createAnswers(now: () => Date): Answers {
  let given = new Map<string, { value: unknown; at: number }>();
  let failed = new Map<string, OperationalError>();
  return {
    ask: async <Value>(key: string, question: () => Promise<Value>) => {
      const known = given.get(key);
      if (known) return known.value as Value;
      const in_vain = failed.get(key);
      if (in_vain) throw in_vain;
      try {
        const value = await question();
        given.set(key, { value, at: now().getTime() });
        return value;
      } catch (error) {
        if (error instanceof OperationalError) failed.set(key, error);
        throw error;
      }
    },
    freshen: () => {
      failed = new Map();
      const ms = now().getTime();
      // One given at a time to come was given when the clock was ahead.
      given = new Map([...given].filter(([, { at }]) => at <= ms && at > ms - KEPT_MS));
    },
    forget: () => {
      given = new Map();
      failed = new Map();
    },
  };
}
