// Keeps a PostgreSQL for the process that started this one, and takes it away once that is gone, however it ended.
import { runPostgres } from './run-postgres.ts';

const running = runPostgres({ isDurable: process.argv.includes('--durable') });
process.on('disconnect', async () => {
  await (await running).remove();
  process.exit(0);
});
process.on('message', async (wish: 'start' | 'stop') => {
  await (await running)[wish]();
  process.send?.('done');
});
const { url, folder } = await running;
process.send?.({ url, folder });
