import { OperationalError } from './errors.ts';
import { describeError } from './log.ts';
import { SettingsError } from './settings.ts';
import { serve } from './start/serve.ts';

const HELP = `npm start: serves the campaigns on http://localhost:3000 until it is stopped with Ctrl+C.
npm run dev does the same, prints how to see each campaign before it is public, and starts anew when code changes.
Settings come from the environment or from a file .env; .env.example explains each: PORT=3001 npm start`;

/** Says why the start failed, for the person who started it, and ends the process. */
function giveUp(error: unknown): never {
  const isExpected = error instanceof SettingsError || error instanceof OperationalError;
  const known = error instanceof Error ? listenFault(error) : undefined;
  if (known) process.stderr.write(`${known}\n`);
  else process.stderr.write(`${isExpected ? error.message : JSON.stringify(describeError(error))}\n`);
  process.exit(1);
}

function listenFault(error: NodeJS.ErrnoException): string | undefined {
  const { code, syscall } = error;
  if (syscall !== 'listen') return undefined;
  if (code === 'EADDRINUSE')
    return 'Another program uses this port. Stop it, or start with another: PORT=3001 npm start';
  if (code === 'EACCES') return 'This port is reserved. Start with one above 1023: PORT=3000 npm start';
  return undefined;
}

for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, giveUp);

if (process.argv.includes('--help')) {
  process.stdout.write(`${HELP}\n`);
  process.exit(0);
}
const starting = serve().catch(giveUp);
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    // One that comes during the start is not lost either: requests may be under way before it has ended.
    starting.then((stop) => stop()).then(() => process.exit(0), giveUp);
  });
}
