import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { createRequestCounts, type RequestCounts } from './request-counts.ts';

/**
 * What is asked outside, each with a deadline. The geocoder has a breaker, and of OpenStates what is asked while a visitor
 * waits: who represents a point.
 */
export type Upstream = 'geocoder' | 'openstates' | 'smtp';

/**
 * What is counted while the app runs. Every label is one of a set that our code bounds (an outcome, a route pattern, the slug of
 * a campaign that is there): nothing that somebody typed, and nobody's address.
 */
export interface Metrics {
  registry: Registry;
  requests: RequestCounts;
  /** Raised by one when a request comes, lowered when it has ended. */
  under_way: { requests: number };
  /** An error page by its reason, as the log has it: `too_many`, `fault`, `unavailable` … */
  noteErrorPage: (reason: string) => void;
  /** What became of a lookup by address, point or divisions; `reason` is '' where it was certain. */
  noteLookup: (by: string, outcome: string, reason: string) => void;
  /** What became of a question to something outside; no seconds where it was not asked: `busy`, `resting` for having failed. */
  noteUpstream: (upstream: Upstream, outcome: string, seconds?: number) => void;
  /** How an action ended: `counted`, `duplicate`, or the code of what failed. */
  noteAction: (type: string, status_code: string, result: string, seconds: number) => void;
  /** Changes how many actions wait to be on disk. */
  addWaitingActions: (change: number) => void;
  /** How many actions one transaction held. */
  noteBatch: (actions: number) => void;
  /** A line of the log that warns or tells of an error, by its event. */
  noteLine: (level: string, event: string) => void;
}

/** Metrics of their own registry; with those of the process (memory, event loop, garbage collection) where `with_process` says so. */
export function createMetrics({ with_process = false } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (with_process) collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name: `statehouse_${name}`, help, labelNames, registers });

  new Gauge({ name: 'statehouse_processes', help: 'Processes that serve pages.', registers }).set(1);
  const under_way = { requests: 0 };
  new Gauge({
    name: 'statehouse_requests_under_way',
    help: 'Requests that have not ended.',
    registers,
    collect() {
      this.set(under_way.requests);
    },
  });
  const error_pages = counter('error_pages_total', 'Error pages by reason; too_many: beyond a limit.', [
    'reason',
  ]);
  const lookups = counter('lookups_total', 'Lookups by what was given and what came of it.', [
    'by',
    'outcome',
    'reason',
  ]);
  const upstream_questions = counter(
    'upstream_questions_total',
    'Questions to services outside, by outcome.',
    ['upstream', 'outcome'],
  );
  const upstream_seconds = new Histogram({
    name: 'statehouse_upstream_seconds',
    help: 'Seconds until a service outside had answered or was given up.',
    labelNames: ['upstream'],
    buckets: [0.1, 0.3, 1, 3, 10, 30],
    registers,
  });
  const actions = counter('actions_total', 'Actions reported, by how writing them down ended.', [
    'type',
    'status_code',
    'result',
  ]);
  const action_seconds = new Histogram({
    name: 'statehouse_action_seconds',
    help: 'Seconds until an action was on disk, or could not be put there.',
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  const waiting_actions = new Gauge({
    name: 'statehouse_actions_waiting',
    help: 'Actions that wait to be on disk.',
    registers,
  });
  const batches = new Histogram({
    name: 'statehouse_action_batch_size',
    help: 'Actions that one transaction held.',
    buckets: [1, 5, 20, 100, 500],
    registers,
  });
  const lines = counter('log_lines_total', 'Lines of the log that warn or tell of an error, by event.', [
    'level',
    'event',
  ]);

  // What an alarm is to tell of at the first time is there before: what begins with 1 has not grown, for Prometheus.
  error_pages.inc({ reason: 'fault' }, 0);
  for (const outcome of ['openstates_bad_key', 'openstates_day_spent'])
    upstream_questions.inc({ upstream: 'openstates', outcome }, 0);

  return {
    registry,
    requests: createRequestCounts(registry),
    under_way,
    noteErrorPage: (reason) => error_pages.inc({ reason }),
    noteLookup: (by, outcome, reason) => lookups.inc({ by, outcome, reason }),
    noteUpstream: (upstream, outcome, seconds) => {
      upstream_questions.inc({ upstream, outcome });
      if (seconds !== undefined) upstream_seconds.observe({ upstream }, seconds);
    },
    noteAction: (type, status_code, result, seconds) => {
      actions.inc({ type, status_code, result });
      action_seconds.observe(seconds);
    },
    addWaitingActions: (change) => waiting_actions.inc(change),
    noteBatch: (size) => batches.observe(size),
    noteLine: (level, event) => lines.inc({ level, event }),
  };
}
