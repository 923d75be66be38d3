// The press: a thread of its own, so that drawing a hundred sheets never stalls a page.
import { parentPort } from 'node:worker_threads';
import { type PrintJob, printJob } from './print-job.ts';

const port = parentPort;
if (!port) throw new Error('press-worker.ts is a worker thread, not a program');
// What breaks here ends the thread, and the one that asked is told of it.
port.on('message', async (job: PrintJob) => port.postMessage(await printJob(job)));
