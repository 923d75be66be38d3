import { spawnSync } from 'node:child_process';
import cluster from 'node:cluster';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { supervise } from '../../server/start/supervise.ts';

// A program: two processes that only listen, and the one that supervises them. It writes what it logs, and does what a line of
// its input tells it to.

if (cluster.isPrimary) {
  const supervision = await supervise({
    processes: 2,
    is_socket_lent: false,
    log: (level, event, fields) => process.stdout.write(`${JSON.stringify({ level, event, ...fields })}\n`),
    pause: () => pause(5),
    giveUp: (error) => {
      throw error;
    },
  });
  const anyWorker = () => Object.values(cluster.workers!)[0]!;
  const node = process.execPath;
  const orders: Record<string, () => void> = {
    kill: () => process.kill(anyWorker().process.pid!, 'SIGKILL'),
    // Before this process can know that it has ended.
    'kill and speak to it': () => {
      const worker = anyWorker();
      const { pid } = worker.process;
      process.kill(pid!, 'SIGKILL');
      // "Zl" is a process whose first thread is over while others still hold what it had open: what is sent goes through then.
      while (!/^Z(?!.*l)/.test(String(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)]).stdout)));
      worker.send('too late');
    },
    // What is not there is refused a moment later, what can't be there at once.
    'fork what is not there': () => {
      process.execPath = '/nowhere/node';
    },
    "fork what can't be there": () => {
      process.execPath = `${node}/node`;
    },
    'fork again': () => {
      process.execPath = node;
    },
    stop: () => void supervision.stop().then(() => process.exit(0)),
  };
  createInterface({ input: process.stdin }).on('line', (order) => orders[order]!());
} else {
  process.on('message', (message) => message === 'stop' && process.exit(0));
  createServer().listen({ port: 0, host: '127.0.0.1' }, () =>
    process.stdout.write(`${JSON.stringify({ event: 'listening', pid: process.pid })}\n`),
  );
}
