import { NOTHING_KNOWN } from '../../server/bills/known-bills.ts';
import type { Position, PositionName } from '../../server/bills/position.ts';
import type { CampaignWarning } from '../../server/campaigns/campaign-warning.ts';
import { disagreements } from '../../server/campaigns/disagreements.ts';
import { namesPeople, peopleWarnings } from '../../server/campaigns/people-warnings.ts';
import { positionWarnings } from '../../server/campaigns/position-warnings.ts';
import { createRoster } from '../../server/legislators/roster.ts';
import { rollCall } from '../fixtures/bills/made-up-record.ts';
import { madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';
import { type MadeUpBill, madeUpKnown } from '../fixtures/campaigns/made-up-known.ts';
import { madeUpRoster } from '../fixtures/people/made-up-roster.ts';

const TODAY = '2026-03-20';
const roster = createRoster(
  madeUpRoster([
    { chamber: 'upper', district: '1', members: ['Ada Sample'] },
    { chamber: 'lower', district: '2', members: ['Ben Sample'] },
  ]),
);
const [ADA, BEN] = roster.legislators.map(({ id }) => id) as [string, string];
const GONE = 'ocd-person/7d7c9b46-5ad3-4f7e-9b0e-1f6f1a0c55aa';

/** 'sponsor', or 'sponsor 2026-02-01'. */
function position(stated: string, special: Partial<Position> = {}): Position {
  const [name, date = '2026-02-01'] = stated.split(' ');
  const source = 'https://example.org/proof';
  return { person_id: ADA, position: name as PositionName, session: '2026', date, source, ...special };
}
const inLines = (warnings: CampaignWarning[]) =>
  warnings.map(({ path, message }) => `${path.join('.')}: ${message}`);

/** What is told where campaign.yaml has the positions of one list and OpenStates those of another. */
function told(by_hand: Position[], synced: Position[], bills: MadeUpBill[] = []): string[] {
  const known = madeUpKnown(bills, synced);
  return inLines(disagreements(madeUpCampaign({ positions: by_hand }), known, TODAY));
}

test('the same by hand and from OpenStates is no disagreement, nor is what another says, or of another session', () => {
  expect(told([position('sponsor')], [position('sponsor 2025-11-03')])).toEqual([]);
  expect(told([position('sponsor')], [])).toEqual([]);
  expect(told([], [position('sponsor')])).toEqual([]);
  expect(told([position('sponsor')], [position('voted_no', { person_id: BEN })])).toEqual([]);
  expect(told([position('sponsor')], [position('voted_no', { session: '2025' })])).toEqual([]);
});

test('another position of the same stance is told with both days and the source, and which counts', () => {
  expect(told([position('says_support')], [position('cosponsor 2026-01-15', { bill: 'SB 1' })])).toEqual([
    "positions.0.position: campaign.yaml says 'says_support' on 2026-02-01, OpenStates says 'cosponsor' on 2026-01-15 on SB 1 (https://example.org/proof). What campaign.yaml says counts. Look at the source, and change it or take it out if it no longer holds.",
  ]);
});

test('another stance, and what came later, is told more strongly', () => {
  const [earlier] = told([position('sponsor')], [position('voted_no 2026-01-15')]);
  const [later] = told([position('sponsor')], [position('voted_no 2026-03-02')]);
  for (const warning of [earlier, later])
    expect(warning).toContain(" the stance is 'ally' by campaign.yaml, 'opponent' by OpenStates.");
  expect(earlier).not.toContain('after that day');
  expect(later).toContain(' OpenStates tells of what came after that day. What campaign.yaml says counts.');
});

test('only the latest telling position of each is compared: once for each person and session', () => {
  const synced = [
    position('sponsor 2026-01-13'),
    position('voted_no 2026-03-02'),
    position('not_voting 2026-03-09'),
  ];
  const [warning, ...others] = told([position('undecided 2026-01-20'), position('says_support')], synced);
  expect(others).toEqual([]);
  expect(warning).toMatch(
    /^positions\.1\.position: .*'says_support' .* OpenStates says 'voted_no' on 2026-03-02/,
  );
  // Whoever wrote down the same vote knows of it.
  expect(told([position('voted_no 2026-03-02'), position('says_support 2026-03-10')], synced)).toEqual([]);
  // Who missed the vote may have said something all the same, but can't have voted.
  expect(told([position('says_support')], [position('not_voting 2026-03-09')])).toEqual([]);
  expect(told([position('voted_yes')], [position('not_voting 2026-03-09')])).toHaveLength(1);
  // Sitting on the committee stands beside whatever else is said.
  expect(told([position('says_support')], [position('on_committee')])).toEqual([]);
});

const RULES = [{ name: 'Rules', since: '2026-01-20' }];
const in_rules = (identifier: string, members?: string[]): MadeUpBill => ({
  identifier,
  stage: 'in_committee',
  committees: RULES,
  ...(members ? { members } : {}),
});

test.each<[what: string, bills: MadeUpBill[], bill?: string | undefined]>([
  ['lists them', [in_rules('SB 1', [ADA]), in_rules('HB 2', [BEN])]],
  ['does not know the members', [in_rules('SB 1'), in_rules('HB 2', [BEN])]],
  ['does not know the other bill', [in_rules('SB 1', [BEN])]],
  ['knows no committee', [{ identifier: 'SB 1' }, in_rules('HB 2', [BEN])]],
  ['says that the bill died there', [{ identifier: 'SB 1', stage: 'failed' }], 'SB 1'],
  [
    'says that it has passed before',
    [{ identifier: 'SB 1', stage: 'passed_one', passed: [{ chamber: 'upper', date: '2026-01-31' }] }],
    'SB 1',
  ],
])('on_committee by hand is not doubted where OpenStates %s', (_, bills, bill = undefined) => {
  expect(told([position('on_committee', { bill })], [], bills)).toEqual([]);
});

test('on_committee by hand is told where OpenStates lists others, or the bill has left its committee', () => {
  const others = told([position('on_committee', { bill: 'S.B. 1' })], [], [in_rules('SB 1', [BEN])]);
  expect(others).toEqual([
    'positions.0.position: OpenStates does not list them on the committee that has the bill (Rules since 2026-01-20; https://example.org/SB1). What campaign.yaml says counts. Look whether they sit on it still.',
  ]);
  const passed = [{ chamber: 'lower' as const, date: '2026-03-02' }];
  const out = told(
    [position('on_committee')],
    [],
    [
      { identifier: 'SB 1', stage: 'reported' },
      { identifier: 'HB 2', stage: 'passed_one', passed },
    ],
  );
  expect(out).toEqual([
    'positions.0.position: By OpenStates no committee has the bill any more (SB 1 has left committee, HB 2 has passed one chamber; https://example.org/SB1). What campaign.yaml says counts. Take this position out.',
  ]);
  // What was so in an earlier session stays so.
  const before = { session: '2025', bill: 'SB 1' };
  expect(
    told(
      [position('on_committee', before)],
      [],
      [{ identifier: 'SB 1', session: '2025', stage: 'reported' }],
    ),
  ).toEqual([]);
});

test('passed by hand is told where OpenStates says another chamber or day', () => {
  const bills = (passed: { chamber: 'upper' | 'lower'; date: string }[]) => [
    {
      identifier: 'SB 1',
      session: '2026',
      chamber: 'upper' as const,
      roll_calls: [],
      passed: passed.map((one) => ({ ...one, source: 'https://example.org' })),
    },
  ];
  const upper = { chamber: 'upper' as const, date: '2026-03-02' };
  const known = madeUpKnown([{ identifier: 'SB 0001', stage: 'passed_one', passed: [upper] }]);
  const of = (passed: { chamber: 'upper' | 'lower'; date: string }[]) =>
    inLines(disagreements(madeUpCampaign({ bills: bills(passed) }), known, TODAY));
  expect(of([upper])).toEqual([]);
  expect(of([])).toEqual([
    "bills.0.passed: Chambers that have passed SB 1: campaign.yaml says none, OpenStates says upper on 2026-03-02 (https://example.org/SB0001). What campaign.yaml says counts. Take 'passed' out where OpenStates is right.",
  ]);
  expect(of([{ ...upper, date: '2026-03-03' }])).toHaveLength(1);
  expect(inLines(disagreements(madeUpCampaign({ bills: bills([]) }), NOTHING_KNOWN, TODAY))).toEqual([]);
  expect(inLines(disagreements(madeUpCampaign(), known, TODAY))).toEqual([]);
});

test('a position of a day to come is told; one of today is not', () => {
  const positions = [position(`sponsor ${TODAY}`), position('sponsor 2026-03-21')];
  expect(inLines(positionWarnings(madeUpCampaign({ positions }), NOTHING_KNOWN, TODAY))).toEqual([
    'positions.1.date: This day is still to come: in the state it is 2026-03-20. Write the day on which it happened.',
  ]);
});

test('a position on a bill that is none of the campaign’s, nor a companion of theirs, is told with the one that was meant', () => {
  const on = (bill: string, session = '2026') => position('sponsor', { bill, session });
  const positions = [on('S.B. 0001'), on('SB 1', '2025'), on('SB 11'), on('HB 77'), on('HB 9')];
  const known = madeUpKnown([{ identifier: 'HB 77' }]);
  expect(inLines(positionWarnings(madeUpCampaign({ positions }), known, TODAY))).toEqual([
    "positions.2.bill: 'SB 11' is none of the campaign's bills of 2026. Did you mean 'SB 1'? They are: SB 1, HB 2.",
    "positions.4.bill: 'HB 9' is none of the campaign's bills of 2026. Did you mean 'HB 2'? They are: SB 1, HB 2.",
  ]);
});

test('people who are no members are told, and what follows: nobody is asked, or nothing', () => {
  const reason = { en: 'Chairs the committee.' };
  const campaign = madeUpCampaign({
    positions: [
      position('sponsor'),
      position('sponsor', { person_id: GONE }),
      position('voted_no', { person_id: GONE }),
    ],
    targets: {
      extra: [
        { person_id: BEN, reason },
        { person_id: GONE, reason },
      ],
      fallback: { person_id: `${ADA}x`, reason },
    },
  });
  expect(inLines(peopleWarnings(campaign, NOTHING_KNOWN, roster))).toEqual([
    'targets.extra.1.person_id: No member of the legislature has this id, as of 2026-08-05. Nobody is asked in their place.',
    `targets.fallback.person_id: No member of the legislature has this id, as of 2026-08-05. Did you mean '${ADA}'? Nobody is asked in their place.`,
    'positions.1.person_id: No member of the legislature has this id, as of 2026-08-05. They may have left; nothing depends on it.',
  ]);
  expect(namesPeople(campaign)).toBe(true);
  expect(namesPeople(madeUpCampaign())).toBe(false);
});

test('committee: current is told of each chamber in which nobody knows the members: then everyone there is asked', () => {
  const of = (bills: MadeUpBill[], positions: Position[] = []) =>
    peopleWarnings(
      madeUpCampaign({ positions, targets: { committee: 'current' } }),
      madeUpKnown(bills),
      roster,
    );
  expect(inLines(of([]))).toEqual([
    'targets.committee: Nobody here knows who sits on the committee that has the bill (upper, lower), so everyone in the chamber is asked. Run npm run campaign -- sync clean-water, or name the members under positions as on_committee, of session 2026.',
  ]);
  expect(of([in_rules('SB 1'), in_rules('HB 2')])).toHaveLength(1);
  const of_the_house = [
    expect.objectContaining({ message: expect.stringContaining('the bill (lower), so') }),
  ];
  expect(of([in_rules('SB 1', [ADA])])).toEqual(of_the_house);
  expect(of([in_rules('SB 1', [ADA]), in_rules('HB 2', [BEN])])).toEqual([]);
  expect(of([], [position('on_committee')])).toEqual(of_the_house);
  expect(of([], [position('on_committee', { session: '2025' })])).toHaveLength(1);
  // Before the whole Senate, everyone there decides.
  expect(of([{ identifier: 'SB 1', stage: 'reported' }, in_rules('HB 2', [BEN])])).toEqual([]);
  expect(peopleWarnings(madeUpCampaign(), NOTHING_KNOWN, roster)).toEqual([]);
});

test('whoever is named in a chamber that has passed the bill is told: nobody is asked to contact them', () => {
  const reason = { en: 'Chairs the committee.' };
  const named = (person_id: string) => ({ person_id, reason });
  const campaign = madeUpCampaign({ targets: { extra: [named(ADA)], fallback: named(BEN) } });
  const known = madeUpKnown([
    {
      identifier: 'SB 1',
      chamber: 'lower',
      passed: [{ chamber: 'upper', date: '2026-03-01' }],
      stage: 'passed_one',
    },
  ]);
  // The House has the Senate's bill before it.
  expect(inLines(peopleWarnings(campaign, known, roster))).toEqual([
    'targets.extra.0.person_id: Ada Sample sits in a chamber that has passed the bill, so nobody is asked to contact them now.',
  ]);
});

test('a passage of a day to come is told', () => {
  const passed = ['2026-03-20', '2027-03-18'].map((date) => ({
    chamber: 'upper' as const,
    date,
    source: 'https://example.org',
  }));
  const campaign = madeUpCampaign();
  const bills = campaign.bills.map((bill) => ({ ...bill, passed }));
  expect(inLines(positionWarnings({ ...campaign, bills: [bills[0]!] }, NOTHING_KNOWN, TODAY))).toEqual([
    'bills.0.passed.1.date: This day is still to come: in the state it is 2026-03-20. Until then the chamber is taken not to have passed the bill.',
  ]);
});

test('a session that the campaign does not know is told, but for a past one whose bill is named', () => {
  const of = (session: string, bill?: string) => position('sponsor', { session, bill });
  const positions = [of('2025'), of('2025', 'SB 9'), of('2062'), of('2062', 'SB 1')];
  expect(inLines(positionWarnings(madeUpCampaign({ positions }), NOTHING_KNOWN, TODAY))).toEqual([
    "positions.0.session: The campaign names no bill of the session '2025'. Did you mean '2026'? Correct it, or say by 'bill' which bill of that session it was.",
    "positions.2.session: The campaign names no bill of the session '2062'. Did you mean '2026'? Correct it.",
    "positions.3.session: The campaign names no bill of the session '2062'. Did you mean '2026'? Correct it.",
  ]);
});

test('a roll call that OpenStates does not have is told', () => {
  const known = madeUpKnown([{ identifier: 'SB 1' }]);
  known.bills[0]!.record.roll_calls = [rollCall({ identifier: 'SV 12' })];
  const campaign = madeUpCampaign();
  const bills = [{ ...campaign.bills[0]!, roll_calls: ['sv12', 'SV 99'] }];
  expect(inLines(disagreements({ ...campaign, bills }, known, TODAY))).toEqual([
    "bills.0.roll_calls.1: OpenStates has no roll call 'SV 99' of SB 1, so it counts for nothing. Did you mean 'SV 12'? npm run campaign -- sync shows their names.",
  ]);
  expect(disagreements({ ...campaign, bills }, NOTHING_KNOWN, TODAY)).toEqual([]);
});
