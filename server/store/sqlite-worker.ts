// The writer: a thread of its own, so that waiting for the disk or for another process never stalls a page.
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { executeQuery, prepareDatabase } from './sqlite-connection.ts';

/** A query on its way to the writer. */
export interface WriterRequest {
  id: number;
  sql: string;
  parameters: readonly unknown[];
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
  } else port.postMessage(answer(request.id, request.sql, request.parameters));
});

function answer(id: number, sql: string, parameters: readonly unknown[]): WriterAnswer {
  try {
    return { id, ...executeQuery(database, sql, parameters) };
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number };
    return { id, message, errcode };
  }
}
