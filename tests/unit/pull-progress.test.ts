import { Writable } from 'node:stream';
import { showPullProgress } from '../../scripts/pull-progress.ts';
import { stateFacts } from '../../server/legislators/states.ts';

/** A stream that keeps what is written to it, a terminal or not. */
function streamOf(is_terminal: boolean) {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const terminal = Object.assign(stream, { isTTY: is_terminal, columns: 80, rows: 24 });
  return { stream: terminal as unknown as NodeJS.WriteStream, text: () => text };
}

const SOURCES = { people: 'people.example.org', boundaries: 'boundaries.example.org' };

test('on a terminal bars tell of bytes and states, whether the server says how many there will be or not', () => {
  const { stream, text } = streamOf(true);
  const progress = showPullProgress(stream, 2, SOURCES);
  progress.onProgress('people', 1_500_000, undefined);
  progress.onProgress('people', 3_000_000, 3_000_000);
  progress.onProgress(stateFacts('fl'), 240_000, 480_000);
  progress.finish();
  progress.finish();
  progress.stop();
  expect(text()).toContain('People');
  expect(text()).toContain('3.0 MB');
  expect(text()).toContain('2 of 2');
  expect(text()).toContain('█');
});

test('elsewhere each thing is told once, in a plain line', () => {
  const { stream, text } = streamOf(false);
  const progress = showPullProgress(stream, 2, SOURCES);
  for (const bytes of [1, 2, 3]) progress.onProgress('people', bytes, 3);
  for (const bytes of [1, 2]) progress.onProgress(stateFacts('fl'), bytes, 2);
  progress.finish();
  progress.stop();
  expect(text()).toBe(
    'People of all states, from people.example.org\nBoundaries of Florida, from boundaries.example.org\n',
  );
});
