import cluster from 'node:cluster';
import { flushCompileCache } from 'node:module';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { OperationalError } from '../errors.ts';
import { inheritedSocket } from '../inherited-socket.ts';
import { createLog, describeError } from '../log.ts';
import { readEnvironment, readSettings, SettingsError } from '../settings.ts';
import { isOrder } from './orders.ts';
import { processCount } from './process-count.ts';
import type { Serving } from './serve.ts';
import { type Supervision, supervise } from './supervise.ts';

const HELP = `npm start: serves the campaigns on http://localhost:3000 until it is stopped with Ctrl+C.
npm run dev does the same, prints how to see each campaign before it is public, and starts anew when code changes.
Settings come from the environment or from a file .env; .env.example explains each: PORT=3001 npm start`;

const ALONE =
  'SIGHUP replaces processes one after the other. This one serves alone (PROCESSES) and goes on: restart it instead.';

/** What is compiled is written down for the next start once the first pages were drawn: on a clean end it is in any case. */
const COMPILED_AFTER_MS = 5000;

/** Says why the start failed, for the person who started it, and ends the process. */
function giveUp(error: unknown): never {
  const isExpected = error instanceof SettingsError || error instanceof OperationalError;
  const known = error instanceof Error ? listenFault(error) : undefined;
  const is_told = error instanceof OperationalError && error.code === 'told_already';
  const why = known ?? (isExpected ? error.message : JSON.stringify(describeError(error)));
  // Below the lines that are still to be written, where whoever started it looks.
  if (!is_told) process.once('exit', () => process.stderr.write(`${why}\n`));
  process.exit(1);
}

function listenFault(error: NodeJS.ErrnoException & { port?: number }): string | undefined {
  const { code, syscall, port } = error;
  // 'bind' where another process listens for this one.
  if (syscall !== 'listen' && syscall !== 'bind') return undefined;
  if (code === 'EADDRINUSE')
    return `Another program uses this port${port === undefined ? '' : ` (${port})`}. Stop it, or start with another: PORT=3001 npm start`;
  if (code === 'EACCES') return 'This port is reserved. Start with one above 1023: PORT=3000 npm start';
  return undefined;
}

/** Serves pages in this process. Loaded only where it is needed: a process that supervises is small. */
async function serveHere(): Promise<Serving> {
  const { serve } = await import('./serve.ts');
  return serve(cluster.isWorker ? { supervisor: process.ppid } : {});
}

/** Serves pages in this process, or supervises several that do. */
async function start(): Promise<Serving | Supervision> {
  if (cluster.isWorker) return serveHere();
  const before = { ...process.env };
  const settings = readSettings(readEnvironment());
  const processes = processCount(settings, availableParallelism());
  if (processes === 1) {
    const serving = await serveHere();
    serving.takeDuties();
    return serving;
  }
  // What is forked reads .env itself, as it is then.
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  const write = (line: string) => process.stdout.write(`${line}\n`);
  const log = createLog(settings.log_level, () => new Date(), write, { pid: process.pid });
  const { superviseMetrics } = await import('../metrics/gather.ts');
  superviseMetrics();
  const is_socket_lent = inheritedSocket(process.env, process.pid) !== undefined;
  return supervise({ processes, is_socket_lent, log, pause, giveUp });
}

for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, giveUp);

if (process.argv.includes('--help')) {
  process.stdout.write(`${HELP}\n`);
  process.exit(0);
}
const starting = start();
starting.then(() => setTimeout(flushCompileCache, COMPILED_AFTER_MS).unref(), giveUp);
let isStopping = false;
const stop = () => {
  if (isStopping) return;
  isStopping = true;
  // One that comes during the start is not lost either: requests may be under way before it has ended.
  starting.then((started) => started.stop()).then(() => process.exit(0), giveUp);
};
async function takeDuties(): Promise<void> {
  const started = await starting;
  if ('takeDuties' in started) started.takeDuties();
}

async function restart(): Promise<void> {
  const started = await starting;
  if ('restart' in started) await started.restart();
  else if (cluster.isPrimary) process.stderr.write(`${ALONE}\n`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
if (cluster.isWorker) {
  process.on('message', (message) => {
    if (!isOrder(message)) return;
    if (message === 'stop') stop();
    else void takeDuties();
  });
}
// A terminal that is closed says the same signal, and then everything is to end.
if (cluster.isWorker || !process.stdin.isTTY) process.on('SIGHUP', () => void restart());
