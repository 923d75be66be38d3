import { execFileSync } from 'node:child_process';
import { TO_START } from '../support/server-process.ts';

test.each([
  ['server/start.ts', /npm start/],
  ['scripts/dev.ts', /npm run dev/],
  ['scripts/run-tests.ts', /npm test/],
  ['scripts/legislators.ts', /npm run legislators -- import/],
  ['scripts/campaign.ts', /npm run campaign -- check/],
  ['scripts/report.ts', /npm run report -- SLUG/],
  ['scripts/backup.ts', /npm run backup -- restore FILE/],
])('%s --help explains itself and ends with 0', (script, says) => {
  const out = execFileSync(process.execPath, ['--no-warnings', script, '--help'], {
    encoding: 'utf8',
    env: TO_START,
  });
  expect(out).toMatch(says);
});
