import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { until } from '../support/until.ts';

let program: ChildProcess;
let lines: { level?: string; event: string; ended?: string }[];
beforeEach(async () => {
  program = spawn(process.execPath, ['--no-warnings', 'tests/support/supervised.ts'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  lines = [];
  createInterface({ input: program.stdout! }).on('line', (line) => lines.push(JSON.parse(line)));
  await until(() => said('supervising').length === 1);
});
afterEach(() => void program.kill('SIGKILL'));

const said = (event: string) => lines.filter((line) => line.event === event);
const order = (what: string) => program.stdin!.write(`${what}\n`);
/** Waits for what is to come of an order; where the program ends before, that is the fault. */
const see = (isTrue: () => boolean) => until(() => isTrue() || program.exitCode !== null);

async function stopped(): Promise<number | null> {
  const ended = program.exitCode === null ? once(program, 'exit') : undefined;
  order('stop');
  await ended;
  return program.exitCode;
}

test('what is sent to one that was killed a moment ago is lost with it: another takes its place, and the rest go on', async () => {
  order('kill and speak to it');
  await see(() => said('listening').length === 3);
  expect(program.exitCode).toBeNull();
  expect(said('process_unreached')).toEqual([
    { level: 'warn', event: 'process_unreached', pid: expect.any(Number), code: 'EPIPE' },
  ]);
  expect(said('process_died').length).toBe(1);
  expect(await stopped()).toBe(0);
});

test.each([
  ['fork what is not there', 'ENOENT'],
  ["fork what can't be there", 'ENOTDIR'],
])(
  'where the system lets none begin (%s: %s) the other goes on alone, and as soon as one can begin it does',
  async (refused, code) => {
    order(refused);
    order('kill');
    await see(() => said('process_not_started').length > 6);
    expect(program.exitCode).toBeNull();
    expect(new Set(said('process_not_started').map(({ ended }) => ended))).toEqual(new Set([code]));
    order('fork again');
    await see(() => said('listening').length === 3);
    expect(await stopped()).toBe(0);
  },
);
