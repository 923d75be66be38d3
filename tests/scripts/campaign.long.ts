import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { campaignJsonSchema } from '../../server/campaigns/campaign-schema.ts';
import { correctionsJsonSchema } from '../../server/legislators/corrections-file.ts';
import { rosterFolder, writeRosterFiles } from '../../server/legislators/roster-files.ts';
import { madeUpRoster } from '../fixtures/people/made-up-roster.ts';
import { leaveTwoLanguages } from '../support/two-languages.ts';

const ROOT = join(import.meta.dirname, '../..');
const BROKEN = 'tests/fixtures/broken-campaigns';

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command as a person would, from the project's root; no legislators are at hand unless a folder with some is named. */
function run(args: string[], campaigns_dir = 'campaigns', data_dir = join(aside, 'none')): Promise<Outcome> {
  const env = { ...process.env, CAMPAIGNS_DIR: campaigns_dir, DATA_DIR: data_dir };
  const options = { cwd: ROOT, env };
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/campaign.ts', ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

let folder: string;
/** For what is no campaign, and for campaigns of their own. */
let aside: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-campaigns-'));
  aside = mkdtempSync(join(tmpdir(), 'statehouse-aside-'));
  cpSync(join(ROOT, 'campaigns'), folder, { recursive: true });
  leaveTwoLanguages(folder);
  rmSync(join(folder, 'example'), { recursive: true });
  cpSync(join(ROOT, BROKEN, 'wrong-ask'), join(folder, 'clean-water'), { recursive: true });
});
afterAll(() => {
  for (const made of [folder, aside]) rmSync(made, { recursive: true });
});

/** Of the interface's own texts; `linesOf` leaves them out. */
const UNREAD = '1 text to be reviewed';
const linesOf = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('views/locales/'));

const UNCOMPARED =
  'The real legislators of Florida are not at hand, and those whom its campaigns name were compared with nobody: npm run legislators -- pull fl\n';

test('check says every fault on a line of its own, and fails', async () => {
  const { code, stdout, stderr } = await run(['check'], BROKEN);
  expect(code).toBe(1);
  const lines = linesOf(stdout);
  for (const line of lines)
    expect(line).toMatch(/^tests\/fixtures\/broken-campaigns\/[\w./-]+:\d+:\d+: \S.*[.?]$/);
  expect(lines).toContain(`${BROKEN}/wrong-ask/campaign.yaml:8:6: 'ask' must be support or oppose.`);
  expect(lines.length).toBeGreaterThanOrEqual(20);
  expect(stderr).toBe(`${lines.length} campaigns, ${lines.length} faults, ${UNREAD}\n`);
});

test('check of campaigns that are whole names texts that need review at most, and succeeds', async () => {
  const { code, stdout, stderr } = await run(['check']);
  const lines = stdout.trimEnd().split('\n');
  for (const line of lines) expect(line).toMatch(/:\d+:\d+: Needs review: .*Haitian Creole/);
  expect(lines).toContain(
    'campaigns/visible-act/ht/email.hbs:1:1: Needs review: someone who speaks Haitian Creole should read this text. Take this line out then.',
  );
  expect([code, stderr]).toEqual([
    0,
    `${UNCOMPARED}2 campaigns, no faults, ${lines.length} texts to be reviewed\n`,
  ]);
  const graded = await run(['check', '--grades']);
  expect(graded.code).toBe(0);
  expect(graded.stdout).toMatch(/^campaigns\/visible-act\/en\/page\.md:\d+:\d+: Reading grade \d/m);
  expect(graded.stdout).toMatch(/^campaigns\/visible-act\/es\/email\.hbs:\d+:\d+: Reading ease \d/m);
});

test('check of one campaign passes over the faults of the others', async () => {
  expect(await run(['check', 'visible-act'], folder)).toEqual({
    code: 0,
    stdout: '',
    stderr: `${UNCOMPARED}1 campaign, no faults\n`,
  });
  const broken = await run(['check', 'clean-water'], folder);
  expect(broken).toMatchObject({ code: 1, stderr: '1 campaign, 1 fault\n' });
  expect(broken.stdout).toBe(`${folder}/clean-water/campaign.yaml:8:6: 'ask' must be support or oppose.\n`);
  expect(await run(['check'], folder)).toMatchObject({
    code: 1,
    stderr: `${UNCOMPARED}2 campaigns, 1 fault, ${UNREAD}\n`,
  });
});

/** The roster of a folder for rosters, with one made-up member each for the Senate and the House. */
async function rosterIn(data_dir: string, is_sample = false): Promise<string[]> {
  const roster = madeUpRoster([
    { chamber: 'upper', district: '1', members: ['Ada Sample'] },
    { chamber: 'lower', district: '2', members: ['Ben Sample'] },
  ]);
  await writeRosterFiles(rosterFolder(data_dir, 'fl'), { ...roster, is_sample }, undefined);
  return roster.legislators.map(({ id }) => id);
}

/** The VISIBLE Act with its positions and targets made anew, and one more text, in a folder of its own. */
function changedAct(positions: string, targets: string): string {
  const campaigns_dir = mkdtempSync(join(aside, 'changed-'));
  cpSync(join(ROOT, 'campaigns/visible-act'), join(campaigns_dir, 'visible-act'), { recursive: true });
  leaveTwoLanguages(campaigns_dir);
  const path = join(campaigns_dir, 'visible-act/campaign.yaml');
  const changed = readFileSync(path, 'utf8')
    .replace(/\ntargets:\n[\s\S]*?\n\n/, `\ntargets:\n${targets}\n`)
    .replace(/\npositions:\n[\s\S]*?\n\n/, `\npositions:\n${positions}\n`);
  writeFileSync(path, changed);
  return campaigns_dir;
}

