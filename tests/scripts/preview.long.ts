import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whoCanOpen } from '../../scripts/campaign-preview.ts';
import { createPreviewTokens } from '../../server/campaigns/preview-token.ts';
import { TO_START } from '../support/server-process.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

const SECRET = 'the secret of the app and of its commands';
let app: TestApp;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-preview-'));
  app = await startTestApp({
    parts: () => ({ preview_tokens: createPreviewTokens({ secrets: [SECRET] }) }),
  });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

/** Runs the command as a person would beside the app. */
function run(args: string[], special: Record<string, string> = {}): Promise<Outcome> {
  const env = { ...TO_START, BASE_URL: app.url, SECRET_KEY: SECRET, DATA_DIR: folder, ...special };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--no-warnings', 'scripts/campaign.ts', 'preview', ...args],
      { env },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

test('the two links stand alone on standard output, are good as long as asked, and the app takes them', async () => {
  const { code, stdout, stderr } = await run(['visible-act', '--days', '2', '--lang', 'es']);
  expect(code).toBe(0);
  const links = stdout.trimEnd().split('\n');
  expect(links).toHaveLength(2);
  const [page, texts] = await Promise.all(links.map((link) => app.get(link)));
  expect([page!.status, page!.$('[data-preview]').length, page!.$('html').attr('lang')]).toEqual([
    200,
    1,
    'es',
  ]);
  expect([texts!.status, texts!.$('h1').text()]).toEqual([200, 'Todos los textos de esta campaña']);
  expect(stderr).toMatch(
    /They open on this computer alone, until \w+ \d+, \d{4}\. For others the campaign needs a server/,
  );
  expect(stderr).not.toContain('Whoever has them');
  const expires = Number(/preview=(\d+)\./.exec(links[0]!)![1]) * 1000;
  expect(Math.abs(expires - Date.now() - 2 * 86_400_000)).toBeLessThan(60_000);
});

test('where no app answers, or one that does not take the link, the links come with what to do', async () => {
  const nobody = run(['visible-act'], { BASE_URL: 'http://127.0.0.1:9' });
  const stranger = run(['visible-act'], { SECRET_KEY: 'another secret that is as long as it must be' });
  const outcomes = await Promise.all([nobody, stranger]);
  for (const { code, stdout } of outcomes) expect([code, stdout.split('\n').length]).toEqual([0, 3]);
  expect(outcomes[0].stderr).toContain(
    'No app answers at http://127.0.0.1:9 now. To see the pages, start it',
  );
  expect(outcomes[1].stderr).toContain(
    'does not take this link (404). Is it Statehouse, with the same SECRET_KEY',
  );
});

test('of a campaign with a fault the links come too, and it is said', async () => {
  const campaigns_dir = join(folder, 'campaigns');
  cpSync('tests/fixtures/broken-campaigns/wrong-ask', join(campaigns_dir, 'clean-water'), {
    recursive: true,
  });
  const { code, stdout, stderr } = await run(['clean-water', '--lang', 'fr'], {
    CAMPAIGNS_DIR: campaigns_dir,
  });
  expect([code, stdout.split('\n').length]).toEqual([0, 3]);
  expect(stderr).toContain('Its files have a fault now: the second link shows each in its place.');
});

test.each([
  [['visible-act', '--days', '0'], '--days is a number from 1 to 366.'],
  [['visible-act', '--lang', 'fr'], "--lang is one of the campaign's languages: en, es, ht."],
])('%j fails, and says why', async (args, says) => {
  const { code, stdout, stderr } = await run(args);
  expect([code, stdout, stderr.split('\n')[0]]).toEqual([1, '', says]);
});

test.each([
  ['http://localhost:3000', true],
  ['http://127.0.0.1:3000', true],
  ['http://[::1]:3000', true],
  ['https://example.org', false],
  ['https://localhost.example.org', false],
  ['http://192.168.0.7:3000', false],
])('of links at %s it is said whether others can open them', (base, is_here) => {
  const said = whoCanOpen(base, 'May 1, 2027');
  expect(said.startsWith('They open on this computer alone, until May 1, 2027. For others')).toBe(is_here);
  expect(said === 'Whoever has them can see the campaign until May 1, 2027.').toBe(!is_here);
});
