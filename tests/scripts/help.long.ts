import { execFileSync, spawnSync } from 'node:child_process';
import { TO_START } from '../support/server-process.ts';

test('an option that is given twice is refused, for nobody knows which was meant', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      '--no-warnings',
      'scripts/campaign.ts',
      'test-send',
      'example',
      '--to',
      'a@example.org',
      '--to',
      'b@example.org',
    ],
    { encoding: 'utf8', env: TO_START },
  );
  expect([status, stderr.split('\n')[0]]).toEqual([1, '--to is given twice: say it once.']);
});

test.each([
  ['server/start.ts', /npm start/],
  ['scripts/dev.ts', /npm run dev/],
  ['scripts/run-tests.ts', /npm test/],
  ['scripts/legislators.ts', /npm run legislators -- import/],
  ['scripts/campaign.ts', /npm run campaign -- check/],
  ['scripts/report.ts', /npm run report -- SLUG/],
  ['scripts/mail.ts', /npm run mail -- bounce < message/],
  ['scripts/scrub.ts', /npm run scrub \[-- --yes\]/],
  ['scripts/backup.ts', /npm run backup -- restore FILE/],
  ['bench/run.ts', /npm run bench \[-- NAME …\]/],
])('%s --help explains itself and ends with 0', (script, says) => {
  const out = execFileSync(process.execPath, ['--no-warnings', script, '--help'], {
    encoding: 'utf8',
    env: TO_START,
  });
  expect(out).toMatch(says);
});
