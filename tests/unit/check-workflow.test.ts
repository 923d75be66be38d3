import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { CHECK_FORMATS, formatFindings } from '../../scripts/check-formats.ts';

const workflow = parse(readFileSync('.github/workflows/check-campaigns.yml', 'utf8'));
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

test('the workflow runs for what is pushed or proposed in campaigns, and may change nothing', () => {
  expect(Object.keys(workflow.on)).toEqual(['push', 'pull_request']);
  for (const { paths } of Object.values<{ paths: string[] }>(workflow.on))
    expect(paths).toContain('campaigns/**');
  expect(workflow.permissions).toEqual({ contents: 'read' });
});

test('the workflow checks out, installs, and runs the check in a format that there is', () => {
  const { steps } = workflow.jobs.check as { steps: { uses?: string; run?: string }[] };
  expect(steps[0]!.uses).toMatch(/^actions\/checkout@v\d+$/);
  const [install, check, ...others] = steps.flatMap(({ run }) => run ?? []);
  expect([install, others]).toEqual(['npm ci', []]);
  const [, script, format] = /^npm run --silent (\w+) -- check --format (\w+)$/.exec(check!)!;
  expect(scripts).toHaveProperty(script!);
  expect(CHECK_FORMATS).toContain(format);
});

const PLACE = { file: 'campaigns/a,b:c%/campaign.yaml', line: 3, column: 7 };

test('what is found is marked beside its line by how grave it is, with signs of the command escaped', () => {
  const told = formatFindings(
    [
      { kind: 'fault', ...PLACE, message: 'One: two, 50%.\r\nThree.' },
      { kind: 'warning', ...PLACE, file: 'a', message: 'Four.' },
      { kind: 'missing', ...PLACE, file: 'a', message: 'Five.' },
    ],
    'github',
  );
  expect(told).toBe(
    [
      '::error file=campaigns/a%2Cb%3Ac%25/campaign.yaml,line=3,col=7::One: two, 50%25.%0D%0AThree.',
      '::warning file=a,line=3,col=7::Four.',
      '::notice file=a,line=3,col=7::Five.',
      '',
    ].join('\n'),
  );
});

test('where nothing is found, text and marks are empty, and the list is one without entries', () => {
  expect(CHECK_FORMATS.map((format) => formatFindings([], format))).toEqual(['', '[]\n', '']);
});
