// A process that logs actions and says which are on disk, one line each; run to be killed.
import { createActionLog } from '../../server/actions/action-log.ts';
import { openStore } from '../../server/store/open-store.ts';
import { logEntry } from './temp-store.ts';

const [database_url, first] = process.argv.slice(2) as [string, string];
const log = createActionLog({ store: await openStore(database_url), now: () => new Date() });
let index = Number(first);
process.stdout.write('ready\n');

/** Several at a time, as from many phones: batches of every size. */
async function supporter(): Promise<never> {
  for (;;) {
    const nonce = String(index++);
    await log.log(logEntry({ nonce }));
    process.stdout.write(`${nonce}\n`);
  }
}
await Promise.all(Array.from({ length: 20 }, supporter));
