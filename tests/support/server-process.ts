import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '../..');

/** What of our own surroundings a process gets: what it needs to start, and to start quickly. */
export const TO_START = Object.fromEntries(
  ['PATH', 'NODE_COMPILE_CACHE'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
);

const NOWHERE = {
  PEOPLE_URL: 'http://127.0.0.1:9/people.tgz',
  BOUNDARIES_URL: 'http://127.0.0.1:9/{vintage}/{fips}_{layer}.zip',
  ZIP_DISTRICTS_URL: 'http://127.0.0.1:9/{fips}_{layer}.txt',
};

/** Suites run beside each other: a turn that waits for the processor is no overload, but where that is what is looked at. */
const UNHURRIED = { OVERLOAD_DELAY_MS: '60000' };

/** The app as `npm start` runs it, in a process of its own. */
export interface ServerProcess {
  /** Where it listens; undefined where it ended before it did. */
  url: string | undefined;
  pid: number | undefined;
  /** Its lines on standard output so far. */
  lines: string[];
  /** What it said on standard error so far. */
  said: () => string;
  /** Sends a signal that does not end it. */
  signal: (signal: 'SIGHUP') => void;
  /** Sends a signal and waits for the end; gives the exit code, null where the signal itself ended it. */
  end: (signal: 'SIGTERM' | 'SIGKILL' | 'SIGINT') => Promise<number | null>;
  /** The exit code of a process that ends by itself. */
  exit: () => Promise<number | null>;
}

/** Starts the server with these settings alone, on a free port, and waits until it listens or has ended. */
export async function startServerProcess(env: Record<string, string>): Promise<ServerProcess> {
  const child: ChildProcess = spawn(process.execPath, ['--no-warnings', 'server/start.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing is ever pulled from beyond this machine: port 9 answers nobody.
    env: { ...TO_START, PORT: '0', ...NOWHERE, ...UNHURRIED, ...env },
  });
  const lines: string[] = [];
  let said = '';
  child.stderr!.on('data', (chunk) => {
    said += chunk;
  });
  const ended = once(child, 'close');
  const listening = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      lines.push(line);
      const event = JSON.parse(line);
      if (event.event === 'listening') resolve(event.at);
    });
  });
  const url = await Promise.race([listening, ended.then(() => undefined)]);
  const exit = async () => {
    await ended;
    return child.exitCode;
  };
  return {
    url,
    pid: child.pid,
    lines,
    said: () => said,
    signal: (signal) => void child.kill(signal),
    exit,
    end: async (signal) => {
      child.kill(signal);
      return exit();
    },
  };
}
