import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createActionLog } from '../../server/actions/action-log.ts';
import { noteReply } from '../../server/actions/office-replies.ts';
import { openStore } from '../../server/store/open-store.ts';
import { logEntry } from '../support/temp-store.ts';

const SENATOR_5 = JSON.parse(readFileSync('sample-data/fl/roster.json', 'utf8')).legislators.find(
  (legislator: { name: string }) => legislator.name === 'Sample Senator, District 5',
).id;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-replies-'));
  const store = await openStore(`sqlite:${join(folder, 'statehouse.db')}`);
  // What is proposed is of the last days, by the clock of the command.
  const log = createActionLog({ store, now: () => new Date() });
  const heard = async (nonce: string, reply: 'supports' | 'would_not_say', legislator_id: string) => {
    const entry = logEntry({ nonce, legislator_id, is_sample: nonce === 'sample' });
    await log.log(entry);
    await noteReply(store, { ...entry, reply }, new Date());
  };
  for (const nonce of ['a', 'b', 'c']) await heard(nonce, 'supports', SENATOR_5);
  await heard('d', 'would_not_say', 'ocd-person/1');
  await heard('sample', 'supports', SENATOR_5);
  await log.close();
  await store.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command as an organizer does; gives back what it prints. */
async function report(...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, DATA_DIR: folder };
  const command = ['--no-warnings', 'scripts/report.ts', 'replies', 'visible-act', ...args];
  return (await promisify(execFile)(process.execPath, command, { env })).stdout;
}

test('organizers read who said what, and what they may look for a source for; a program gets the same', async () => {
  const [read, json] = await Promise.all([report(), report('--format', 'json')]);
  expect(read).toMatch(/^visible-act: what offices said about the bill, as supporters heard it in 4 calls\n/);
  expect(read).toMatch(
    /\nSenator Sample Senator, District 5 +3 +0 +0 +0 +\d{4}-\d\d-\d\d +\d{4}-\d\d-\d\d +none\n/,
  );
  expect(read).toMatch(/\nocd-person\/1 +0 +0 +0 +1 /);
  expect(read).toContain('at least 3 calls in the last 30 days heard the same, and no more than 25%');
  expect(read).toMatch(
    /\n# Senator Sample Senator, District 5: says_support, heard in 3 of 3 calls\n {2}- person_id: .*\n {4}position: says_support\n/,
  );
  const { campaign_slug, legislators } = JSON.parse(json);
  expect(campaign_slug).toBe('visible-act');
  expect(legislators).toMatchObject([
    {
      name: 'Senator Sample Senator, District 5',
      legislator_id: SENATOR_5,
      replies: { supports: 3, opposes: 0, undecided: 0, would_not_say: 0 },
      proposed: { position: 'says_support', alike: 3, answers: 3 },
    },
    { legislator_id: 'ocd-person/1', replies: { would_not_say: 1 } },
  ]);
});
