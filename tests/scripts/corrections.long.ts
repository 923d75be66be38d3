import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { CORRECTIONS_FILE } from '../../server/legislators/corrections-file.ts';
import { rosterFolder, writeRosterFiles } from '../../server/legislators/roster-files.ts';
import { houseMember, houseOf } from '../fixtures/corrections/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { leaveTwoLanguages } from '../support/two-languages.ts';

const ROOT = join(import.meta.dirname, '../..');
const [ONE, TWO, THREE] = [houseMember(1), houseMember(2), houseMember(3)];

/** Of long ago, and of a day far off: commands live by the real calendar. */
const CORRECTIONS = `- state: fl
  date: 2020-08-10
  note: Read out on the phone.
  source: https://example.org/news
  change:
    person_id: ${ONE.id}
    office: capitol
    voice: 850-555-0199
- state: fl
  date: 2020-08-11
  note: Resigned.
  left_office: ocd-person/gone
- state: fl
  date: 2020-08-12
  note: Sworn in.
  new_member:
    chamber: lower
    district: 4
    name: Ada Sample
- state: fl
  date: 2126-01-01
  note: Will resign.
  left_office: ${THREE.id}
`;
const MISFITS = `- state: fl
  date: 2020-08-12
  note: New number.
  change:
    person_id: ocd-person/nobody
    email: a@example.org
- state: fl
  date: 2126-01-01
  note: To be sworn in.
  new_member:
    chamber: lower
    district: 99
    name: Bea Sample
    email: bea@example.org
`;

let data_dir: string;
beforeAll(async () => {
  data_dir = folderOf({});
  const { roster } = houseOf([ONE, TWO, THREE]);
  const { state, jurisdiction_id, source, as_of, is_sample, districts, legislators } = roster;
  const written = { state, jurisdiction_id, source, as_of, is_sample, districts, legislators };
  const imported_at = '2026-08-05T17:00:00.000Z';
  await writeRosterFiles(rosterFolder(data_dir, 'fl'), { ...written, imported_at }, undefined);
});

/** A folder of campaigns with these corrections. */
function campaignsWith(text: string): string {
  const folder = folderOf({ [CORRECTIONS_FILE]: text });
  cpSync(join(ROOT, 'campaigns/visible-act'), join(folder, 'visible-act'), { recursive: true });
  leaveTwoLanguages(folder);
  return folder;
}

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

