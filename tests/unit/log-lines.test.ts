import { spawnSync } from 'node:child_process';
import { joinLines } from '../../server/log-lines.ts';

/** Lines that are joined, with what was written so far and what runs when the turn is over. */
function start() {
  const written: string[] = [];
  const turn: (() => void)[] = [];
  const lines = joinLines(
    (text) => written.push(text),
    (run) => turn.push(run),
  );
  const endTurn = () => {
    for (const run of turn.splice(0)) run();
  };
  return { lines, written, endTurn };
}

test('lines of one turn are one write, in their order', () => {
  const { lines, written, endTurn } = start();
  lines.write('a', 'info');
  lines.write('b', 'debug');
  expect(written).toEqual([]);
  endTurn();
  lines.write('c', 'info');
  endTurn();
  expect(written).toEqual(['a\nb\n', 'c\n']);
});

test.each(['warn', 'error'] as const)('a line of level %s is written at once, after what waits', (level) => {
  const { lines, written, endTurn } = start();
  lines.write('a', 'info');
  lines.write('b', level);
  expect(written).toEqual(['a\nb\n']);
  endTurn();
  lines.flush();
  expect(written).toHaveLength(1);
});

test('a process that ends in the middle of a turn leaves its lines behind', () => {
  const program = `
    import { joinLines } from './server/log-lines.ts';
    const lines = joinLines((text) => process.stdout.write(text), setImmediate);
    process.on('exit', lines.flush);
    process.on('uncaughtException', () => process.exit(1));
    lines.write('last', 'info');
    throw new Error('crash');`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
    encoding: 'utf8',
  });
  expect({ stdout, status }).toEqual({ stdout: 'last\n', status: 1 });
});
