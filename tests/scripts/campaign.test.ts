import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { campaignJsonSchema } from '../../server/campaigns/campaign-schema.ts';

const ROOT = join(import.meta.dirname, '../..');
const BROKEN = 'tests/fixtures/broken-campaigns';

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command as a person would, from the project's root. */
function run(args: string[], campaigns_dir = 'campaigns'): Promise<Outcome> {
  const options = { cwd: ROOT, env: { ...process.env, CAMPAIGNS_DIR: campaigns_dir } };
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/campaign.ts', ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-campaigns-'));
  cpSync(join(ROOT, 'campaigns'), folder, { recursive: true });
  cpSync(join(ROOT, BROKEN, 'wrong-ask'), join(folder, 'clean-water'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

test('check says every fault on a line of its own, and fails', async () => {
  const { code, stdout, stderr } = await run(['check'], BROKEN);
  expect(code).toBe(1);
  const lines = stdout.trimEnd().split('\n');
  for (const line of lines)
    expect(line).toMatch(/^tests\/fixtures\/broken-campaigns\/[\w./-]+:\d+:\d+: \S.*[.?]$/);
  expect(lines).toContain(`${BROKEN}/wrong-ask/campaign.yaml:8:6: 'ask' must be support or oppose.`);
  expect(lines.length).toBeGreaterThanOrEqual(20);
  expect(stderr).toBe(`${lines.length} campaigns, ${lines.length} faults\n`);
});

test('check of campaigns that are whole says nothing on standard output, and succeeds', async () => {
  expect(await run(['check'])).toEqual({ code: 0, stdout: '', stderr: '1 campaign, no faults\n' });
});

test('check of one campaign passes over the faults of the others', async () => {
  expect(await run(['check', 'visible-act'], folder)).toEqual({
    code: 0,
    stdout: '',
    stderr: '1 campaign, no faults\n',
  });
  const broken = await run(['check', 'clean-water'], folder);
  expect(broken).toMatchObject({ code: 1, stderr: '1 campaign, 1 fault\n' });
  expect(broken.stdout).toBe(`${folder}/clean-water/campaign.yaml:8:6: 'ask' must be support or oppose.\n`);
  expect(await run(['check'], folder)).toMatchObject({ code: 1, stderr: '2 campaigns, 1 fault\n' });
});

test('a slug that is not there fails, and those that are there are named', async () => {
  const { code, stdout, stderr } = await run(['check', 'clean-air'], folder);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^There is no campaign 'clean-air'\. There are: clean-water, visible-act\.\n/);
});

test('schema writes the file by which editors check campaign.yaml', async () => {
  expect(await run(['schema'], folder)).toMatchObject({ code: 0, stdout: '' });
  expect(readFileSync(join(folder, 'campaign.schema.json'), 'utf8')).toBe(campaignJsonSchema());
});

test('--help says on standard output what there is, and succeeds', async () => {
  for (const args of [['--help'], ['check', '--help']]) {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^npm run campaign -- check \[SLUG\]/);
  }
});

test.each([
  [[]],
  [['chekc']],
  [['check', 'visible-act', 'clean-water']],
  [['schema', 'visible-act']],
  [['check', '--fast']],
])('%j fails, and says on standard error what can be asked for', async (args) => {
  const { code, stdout, stderr } = await run(args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('npm run campaign -- --help');
  expect(stderr).not.toContain('    at ');
});

test('a folder of campaigns that is not there fails with the setting that says where it is', async () => {
  const { code, stdout, stderr } = await run(['check'], join(folder, 'nowhere'));
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/can't be read\. Set CAMPAIGNS_DIR to where it is\.\n$/);
});
