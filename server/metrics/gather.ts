import cluster from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { OperationalError } from '../errors.ts';

/** What a worker asks the primary process for, and what that answers with: no text where a worker did not answer in time. */
const MESSAGE = 'statehouse:metrics';
/** Longer than the primary waits for its workers, which is five seconds. */
const PATIENCE_MS = 6000;

/** The metrics as Prometheus reads them (its text format 0.0.4). Rejects with OperationalError `metrics_unavailable`. */
export type ReadMetrics = () => Promise<string>;

/** For the primary of several processes: from now on it tells any worker the sum of what all of them counted. */
export function superviseMetrics(): void {
  const all = new AggregatorRegistry();
  cluster.on('message', (worker, message: unknown) => {
    const id = idOf(message);
    if (id === undefined) return;
    const answer = (text?: string) => {
      // It may have ended meanwhile.
      if (worker.isConnected()) worker.send({ type: MESSAGE, id, text });
    };
    all.clusterMetrics().then(answer, () => answer());
  });
}

/** Reads what this process counted; in a worker, what all workers did, by asking the primary. */
export function gatherMetrics(registry: Registry): ReadMetrics {
  if (!cluster.isWorker) return () => registry.metrics();
  AggregatorRegistry.setRegistries([registry]);
  // It answers whenever the primary asks.
  new AggregatorRegistry();
  const asked = new Map<number, (text: string | undefined) => void>();
  process.on('message', (message: unknown) => {
    const id = idOf(message);
    if (id !== undefined) asked.get(id)?.((message as { text?: string }).text);
  });
  let last = 0;
  return async () => {
    const id = ++last;
    const answer = Promise.withResolvers<string | undefined>();
    asked.set(id, answer.resolve);
    const timer = setTimeout(() => answer.resolve(undefined), PATIENCE_MS);
    process.send?.({ type: MESSAGE, id });
    const text = await answer.promise;
    clearTimeout(timer);
    asked.delete(id);
    if (text !== undefined) return text;
    throw new OperationalError('metrics_unavailable', 'Not every process said in time what it counted.');
  };
}

function idOf(message: unknown): number | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, id } = message as { type?: unknown; id?: unknown };
  return type === MESSAGE && typeof id === 'number' ? id : undefined;
}
