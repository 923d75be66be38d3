// The writer: a thread of its own, so that waiting for the disk or for another process never stalls a page.
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { executeQueries, prepareDatabase } from './sqlite-connection.ts';
import type { Statement } from './write-together.ts';

/** Statements on their way to the writer. */
export interface WriterRequest {
  id: number;
  statements: readonly Statement[];
}

/** The last thing said to the writer. */
export type CloseRequest = { close: true };

/** Its answer: rows and how many were changed, or what went wrong as plain data. */
export type WriterAnswer =
  | { id: number; rows: unknown[]; changes: number }
  | { id: number; message: string; errcode: number | undefined };

const port = parentPort;
if (!port) throw new Error('sqlite-worker.ts is a worker thread, not a program');
const database = new DatabaseSync(workerData.file);
prepareDatabase(database);

port.on('message', (request: WriterRequest | CloseRequest) => {
  if ('close' in request) {
    database.close();
    port.close();
  } else port.postMessage(answer(request));
});

function answer({ id, statements }: WriterRequest): WriterAnswer {
  try {
    return { id, ...executeQueries(database, statements) };
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number };
    return { id, message, errcode };
  }
}
