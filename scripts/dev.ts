// npm run dev: the app, started anew when code or pages change; campaigns it takes in by itself.
import { spawn } from 'node:child_process';
import { slugsIn } from '../server/campaigns/read-campaigns.ts';
import { readEnvironment, readSettings, type Settings } from '../server/settings.ts';
import { previewLinks, secretsOf } from './campaign-preview.ts';
import { readArguments, runCommand } from './command-line.ts';

const HELP = `npm run dev
The app as npm start runs it, started anew when code or pages change. What changes in a campaign is taken in at once. Prints
for each campaign a link to every text of it, beside its file. Ctrl+C stops it.
`;

await runCommand('dev', async () => {
  const { values } = readArguments({ options: { help: { type: 'boolean', default: false } } });
  if (values.help) return void process.stdout.write(HELP);
  process.stdout.write(await previews(readSettings(readEnvironment())));
  const watched = ['server', 'views'].map((folder) => `--watch-path=${folder}`);
  const app = spawn(process.execPath, ['--watch', ...watched, 'server/start.ts'], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.kill(signal));
  app.on('exit', (code) => process.exit(code ?? 1));
});

/** Where each campaign can be previewed, to be read; faulty ones too, whose preview shows the faults. */
async function previews(settings: Settings): Promise<string> {
  const base = `http://localhost:${settings.port}`;
  const secrets = secretsOf(settings);
  const links = (await slugsIn(settings.campaigns_dir)).map(
    (slug) => `  ${slug}\n    ${previewLinks(slug, { base, secrets, now: new Date() }).texts}\n`,
  );
  return `${base} shows the campaigns, drafts too. Every text of each, beside its file:\n${links.join('')}`;
}
