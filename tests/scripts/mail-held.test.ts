import { UsageError } from '../../scripts/command-line.ts';
import { readHeld } from '../../scripts/mail-held.ts';

const ID = 'q1B_9-SampleLetterIdAA';
const DASHED = '-1B_9-SampleLetterIdAA';
/** As long as an id. */
const SLUG = 'clean-water-in-florida';

test('without a way a name is a campaign, also one that is as long as an id', () => {
  expect(SLUG).toHaveLength(ID.length);
  expect(readHeld([SLUG])).toEqual({ way: 'list', slug: SLUG, format: 'table' });
  expect(readHeld([SLUG, '--format', 'json'])).toEqual({ way: 'list', slug: SLUG, format: 'json' });
  expect(readHeld([])).toEqual({ way: 'list', slug: undefined, format: 'table' });
});

test('with a way it is an id, also one that begins with a dash, and each is taken once', () => {
  for (const way of ['show', 'release', 'refuse'] as const)
    for (const id of [ID, DASHED]) expect(readHeld([`--${way}`, id])).toEqual({ way, ids: [id] });
  expect(readHeld([ID, '--refuse', DASHED, ID])).toEqual({ way: 'refuse', ids: [ID, DASHED] });
});

test.each([
  [[DASHED], 'Say what to do'],
  [['one', 'two'], 'Name one campaign'],
  [['--show', 'clean-water'], "'clean-water' is no id"],
  [['--show', ID, DASHED], '--show takes the id of one e-mail'],
  [['--release'], '--release takes ids of e-mails'],
  [['--release', '--refuse', ID], 'Say one of'],
  [['--format', 'xml'], '--format'],
])('%j is not done, and it says why', (args, why) => {
  expect(() => readHeld(args)).toThrow(UsageError);
  expect(() => readHeld(args)).toThrow(why);
});
