// npm run dev: the app, started anew when code, pages or campaigns change.
import { spawn } from 'node:child_process';
import { readEnvironment, readSettings } from '../server/settings.ts';
import { readArguments, runCommand } from './command-line.ts';

const HELP = `npm run dev
The app as npm start runs it, started anew when code, pages or campaigns change. Ctrl+C stops it.
`;

await runCommand('dev', async () => {
  const { values } = readArguments({ options: { help: { type: 'boolean', default: false } } });
  if (values.help) return void process.stdout.write(HELP);
  const { campaigns_dir } = readSettings(readEnvironment());
  const watched = ['server', 'views', campaigns_dir].map((folder) => `--watch-path=${folder}`);
  const app = spawn(process.execPath, ['--watch', ...watched, 'server/start.ts'], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.kill(signal));
  app.on('exit', (code) => process.exit(code ?? 1));
});
