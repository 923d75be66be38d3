import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { OperationalError } from '../errors.ts';
import type { SqliteRunner } from './sqlite-dialect.ts';
import { statementError } from './sqlite-errors.ts';
import type { CloseRequest, WriterAnswer, WriterRequest } from './sqlite-worker.ts';

interface Waiting {
  resolve: (answer: { rows: unknown[]; changes: number }) => void;
  reject: (error: Error) => void;
}

/** The writing connection, in its own thread. Once the thread has ended, whatever waits or comes is `store_unavailable`. */
export function openWriter(file: string): SqliteRunner {
  const worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), {
    workerData: { file },
    env: { ...process.env, ...compiledBefore() },
  });
  const waiting = new Map<number, Waiting>();
  let ended: OperationalError | undefined;
  let ids = 0;

  const end = (cause: Error & { errcode?: number }) => {
    const known = cause.errcode === undefined ? cause : statementError(file, cause.message, cause.errcode);
    ended ??=
      known instanceof OperationalError
        ? known
        : new OperationalError('store_unavailable', `The database ${file} can't be written.`, { cause });
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`the writer ended with ${code}`)));
  worker.on('message', (answer: WriterAnswer) => {
    const { resolve, reject } = waiting.get(answer.id) ?? {};
    waiting.delete(answer.id);
    if ('rows' in answer) resolve?.(answer);
    else reject?.(statementError(file, answer.message, answer.errcode));
  });

  return {
    execute: (statements) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        // A compiled query holds more than may pass between threads.
        const plain = statements.map(({ sql, parameters }) => ({ sql, parameters }));
        const request: WriterRequest = { id: ++ids, statements: plain };
        waiting.set(request.id, { resolve, reject });
        worker.postMessage(request);
      }),
    close: async () => {
      if (ended) return;
      const exited = once(worker, 'exit');
      const last: CloseRequest = { close: true };
      worker.postMessage(last);
      await exited;
    },
  };
}

/** Where this process keeps what was compiled, as a thread of it is told: it would compile anew else. */
function compiledBefore(): { NODE_COMPILE_CACHE?: string } {
  // A folder for each version of Node stands in the one that is named.
  const of_version = getCompileCacheDir();
  return of_version === undefined ? {} : { NODE_COMPILE_CACHE: dirname(of_version) };
}
