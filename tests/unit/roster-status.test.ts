import { statusRows, statusText } from '../../scripts/roster-status.ts';
import { correctRosters } from '../../server/legislators/corrected-rosters.ts';
import { createRoster } from '../../server/legislators/roster.ts';
import { madeUpRoster } from '../fixtures/people/made-up-roster.ts';

test.each([
  ['2026-08-05', null, '2026-11-03', /\(112 days old; an election has passed since, on 2026-11-03\)/],
  ['2026-11-24', '2026-11-03', null, /\(1 day old; the election of 2026-11-03 may not be in it yet/],
])('a roster of %s says what the last election means for it', (as_of, unseen, passed, says) => {
  const made = { ...madeUpRoster([{ chamber: 'lower', district: '1', members: ['Ada Oak'] }]), as_of };
  const place = { roster: createRoster(made), boundaries: undefined };
  const now = () => new Date('2026-11-25T17:00:00Z');
  const rosters = correctRosters({
    rosters: { get: (state) => (state === 'fl' ? place : undefined) },
    corrections: () => ({ corrections: [], faults: [], hints: [], is_unreadable: false }),
    now,
  });
  const rows = statusRows(rosters, now);
  expect(rows).toMatchObject([{ state: 'fl', election_unseen: unseen, election_passed: passed }]);
  expect(statusText(rows, now)).toMatch(says);
});
