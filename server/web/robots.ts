import { isbot } from 'isbot';
import { LRUCache } from 'lru-cache';

/** Longer than any browser calls itself. */
const LONGEST_AGENT = 1000;
const KEPT_MS = 60_000;

/**
 * What was last asked of names that browsers call themselves by: each is let go of so many milliseconds after it was set, whether
 * or not anyone comes after it.
 */
export function rememberAgents(kept_ms = KEPT_MS): LRUCache<string, boolean> {
  return new LRUCache({ max: 500, ttl: kept_ms, ttlAutopurge: true });
}

/** Asked anew, it would take longer than all else of a kept page. */
const known = rememberAgents();

/** Whether this User-Agent is a robot's. Every browser says what it is; what says nothing is none. */
export function isRobot(user_agent: string): boolean {
  const agent = user_agent.slice(0, LONGEST_AGENT);
  const before = known.get(agent);
  if (before !== undefined) return before;
  const is_robot = agent === '' || isbot(agent);
  // Not when it is known already: the minute would begin anew.
  known.set(agent, is_robot);
  return is_robot;
}
