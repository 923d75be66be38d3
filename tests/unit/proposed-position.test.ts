import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { OfficeReply } from '../../server/actions/office-reply.ts';
import {
  FEWEST_ALIKE,
  MOST_OTHERWISE,
  PROPOSAL_DAYS,
  proposedPosition,
} from '../../server/actions/proposed-position.ts';
import { campaignFileSchema } from '../../server/campaigns/campaign-schema.ts';

const TODAY = '2026-11-24';
const SESSION = '2026';

/** Answers as they are kept: '3 supports', or '3 supports 2026-11-01' for another day than today. */
const proposedOf = (...heard: string[]) =>
  proposedPosition(
    heard.map((one) => {
      const [count, reply, day = TODAY] = one.split(' ');
      return { legislator_id: 'ocd-person/1', day, reply: reply as OfficeReply, replies: Number(count) };
    }),
    { session: SESSION, today: TODAY },
  );

test.each([
  [['3 supports'], 'says_support'],
  [['3 opposes'], 'says_oppose'],
  [['3 undecided'], 'undecided'],
  [['9 would_not_say'], undefined],
  [['2 supports'], undefined],
  [['2 supports', '1 supports 2026-11-20'], 'says_support'],
  [['3 supports', '1 opposes'], 'says_support'],
  [['3 supports', '1 would_not_say', '1 opposes'], undefined],
  [['5 supports', '2 would_not_say'], undefined],
  [['6 supports', '2 would_not_say'], 'says_support'],
  [['2 supports', '1 supports 2026-10-26'], 'says_support'],
  [['2 supports', '1 supports 2026-10-25'], undefined],
  [['3 supports', '9 opposes 2026-10-25'], 'says_support'],
  [[], undefined],
])('of %j the position proposed is %s', (heard, position) => {
  expect(proposedOf(...heard)?.position).toBe(position);
});

test('the lines to paste make a position once a source is filled in, and a fault until then', () => {
  const { yaml, ...proposed } = proposedOf('2 supports 2026-11-20', '1 supports 2026-11-22', '1 opposes')!;
  expect(proposed).toEqual({
    person_id: 'ocd-person/1',
    position: 'says_support',
    session: SESSION,
    date: '2026-11-22',
    alike: 3,
    answers: 4,
  });
  const whole = `
title: Water
summary: We ask for clean water.
jurisdiction_id: ocd-jurisdiction/country:us/state:fl/government
bills: [{identifier: SB 1, session: "2026", chamber: upper}]
ask: support
goal: 100
positions:
${yaml.replace('ocd-person/1', 'ocd-person/00000000-0000-0000-0000-000000000001')}`;
  const faults = campaignFileSchema.safeParse(parse(whole)).error!.issues.map(({ path }) => path.join('.'));
  expect(faults).toEqual(['positions.0.source']);
  const filled = whole.replace(/# source: .*/, 'source: https://example.org/statement');
  expect(campaignFileSchema.safeParse(parse(filled)).data?.positions).toMatchObject([
    {
      position: 'says_support',
      session: '2026',
      date: '2026-11-22',
      source: 'https://example.org/statement',
    },
  ]);
});

test('the guide tells organizers the numbers that hold', () => {
  const guide = readFileSync('campaigns/MORE.md', 'utf8').replaceAll(/\s+/g, ' ');
  expect(MOST_OTHERWISE).toBe(0.25);
  expect(guide).toContain(
    `Where at least ${FEWEST_ALIKE} calls within the last ${PROPOSAL_DAYS} days heard the same, and no more than a quarter of those days' answers were others, it proposes a position`,
  );
});