function run(script: string, args: string[], env: Record<string, string>): Promise<Outcome> {
  const options = { cwd: ROOT, env: { ...process.env, DATA_DIR: data_dir, ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, [join('scripts', script), ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}
const status = (text: string, ...args: string[]) =>
  run('legislators.ts', ['status', ...args], { CAMPAIGNS_DIR: campaignsWith(text) });

test('status lists the corrections with date and note, and counts seats and gaps as corrected', async () => {
  const { code, stdout, stderr } = await status(CORRECTIONS);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^\S+overrides\.yaml:19:11: Nobody can reach this new member: .*\n$/);
  expect(stdout).toMatch(/^fl: 4 seats, 4 members, vacant: none\nwithout e-mail: 1, without phone: 1\n/);
  const [, list] = stdout.split('corrections, 4:\n');
  expect(list!.replaceAll(/\(\S*\/(legislators\.overrides\.yaml:\d+:\d+)\)/g, '($1)').split('\n')).toEqual([
    '  2020-08-10 Made-Up Member 1: changed to 850-555-0199. Note: Read out on the phone. https://example.org/news',
    '    850-555-0199 is shown in place of 850-555-0101. (legislators.overrides.yaml:1:3)',
    '  2020-08-11 ocd-person/gone: has left office. Note: Resigned.',
    '    OpenStates lists nobody of this id: this entry can be taken out, if whoever left is not shown any more. (legislators.overrides.yaml:9:3)',
    '  2020-08-12 Ada Sample: new member. Note: Sworn in.',
    expect.stringMatching(
      /^ {4}Representative Ada Sample \(ocd-person\/\S+\) sits in a vacant seat\. An election has passed since, on \d{4}-11-\d\d: .*\. \(\S+:13:3\)$/,
    ),
    '  2126-01-01 Made-Up Member 3: has left office. Note: Will resign.',
    '    In force from 2126-01-01 on. (legislators.overrides.yaml:20:3)',
    '',
  ]);
});

test('status says the same as JSON', async () => {
  const { code, stdout } = await status(CORRECTIONS, '--format', 'json');
  expect(code).toBe(0);
  const [florida] = JSON.parse(stdout);
  expect(florida).toMatchObject({ state: 'fl', members: 4, vacant_seats: [] });
  expect(florida.corrections).toMatchObject([
    {
      kind: 'change',
      date: '2020-08-10',
      note: 'Read out on the phone.',
      source: 'https://example.org/news',
      legislator_id: ONE.id,
      name: 'Made-Up Member 1',
      changed_to: '850-555-0199',
      state: 'applied',
      can_be_taken_out: false,
      at: expect.stringMatching(/overrides\.yaml:1:3$/),
    },
    { kind: 'left_office', source: null, name: null, state: 'caught_up', can_be_taken_out: true },
    {
      kind: 'new_member',
      name: 'Ada Sample',
      state: 'applied',
      legislator_id: expect.stringMatching(/^ocd-person/),
    },
    { kind: 'left_office', state: 'to_come', can_be_taken_out: false },
  ]);
});

test('status says of those that fit nobody that they do nothing, and names faults and states without legislators', async () => {
  const misfits = await status(MISFITS);
  expect(misfits.code).toBe(0);
  expect(misfits.stdout).toContain('    Does nothing. OpenStates lists nobody of this id: mend it, or take');
  const broken = await status(
    `${MISFITS.replaceAll('state: fl', 'state: ga')}- state: fl\n  date: 2020-08-10\n`,
  );
  expect(broken.code).toBe(1);
  expect(broken.stdout).not.toContain('corrections');
  expect(broken.stderr).toMatch(/overrides\.yaml:15:3: 'note' is missing\. Add it/);
  expect(broken.stderr).toMatch(/overrides\.yaml:1:3: The legislators of 'ga' are not at hand\.\n/);
});

/** The campaign's own people are none of these made-up members, and the interface has texts to be reviewed: that is told beside. */
const withoutWarnings = (stdout: string) =>
  stdout
    .replaceAll(/^\S+campaign\.yaml:\S+ No member of the legislature has this id, .*\n/gm, '')
    .replaceAll(/^views\/locales\/.*\n/gm, '');

test('check tells faults of the file as file:line:column, and what fits nobody, on a day to come too; what can be taken out is no fault', async () => {
  const check = (text: string, more: string[] = [], env = {}) =>
    run('campaign.ts', ['check', ...more], { CAMPAIGNS_DIR: campaignsWith(text), ...env });
  const good = await check(CORRECTIONS);
  expect([good.code, good.stderr]).toEqual([
    0,
    '1 campaign, 4 corrections, no faults, 2 warnings, 1 text to be reviewed, 1 correction to take out, 1 hint\n',
  ]);
  expect(withoutWarnings(good.stdout)).toMatch(
    /^\S+overrides\.yaml:9:3: OpenStates lists nobody of this id: .* taken out, .*\n\S+:19:11: Nobody can reach .*\n$/,
  );

  const misfits = await check(
    `${MISFITS}- state: florida\n  date: 2020-08-10\n  note: So.\n  left_office: x\n`,
  );
  expect([misfits.code, misfits.stderr]).toEqual([
    1,
    '1 campaign, 2 corrections, 4 faults, 2 warnings, 1 text to be reviewed\n',
  ]);
  expect(withoutWarnings(misfits.stdout).trimEnd().split('\n')).toEqual([
    expect.stringMatching(/overrides\.yaml:15:10: 'state' must be the postal code of a state/),
    expect.stringMatching(/overrides\.yaml:18:16: 'left_office' must be the OpenStates id/),
    expect.stringMatching(/overrides\.yaml:1:3: OpenStates lists nobody of this id: mend it/),
    expect.stringMatching(/overrides\.yaml:7:3: There is no district '99' of the House/),
  ]);
  const slips = await check(
    CORRECTIONS.replace('  date: 2020-08-12', '  date: 2020-08-12 # Sworn in at noon.').replace(
      /- state: fl\n {2}date: 2126[\s\S]*/,
      (entry) => entry.replaceAll(/^(?=.)/gm, ' '),
    ),
  );
  expect([slips.code, slips.stderr]).toEqual([
    0,
    '1 campaign, 4 corrections, no faults, 2 warnings, 1 text to be reviewed, 1 correction to take out, 2 hints\n',
  ]);
  expect(withoutWarnings(slips.stdout).trimEnd().split('\n').slice(1)).toEqual([
    expect.stringMatching(/overrides\.yaml:19:11: Nobody can reach this new member: add/),
    expect.stringMatching(/overrides\.yaml:20:2: This entry begins 1 space further in than others\./),
  ]);
  // One campaign is checked alone.
  const alone = await check(MISFITS, ['visible-act']);
  expect([alone.code, withoutWarnings(alone.stdout)]).toEqual([0, '']);
});

test('check compares with nobody where no real legislators are at hand, and says so', async () => {
  const env = { CAMPAIGNS_DIR: campaignsWith(MISFITS), DATA_DIR: folderOf({}) };
  const { stdout, ...told } = await run('campaign.ts', ['check'], env);
  expect(withoutWarnings(stdout)).toBe('');
  expect(told).toEqual({
    code: 0,
    stderr:
      'The real legislators of Florida are not at hand, and those whom its campaigns name were compared with nobody: npm run legislators -- pull fl\nThe corrections of Florida were compared with nobody: its real legislators are not at hand.\n1 campaign, 2 corrections, no faults, 1 text to be reviewed\n',
  });
});
