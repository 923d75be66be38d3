import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '..');
/** Signs what the app in a process of its own hands out. */
export const SECRET_KEY = 'a secret for benchmarks alone and long enough';
/** Both sides find again what they compiled before, as deploy/statehouse.service has it. */
const NODE_COMPILE_CACHE = join(ROOT, 'node_modules/.cache/bench');
const UNLIMITED = '1000000000';

/** A server in a process of its own. */
export interface BenchProcess {
  url: string;
  /** Milliseconds from its start until it took a connection. */
  listening_ms: number;
  /** Bytes of memory that it holds at this moment, shared ones included. */
  memory: () => number;
  /** Seconds that processors have worked for it so far; undefined where the system does not tell in a file, as Linux does. */
  busy: () => number | undefined;
  end: () => Promise<void>;
}

/**
 * The app as `npm start` runs it in production, with everything on: limits (so high that none is reached), headers, packing,
 * and the log, which goes to a file. What supporters' addresses are is told by X-Forwarded-For. Nothing is fetched.
 */
export function startApp(folder: string, env: Record<string, string>): Promise<BenchProcess> {
  return startProcess('server/start.ts', join(folder, 'log'), {
    DATA_DIR: folder,
    SECRET_KEY,
    PULL: 'off',
    TRUST_PROXY: 'loopback',
    LOOKUPS_PER_MINUTE: UNLIMITED,
    ACTIONS_PER_MINUTE: UNLIMITED,
    OVERLOAD_DELAY_MS: '100000',
    // Port 9 answers nobody.
    CENSUS_GEOCODER_URL: 'http://127.0.0.1:9',
    OPENSTATES_API_KEY: '',
    ...env,
  });
}

/** An Express app that sends what a file says for each address; an empty one where there is no file. */
export function startBare(folder: string, answers_file = ''): Promise<BenchProcess> {
  return startProcess('bench/bare-express.ts', join(folder, 'bare-log'), { ANSWERS: answers_file });
}

/** Starts a script that listens on PORT, and waits until it does. Throws with its log where it ends before. */
async function startProcess(script: string, log: string, env: Record<string, string>): Promise<BenchProcess> {
  const port = await freePort();
  const log_file = openSync(log, 'a');
  const started = performance.now();
  const child = spawn(process.execPath, ['--no-warnings', script], {
    cwd: ROOT,
    stdio: ['ignore', log_file, log_file],
    env: { PATH: process.env.PATH, NODE_ENV: 'production', PORT: String(port), NODE_COMPILE_CACHE, ...env },
  });
  closeSync(log_file);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  while (!(await takesConnections(port))) {
    if (child.exitCode !== null)
      throw new Error(`${script} ended: ${readFileSync(log, 'utf8').slice(-2000)}`);
    await wait(3);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    listening_ms: performance.now() - started,
    memory: () => memoryOf(child),
    busy: () => busyOf(child),
    end: async () => {
      process.off('exit', kill);
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Milliseconds until the app says that it is ready. */
export async function untilReady({ url }: BenchProcess): Promise<number> {
  const started = performance.now();
  while (!(await fetch(`${url}/ready`)).ok) await wait(3);
  return performance.now() - started;
}

/** Bytes of memory that a process holds. Linux tells it in a file; other systems by a command. */
export function memoryOf({ pid }: Pick<ChildProcess, 'pid'>): number {
  const status = `/proc/${pid}/status`;
  const kilobytes = existsSync(status)
    ? /VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))![1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kilobytes) * 1024;
}

/** Seconds that processors have worked for a process; undefined but on Linux. Fields 14 and 15, in hundredths of a second, counted from behind the name in brackets (man 5 proc_pid_stat). */
export function busyOf({ pid }: ChildProcess): number | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  const fields = readFileSync(file, 'utf8').split(') ').at(-1)!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** What one of so many questions took of a processor since a reading of `busy`, in words: it hardly depends on what else runs. */
export function workEach(
  { busy }: Pick<BenchProcess, 'busy'>,
  since: number | undefined,
  questions: number,
): string {
  const now = busy();
  if (now === undefined || since === undefined) return '';
  return `; ${(((now - since) / questions) * 1000).toFixed(2)} ms of a processor each`;
}

/** Which share of a core whoever asks took since a reading of `process.cpuUsage()`: near 1 it is they who are measured. */
export function askersShare(since: NodeJS.CpuUsage, seconds: number): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000_000 / seconds;
}

async function takesConnections(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
