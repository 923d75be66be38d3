import cluster, { type Worker } from 'node:cluster';
import {
  AggregatorRegistry,
  type MetricObjectWithValues,
  type MetricValue,
  type Registry,
} from 'prom-client';
import { OperationalError } from '../errors.ts';

/** What a worker asks the primary process for, and what that answers with: no text where a worker did not answer in time. */
const MESSAGE = 'statehouse:metrics';
/** What the primary asks each worker for, and what that answers with. */
const COUNTED = 'statehouse:counted';
/** Kinds of metrics that only grow. */
const GROWING = ['counter', 'histogram'];
/** How long the primary waits for its workers, and a worker for the primary. */
const PATIENCE_MS = { of_primary: 5000, of_worker: 6000 };

/** The metrics as Prometheus reads them (its text format 0.0.4). Rejects with OperationalError `metrics_unavailable`. */
export type ReadMetrics = () => Promise<string>;

/** What one process counted; undefined where it could not say. */
type Counted = MetricObjectWithValues<MetricValue<string>>[] | undefined;

/**
 * For the primary of several processes: from now on it tells any worker the sum of what all that listen have counted, and of
 * what those that ended had told before: a sum that fell would look like a start, and a rate after it too high.
 */
export function superviseMetrics(): void {
  /** What each that listens told last. One that does not yet has nothing to tell, and no time. */
  const told = new Map<Worker, Counted>();
  let of_ended = Promise.resolve<Counted>([]);
  const asked = new Map<number, { of: Worker; resolve: (counted: Counted) => void }>();
  let last = 0;

  const ask = async (of: Worker): Promise<Counted> => {
    const id = ++last;
    const { promise, resolve } = Promise.withResolvers<Counted>();
    asked.set(id, { of, resolve });
    const timer = setTimeout(() => resolve(undefined), PATIENCE_MS.of_primary);
    tell(of, { type: COUNTED, id });
    const counted = await promise;
    clearTimeout(timer);
    asked.delete(id);
    if (counted && told.has(of)) told.set(of, counted);
    return counted;
  };
  const sumUp = async () => {
    const all = await Promise.all([of_ended, ...[...told.keys()].map(ask)]);
    const known = all.filter((counted) => counted !== undefined);
    return known.length === all.length ? AggregatorRegistry.aggregate(known).metrics() : undefined;
  };

  cluster.on('listening', (worker) => {
    if (!told.has(worker)) told.set(worker, []);
  });
  cluster.on('exit', (worker) => {
    const counted = told.get(worker);
    if (!counted) return;
    told.delete(worker);
    for (const { of, resolve } of asked.values()) if (of === worker) resolve(counted);
    of_ended = of_ended.then((before) => before && growing([before, counted])).catch(() => undefined);
  });
  cluster.on('message', (worker, message: unknown) => {
    if (isOf(COUNTED, message)) asked.get(message.id)?.resolve(message.counted as Counted);
    if (!isOf(MESSAGE, message)) return;
    const { type, id } = message;
    sumUp().then(
      (text) => tell(worker, { type, id, text }),
      () => tell(worker, { type, id }),
    );
  });
}

/** Reads what this process counted; in a worker, what all workers did, by asking the primary. */
export function gatherMetrics(registry: Registry): ReadMetrics {
  if (!cluster.isWorker) return () => registry.metrics();
  const asked = new Map<number, (text: string | undefined) => void>();
  process.on('message', (message: unknown) => {
    if (isOf(MESSAGE, message)) asked.get(message.id)?.(message.text as string | undefined);
    if (!isOf(COUNTED, message)) return;
    const { type, id } = message;
    const say = (counted?: Counted) => process.send?.({ type, id, counted }, ended);
    registry.getMetricsAsJSON().then(say, () => say());
  });
  let last = 0;
  return async () => {
    const id = ++last;
    const answer = Promise.withResolvers<string | undefined>();
    asked.set(id, answer.resolve);
    const timer = setTimeout(() => answer.resolve(undefined), PATIENCE_MS.of_worker);
    process.send?.({ type: MESSAGE, id }, ended);
    const text = await answer.promise;
    clearTimeout(timer);
    asked.delete(id);
    if (text !== undefined) return text;
    throw new OperationalError('metrics_unavailable', 'Not every process said in time what it counted.');
  };
}

/** Told where the other side has ended meanwhile: it is missed by whoever waits for its exit. */
const ended = () => undefined;

function tell(worker: Worker, message: object): void {
  if (worker.isConnected()) worker.send(message, ended);
}

/** The sum of what only grows: a gauge tells of the moment, and of nothing once its process has ended. */
async function growing(all: NonNullable<Counted>[]): Promise<Counted> {
  const sum = await AggregatorRegistry.aggregate(all).getMetricsAsJSON();
  return sum.filter(({ type }) => GROWING.includes(String(type)));
}

function isOf(
  type: string,
  message: unknown,
): message is { id: number; [what: string]: unknown } & { type: string } {
  if (typeof message !== 'object' || message === null) return false;
  const given = message as { type?: unknown; id?: unknown };
  return given.type === type && typeof given.id === 'number';
}