const stated = (person_id: string, special: string) =>
  `  - {person_id: ${person_id}, position: sponsor, session: "2026", source: "https://example.org", ${special}}\n`;

test('check lists warnings after the faults, counts them apart, and succeeds where there are only these', async () => {
  const data_dir = join(aside, 'members');
  const [ada] = await rosterIn(data_dir);
  const positions = `${stated(ada!, 'date: 2126-01-01')}${stated(ada!, 'date: 2026-01-13, bill: SB 361')}`;
  const campaigns_dir = changedAct(
    positions,
    '  stances: [opponent, unknown]\n  committee: current\n  fallback: {person_id: ocd-person/gone, reason: {en: a, es: a}}\n',
  );
  const { code, stdout, stderr } = await run(['check'], campaigns_dir, data_dir);
  expect([code, stderr]).toEqual([0, `1 campaign, no faults, 5 warnings, ${UNREAD}\n`]);
  const lines = linesOf(stdout);
  const told = lines.map((line) => /^\S*\/visible-act\/campaign\.yaml:\d+:\d+: (.*)$/.exec(line)?.[1]);
  expect(told).toEqual([
    // Whoever is named is asked of any stance, so that all texts are met; none of them asks who lives there.
    expect.stringMatching(
      / do not ask: (e[ns]\/\S+\.hbs(, |\. )){18}Ask first, in each: {{#if is_constituent}}/,
    ),
    expect.stringMatching(/^Nobody here knows who sits on the committee that has the bill/),
    expect.stringMatching(/^No member of the legislature has this id, as of 2026-08-05\. Nobody is asked/),
    expect.stringMatching(/^This day is still to come: in the state it is \d{4}-\d\d-\d\d\./),
    expect.stringMatching(/^'SB 361' is none of the campaign's bills of 2026\. Did you mean 'SB 316'\?/),
  ]);

  // A campaign with a fault tells its fault alone.
  cpSync(join(ROOT, BROKEN, 'wrong-ask'), join(campaigns_dir, 'clean-water'), { recursive: true });
  const both = await run(['check'], campaigns_dir, data_dir);
  expect([both.code, both.stderr]).toEqual([1, `2 campaigns, 1 fault, 5 warnings, ${UNREAD}\n`]);
  // Right above the summary, whatever else is told.
  expect(linesOf(both.stdout)).toHaveLength(6);
  expect(both.stdout.trimEnd().split('\n').at(-1)).toMatch(/clean-water\/campaign\.yaml:8:6: /);
});

test('check compares people with the real legislators as corrected, and never with made-up ones', async () => {
  const data_dir = join(aside, 'corrected');
  const [ada, ben] = await rosterIn(data_dir);
  const positions = `${stated(ada!, 'date: 2026-01-13')}${stated(ben!, 'date: 2026-01-13')}`;
  const campaigns_dir = changedAct(positions, '  chambers: [upper, lower]\n');
  const nothing = { code: 0, stdout: '', stderr: '1 campaign, no faults\n' };
  expect(await run(['check', 'visible-act'], campaigns_dir, data_dir)).toEqual(nothing);
  writeFileSync(
    join(campaigns_dir, 'legislators.overrides.yaml'),
    `- {state: fl, date: 2020-08-11, note: Resigned., left_office: ${ben}}\n`,
  );
  const left = await run(['check', 'visible-act'], campaigns_dir, data_dir);
  expect([left.code, left.stderr]).toEqual([0, '1 campaign, no faults, 1 warning\n']);
  expect(left.stdout).toMatch(/campaign\.yaml:\d+:17: No member of the legislature .* may have left;/);

  const sample_dir = join(aside, 'sample');
  await rosterIn(sample_dir, true);
  const sample = await run(['check', 'visible-act'], campaigns_dir, sample_dir);
  expect([sample.code, sample.stdout]).toEqual([0, '']);
  expect(sample.stderr).toMatch(
    /made up.* For Florida, those whom its campaigns name were compared with nobody\./,
  );
});

test('a slug that is not there fails, and those that are there are named', async () => {
  const { code, stdout, stderr } = await run(['check', 'clean-air'], folder);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^There is no campaign 'clean-air'\. There are: clean-water, visible-act\.\n/);
});

test('check gives its findings to programs as a list', async () => {
  const json = await run(['check', 'clean-water', '--format', 'json'], folder);
  const [fault, ...others] = JSON.parse(json.stdout);
  const file = `${folder}/clean-water/campaign.yaml`;
  const message = "'ask' must be support or oppose.";
  expect([json.code, others]).toEqual([1, []]);
  expect(fault).toEqual({ kind: 'fault', file, line: 8, column: 6, message });
});

test('schema writes the files by which editors check campaign.yaml and the corrections', async () => {
  expect(await run(['schema'], folder)).toMatchObject({ code: 0, stdout: '' });
  expect(readFileSync(join(folder, 'legislators.overrides.schema.json'), 'utf8')).toBe(
    correctionsJsonSchema(),
  );
  expect(readFileSync(join(folder, 'campaign.schema.json'), 'utf8')).toBe(campaignJsonSchema());
});

test('--help says on standard output what there is, and succeeds', async () => {
  for (const args of [['--help'], ['check', '--help']]) {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^npm run campaign -- new \[SLUG\][\s\S]*^npm run campaign -- check \[SLUG\]/m);
  }
});

test.each([
  [[]],
  [['chekc']],
  [['check', 'visible-act', 'clean-water']],
  [['schema', 'visible-act']],
  [['check', '--fast']],
  [['check', '--format', 'xml']],
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
