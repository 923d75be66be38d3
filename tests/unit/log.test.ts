import { OperationalError } from '../../server/errors.ts';
import { createLog, describeError } from '../../server/log.ts';

const now = () => new Date('2026-11-24T12:00:00Z');

function linesOf(use: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  use(createLog('info', now, (line) => lines.push(line)));
  return lines.map((line) => JSON.parse(line));
}

test('an event is one JSON line with its time, level and name', () => {
  const lines = linesOf((log) => log('warn', 'no_roster', { slug: 'visible-act' }));
  expect(lines).toEqual([
    { time: '2026-11-24T12:00:00.000Z', level: 'warn', event: 'no_roster', slug: 'visible-act' },
  ]);
});

test('what is below the level is not written', () => {
  expect(linesOf((log) => log('debug', 'detail'))).toEqual([]);
});

test('an address, a name or a body never gets into a line, even by mistake', () => {
  const [line] = linesOf((log) =>
    log('info', 'oops', { address: '12 Main Street', name: 'Ada', body: 'x', ip: '192.0.2.1' }),
  );
  expect(JSON.stringify(line)).not.toMatch(/Main|Ada|192/);
});

test('what is withheld stands in no message, stack or cause of an error', () => {
  const cause = new TypeError('no such street: 12%20Marmalade%20Crescent');
  const error = new Error('Ada Quillfeather (ADA) is not a number', { cause });
  const told = JSON.stringify(describeError(error, ['Ada', 'Quillfeather', 'Ada Quillfeather', 'Marmalade']));
  expect(told).not.toMatch(/ada\b|quill|marmalade/i);
  expect(told).toContain('is not a number');
  expect(told).toContain('log.test.ts');
  expect(describeError('typed (x) [y]', ['(x)', '[y]'])).toEqual({ message: 'typed [left out] [left out]' });
});

test('an error is told with its code and its causes', () => {
  const error = new OperationalError('store_unavailable', 'no store', { cause: new TypeError('inner') });
  expect(describeError(error)).toMatchObject({
    code: 'store_unavailable',
    cause: { kind: 'TypeError', message: 'inner' },
  });
  expect(describeError('text')).toEqual({ message: 'text' });
});
