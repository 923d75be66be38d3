import type { BillAction } from '../../server/bills/bill-record.ts';
import { bareCommittee } from '../../server/bills/committee-names.ts';
import { whereaboutsOf } from '../../server/bills/whereabouts.ts';
import type { OrgClassification } from '../../server/legislators/legislator.ts';
import { actions } from '../support/bill-actions.ts';
import { numbersFrom } from '../support/numbers-from.ts';
import { HAS_REAL_OPENSTATES, realReply } from '../support/stub-openstates.ts';

const where = (...lines: string[]) => whereaboutsOf('lower', actions(...lines));
const names = (...lines: string[]) => where(...lines).committees.map(({ name }) => name);
const referredTo = (name: string) => `13 lower referral-committee: Referred to ${name}`;
const RULES = referredTo('Rules');

test('a bill that was only filed is with its chamber, and no committee is known', () => {
  const filed = { chamber: 'lower', committees: [], passed: [], stage: 'filed' };
  expect(where()).toEqual(filed);
  expect(where('5 lower filing: Filed', '6 lower introduction reading-1: Introduced')).toEqual(filed);
});

(HAS_REAL_OPENSTATES ? test : test.skip)(
  'the real HB 419 of Florida (needs ../shared) has been in the Criminal Justice Subcommittee since November 18, 2025',
  () => {
    const file = 'rendered/bills-detail-fl-2026-HB419-all-includes.json';
    const reply = realReply(file) as {
      actions: (Pick<BillAction, 'date' | 'description' | 'classification'> & {
        organization: { classification: OrgClassification };
      })[];
    };
    const real = reply.actions.map(({ date, description, classification, organization }) => ({
      date,
      description,
      classification,
      chamber: organization.classification,
      committees: [],
    }));
    expect(whereaboutsOf('lower', real)).toEqual({
      chamber: 'lower',
      committees: [{ name: 'Criminal Justice Subcommittee', since: '2025-11-18' }],
      passed: [],
      stage: 'in_committee',
    });
  },
);

test.each([
  ['Referred to Judiciary Committee', ['Judiciary Committee']],
  ['Referred to the Committee on Rules', ['Committee on Rules']],
  ['Referred to Committee on Rules on 1/13/2026', ['Committee on Rules']],
  ['Referred to House Judiciary', ['Judiciary']],
  ['Referred to Criminal Justice; Judiciary; Rules', ['Criminal Justice', 'Judiciary', 'Rules']],
  ['Referred to Judiciary; Rules -SJ 45', ['Judiciary', 'Rules']],
  ['Referred to Judiciary Committee; read first time', ['Judiciary Committee']],
  ['Referred to Judiciary, then to Appropriations', ['Judiciary']],
  ['Referred to Judiciary (10 members)', ['Judiciary']],
  ['Referred to Judiciary pursuant to Rule 40', ['Judiciary']],
  ['Referred to Energy, Utilities and Labor', ['Energy, Utilities and Labor']],
  ['Read first time and referred to Veterans & Military Affairs.', ['Veterans & Military Affairs']],
  ['Re-referred to Finance', ['Finance']],
  ['Rereferred to Com. on APPR.', ['Committee on Appropriations']],
  ['Referred to Com. on PUB. S.', ['Committee on Public Safety']],
  ['Referred to Coms. on PUB. S. and APPR.', ['Committee on Public Safety']],
  ['Referred to Coms. on HEALTH and HUM. S.', ['Committee on HEALTH and HUM. S']],
  ['Referred to Com. on X.Y. & Z.', ['Committee on X.Y. & Z']],
  ['Amend, and re-refer to Com. on L. GOV. Read second time and amended.', ['Committee on Local Government']],
  ['Referred to JUD', ['JUD']],
  ['REFERRED TO COMMITTEE ON CIVIL RIGHTS', ['COMMITTEE ON CIVIL RIGHTS']],
  ['Refer to Committee: Judiciary', ['Judiciary']],
  ['Assigned to Judiciary - Criminal Committee', ['Judiciary - Criminal Committee']],
  ['Assigned to Health Committee', ['Health Committee']],
  ['Ref. to Commerce Committee', ['Commerce Committee']],
  ['REFERRED TO ELECTIONS', ['ELECTIONS']],
  ['Ref to the Com on Judiciary 2, if favorable, Rules', ['Committee on Judiciary 2']],
])('a referral in the words "%s" sends the bill to %j', (words, found) => {
  expect(names(`13 lower referral-committee: ${words}`)).toEqual(found);
  expect(where(`13 lower referral-committee: ${words}`).stage).toBe('in_committee');
});

test('the committees that OpenStates tells apart go before the words', () => {
  const [action] = actions('13 lower referral-committee: Sent where it belongs');
  const { committees } = whereaboutsOf('lower', [{ ...action!, committees: ['Judiciary', 'Rules'] }]);
  expect(committees).toEqual([
    { name: 'Judiciary', since: '2026-01-13' },
    { name: 'Rules', since: '2026-01-13' },
  ]);
});

test.each([
  'Referred to Committee',
  'Referred to the appropriate standing committee',
  'Referred to Calendar',
])('a referral in the words "%s" leaves the bill in a committee without a name', (words) => {
  expect(where(`13 lower referral-committee: ${words}`)).toMatchObject({
    committees: [],
    stage: 'in_committee',
  });
});

test.each(['Referred to Committee on Rules', 'Assigned to the Health Committee', 'Now in Judiciary'])(
  'without a class "%s" is a referral',
  (words) => {
    expect(names(`13 lower: ${words}`)).toHaveLength(1);
  },
);

test.each([
  'Referred to Governor',
  'Assigned to Chapter 12',
  'Now in Messages',
  'Motion to refer to Committee on Rules failed',
  'Assigned to Rep. Smith',
  'Printed',
])('without a class "%s" says nothing', (words) => {
  expect(where(`13 lower: ${words}`)).toMatchObject({ committees: [], stage: 'filed' });
});

describe('several committees', () => {
  test('all of one day have it, until Florida says which has it; the others have it when that one is done', () => {
    const referred = [referredTo('Crime Subcommittee'), referredTo('Judiciary Committee')];
    expect(names(...referred)).toEqual(['Crime Subcommittee', 'Judiciary Committee']);
    const now = [...referred, '14 lower: Now in Crime Subcommittee'];
    expect(where(...now).committees).toEqual([{ name: 'Crime Subcommittee', since: '2026-01-14' }]);
    const done = [...now, '20 lower committee-passage-favorable: Favorable by Crime Subcommittee'];
    expect(where(...done).committees).toEqual([{ name: 'Judiciary Committee', since: '2026-01-20' }]);
    const second = [
      ...done,
      '20 lower: Reported out of Crime Subcommittee',
      '21 lower: Now in Judiciary Committee',
    ];
    expect(where(...second).committees).toEqual([{ name: 'Judiciary Committee', since: '2026-01-21' }]);
    const last = [...second, '25 lower: Reported out of Judiciary Committee'];
    expect(where(...last)).toMatchObject({ chamber: 'lower', committees: [], stage: 'reported' });
  });

  test('the others keep it when one of them is done or loses it', () => {
    const both = [referredTo('Judiciary'), RULES];
    expect(names(...both, '20 lower committee-passage: Reported favorably by Committee on Rules')).toEqual([
      'Judiciary',
    ]);
    expect(names(...both, '20 lower withdrawal: Withdrawn from Judiciary')).toEqual(['Rules']);
  });

  test('all keep it when nobody says which of them is done', () => {
    expect(names(referredTo('Judiciary'), RULES, '20 lower committee-passage: Do pass')).toHaveLength(2);
  });

  test('one that waits and from which it is withdrawn has it no more', () => {
    expect(
      where(
        referredTo('Judiciary'),
        RULES,
        '14 lower: Now in Judiciary',
        '15 lower withdrawal: Withdrawn from Rules',
        '20 lower committee-passage-favorable: Favorable by Judiciary',
      ),
    ).toMatchObject({ committees: [], stage: 'reported' });
  });

  test('those that Florida puts in the place of others wait in their stead', () => {
    const corrected = [
      referredTo('Judiciary'),
      RULES,
      '14 lower: Now in Judiciary',
      '15 lower: Remaining references corrected: to Commerce Committee',
    ];
    expect(names(...corrected)).toEqual(['Judiciary']);
    expect(names(...corrected, '20 lower committee-passage: Favorable by Judiciary')).toEqual([
      'Commerce Committee',
    ]);
  });

  test('a referral on a later day, and one anew on the same day, take the place of those before', () => {
    expect(names(RULES, '20 lower referral-committee: Referred to Finance')).toEqual(['Finance']);
    expect(names(RULES, '13 lower referral-committee: Re-referred to Finance')).toEqual(['Finance']);
    expect(names(RULES, '13 lower referral-committee: Recommitted to Finance Committee')).toEqual([
      'Finance Committee',
    ]);
  });
});

describe('out of a committee', () => {
  test.each([
    '20 lower committee-passage-favorable: Favorable by Rules; YEAS 8 NAYS 0',
    '20 lower committee-passage: Reported by Committee on Rules',
    '20 lower committee-passage: Do pass as amended',
    '20 lower committee-passage-unfavorable: Ought not to pass',
    '20 - committee-passage: Reported favorably',
    '20 lower: Reported out of Rules',
    '20 lower: Discharged from Rules',
    '20 lower withdrawal: Withdrawn from Rules; placed on Calendar',
    '20 lower reading-3: Read third time',
    '20 lower: Bill added to Special Order Calendar (1/22/2026)',
  ])('"%s" ends it', (line) => {
    expect(where(RULES, line)).toEqual({ chamber: 'lower', committees: [], passed: [], stage: 'reported' });
  });

  test.each([
    '20 lower reading-2: Read second time',
    '20 lower: On Committee agenda, Rules, 1/22/2026, 9:00 am, 17 H',
    '20 lower committee-passage: Subcommittee recommends reporting (8-Y 0-N)',
    '20 lower committee-passage: Reported by Committee on Finance',
    '20 lower: Motion to discharge from Rules failed',
    '20 lower: Withdrawn from further agenda',
    '20 lower deferral: Temporarily postponed',
    '20 lower carried-over: Continued to 2027 in Rules',
    '20 lower amendment-passage: Amendment adopted',
    '20 lower amendment-withdrawal: Amendment withdrawn',
    '20 lower withdrawal: Co-sponsor withdrawn',
    '20 upper referral-committee: Referred to Rules, in concurrence',
  ])('"%s" does not', (line) => {
    expect(where(RULES, line)).toEqual(where(RULES));
  });

  test('what goes from one committee to the next in one action is with the next', () => {
    expect(
      names(RULES, '20 lower withdrawal referral-committee: Withdrawn from Rules and referred to Finance'),
    ).toEqual(['Finance']);
    expect(
      names(RULES, '20 lower committee-passage referral-committee: Do pass and be re-referred to Finance'),
    ).toEqual(['Finance']);
  });

  test('what goes back from the floor is in a committee again', () => {
    expect(
      where(
        RULES,
        '20 lower reading-3: Advanced to third reading',
        '22 lower referral-committee: Recommitted to Rules',
      ),
    ).toMatchObject({ committees: [{ name: 'Rules', since: '2026-01-22' }], stage: 'in_committee' });
  });
});

describe('passage', () => {
  const PASSED = '20 lower reading-3 passage: Read 3rd time; CS passed; YEAS 80, NAYS 30';

  test('by one chamber sends the bill to the other, whose committees then have it', () => {
    const passed = [{ chamber: 'lower', date: '2026-01-20' }];
    expect(where(RULES, PASSED)).toEqual({ chamber: 'upper', committees: [], passed, stage: 'passed_one' });
    const upper = [RULES, PASSED, '22 upper referral-committee: Referred to Judiciary; Rules'];
    const committees = ['Judiciary', 'Rules'].map((name) => ({ name, since: '2026-01-22' }));
    expect(where(...upper)).toEqual({ chamber: 'upper', committees, passed, stage: 'in_committee' });
    // A clerk's second line on the passage changes nothing.
    expect(where(...upper, '23 lower passage: Passed')).toEqual(where(...upper));
    expect(where(...upper, '23 lower referral-committee: Referred to Enrolling Committee')).toEqual(
      where(...upper),
    );
  });

  test('by both is passage by all, and stays so when the first says so once more', () => {
    const all = [RULES, PASSED, '25 upper passage: Passed; YEAS 30 NAYS 8'];
    const passed = [
      { chamber: 'lower', date: '2026-01-20' },
      { chamber: 'upper', date: '2026-01-25' },
    ];
    const expected = { chamber: undefined, committees: [], passed, stage: 'passed_all' };
    expect(where(...all)).toEqual(expected);
    expect(where(...all, '27 lower passage: Concurred, passed as amended')).toEqual(expected);
    expect(where(...all, '27 lower referral-committee: Referred to Rules')).toEqual(expected);
  });

  test('by a single chamber is passage by all', () => {
    const found = whereaboutsOf('legislature', actions('20 legislature passage: Passed on final reading'));
    expect(found).toMatchObject({ chamber: undefined, stage: 'passed_all' });
  });

  test.each([
    '20 - passage: Passed by a committee',
    '20 lower passage: Passed on First Consideration',
    '20 lower passage: Passed on Second Consideration, refer to Rules',
    '20 lower passage: Passed to engrossment',
    '20 lower passage: Passed by for the day',
    '20 lower passage: Passed over',
    '20 lower passage: Amendment 123 adopted',
    '20 lower passage: House passed amendment 3',
    '20 lower passage: Reported do pass',
    '20 lower passage: Motion to reconsider the vote by which it passed',
    '20 lower amendment-passage: Amendment passed',
    '20 lower: Passed',
    '20 legislature passage: Passed in joint committee',
  ])('"%s" is none', (line) => {
    expect(where(RULES, line)).toEqual(where(RULES));
  });

  test.each([
    'Amendment adopted; CS passed as amended; YEAS 80',
    'Passed House with amendments',
    'Read third time and passed House (98-Y 0-N)',
    'Third Reading - Passed',
    'Adopted',
  ])('"%s" is one', (words) => {
    expect(where(`20 lower passage: ${words}`).stage).toBe('passed_one');
  });

  test('is undone by a later failure in the same chamber, and made again by another passage', () => {
    const undone = [RULES, PASSED, '22 lower failure: Failed to pass'];
    expect(where(...undone)).toEqual({ chamber: undefined, committees: [], passed: [], stage: 'failed' });
    const passed = [{ chamber: 'lower', date: '2026-01-23' }];
    expect(where(...undone, '23 lower passage: Passed')).toMatchObject({ passed, stage: 'passed_one' });
  });

  test('of the first chamber stands when the second votes the bill down', () => {
    expect(where(PASSED, '25 upper failure: Failed to pass')).toMatchObject({
      passed: [{ chamber: 'lower', date: '2026-01-20' }],
      stage: 'failed',
    });
  });

  test('that nobody wrote down is not made up, but the bill is where a committee has it', () => {
    expect(where(RULES, '22 upper referral-committee: Referred to Judiciary')).toEqual({
      chamber: 'upper',
      committees: [{ name: 'Judiciary', since: '2026-01-22' }],
      passed: [],
      stage: 'in_committee',
    });
    expect(where(RULES, '22 upper passage: Passed')).toMatchObject({
      chamber: undefined,
      stage: 'passed_all',
    });
  });
});

describe('the end of a bill', () => {
  test.each([
    '20 lower failure: Died in Rules',
    '20 lower: Died in Rules',
    '20 lower committee-failure: Failed in committee',
    '20 lower failure: Defeated',
    '20 lower deferral: Laid on Table; companion bill passed, see SB 9002',
    '20 lower deferral: Substituted SB 9002; Laid on Table, refer to SB 9002',
    '20 lower: Tabled in Rules (5-Y 3-N)',
    '20 lower: Laid on the table',
    '20 lower: Passed by indefinitely in Rules',
    '20 lower withdrawal: Withdrawn prior to introduction',
    '20 lower withdrawal: Indefinitely postponed and withdrawn from consideration',
    '20 lower: Left in Rules',
  ])('"%s" is one', (line) => {
    expect(where(RULES, line)).toEqual({ chamber: undefined, committees: [], passed: [], stage: 'failed' });
  });

  test.each([
    '20 lower failure: Motion to suspend the rules failed',
    '20 lower failure: Amendment 3 failed',
    '20 lower failure: Emergency clause failed',
    '20 - failure: Failed to pass',
    '20 lower committee-failure: Subcommittee failed to recommend reporting',
    '20 lower committee-failure: Held in committee',
    '20 lower deferral: Amendment laid on the table',
    '20 lower deferral: Tabled pending further action',
    '20 lower: Motion to lay on the table failed',
  ])('"%s" is none', (line) => {
    expect(where(RULES, line)).toEqual(where(RULES));
  });

  test('a bill laid on the table after its committee, as Pennsylvania does with most, has not failed', () => {
    expect(
      where(RULES, '20 lower committee-passage: Reported as committed', '20 lower: Laid on the table'),
    ).toMatchObject({
      chamber: 'lower',
      stage: 'reported',
    });
  });

  test('a bill that comes back to a committee, a reading or a vote has not failed', () => {
    const failed = [RULES, '20 lower failure: Failed to pass'];
    expect(names(...failed, '22 lower referral-committee: Recommitted to Rules')).toEqual(['Rules']);
    expect(where(...failed, '22 lower reading-3: Read third time')).toMatchObject({
      chamber: 'lower',
      stage: 'reported',
    });
    expect(where(...failed, '22 lower: Returned to sponsor').stage).toBe('failed');
  });

  test('what passed one chamber and died on the way keeps its passage', () => {
    expect(where('20 lower passage: Passed', '29 lower failure: Died in Messages')).toMatchObject({
      passed: [{ chamber: 'lower', date: '2026-01-20' }],
      stage: 'failed',
    });
  });
});

describe('the governor', () => {
  const BOTH = ['20 lower passage: Passed', '21 upper passage: Passed'];
  test.each([
    '25 - executive-signature: Approved by Governor',
    '25 - became-law: Chapter No. 2026-12',
    '25 - became-law: Became law without Governor’s Signature',
    '25 -: Approved by Governor',
    '25 - executive-veto-line-item executive-signature: Signed by Governor with line item vetoes',
  ])('"%s" makes it law', (line) => {
    expect(where(...BOTH, line)).toMatchObject({ chamber: undefined, committees: [], stage: 'signed' });
  });

  test.each([
    '25 lower: Signed by Officers and presented to Governor',
    '25 lower executive-signature: Signed by the Speaker',
    '25 lower became-law: Sent to the Engrossing Department',
    '25 - executive-receipt: Presented to Governor',
  ])('"%s" does not', (line) => {
    expect(where(...BOTH, line).stage).toBe('passed_all');
  });

  test('a veto stands until all chambers have overridden it', () => {
    const vetoed = [...BOTH, '25 - executive-veto: Vetoed by Governor'];
    expect(where(...vetoed)).toMatchObject({ chamber: undefined, stage: 'vetoed' });
    const one = [...vetoed, '26 lower veto-override-passage: Veto overridden'];
    expect(where(...one).stage).toBe('vetoed');
    expect(where(...one, '26 lower veto-override-passage: Veto overridden').stage).toBe('vetoed');
    expect(where(...one, '27 upper veto-override-passage passage: Veto overridden').stage).toBe('signed');
    expect(where(...one, '27 upper veto-override-failure: Veto sustained').stage).toBe('vetoed');
    expect(where(...vetoed, '26 lower referral-committee: Referred to Rules').stage).toBe('vetoed');
  });

  test('nothing undoes a law', () => {
    const law = [...BOTH, '25 - executive-signature: Signed by Governor'];
    expect(
      where(...law, '26 lower failure: Failed', '26 lower referral-committee: Referred to Rules'),
    ).toEqual(where(...law));
  });
});

test.each([
  ['Committee on the Judiciary', 'Judiciary'],
  ['House Judiciary Committee', 'JUDICIARY'],
  ['Veterans & Military Affairs', 'Committee on Veterans and Military Affairs'],
  ['Educación', 'educacion committee'],
])('%s and %s are one committee', (one, other) => {
  expect(bareCommittee(one)).toBe(bareCommittee(other));
});

test('a committee and its subcommittee are two', () => {
  expect(bareCommittee('Criminal Justice Subcommittee')).not.toBe(
    bareCommittee('Criminal Justice Committee'),
  );
});

test('whatever happens in whatever order, what is said of the bill agrees with itself', () => {
  const random = numbersFrom(316);
  const pick = <One>(list: readonly One[]) => list[Math.floor(random() * list.length)]!;
  const happenings = [
    'referral-committee: Referred to Rules',
    'referral-committee: Referred to Judiciary; Finance',
    'referral-committee: Re-referred to Committee',
    'committee-passage: Favorable by Rules',
    'committee-passage: Do pass',
    'withdrawal: Withdrawn from Judiciary',
    'reading-3: Read third time',
    'passage: Passed',
    'passage: Passed as amended',
    'passage: Third reading; lost',
    'amendment-passage: Concurred in amendments',
    'passage: Conference report adopted',
    ': Returned to Senate',
    ': died in senate',
    ': By resolution, returned to House Rules Committee',
    'failure: Failed to pass',
    'failure: Died in Messages',
    'committee-failure: Failed in committee',
    'deferral: Laid on the table',
    'executive-veto: Vetoed by Governor',
    'veto-override-passage: Veto overridden',
    'executive-signature: Approved by Governor',
  ];
  const ENDED = ['passed_all', 'failed', 'signed', 'vetoed'];
  const seen = new Set<string>();
  for (let nth = 0; nth < 3000; nth += 1) {
    const lines = Array.from({ length: 1 + Math.floor(random() * 12) }, (_, index) => {
      // The governor's seldom, else little else would be seen.
      const happening = random() < 0.95 ? pick(happenings.slice(0, -3)) : pick(happenings);
      return `${1 + index} ${pick(['lower', 'lower', 'upper', 'upper', '-'])}${happening.startsWith(':') ? '' : ' '}${happening}`;
    });
    const { chamber, committees, passed, stage } = where(...lines);
    seen.add(stage);
    const passed_by = passed.map((one) => one.chamber);
    expect({ lines, is_nowhere: chamber === undefined }).toEqual({
      lines,
      is_nowhere: ENDED.includes(stage),
    });
    expect({ lines, is_held: committees.length > 0 && stage !== 'in_committee' }).toEqual({
      lines,
      is_held: false,
    });
    expect({
      lines,
      is_back: chamber !== undefined && stage !== 'to_agree' && passed_by.includes(chamber),
    }).toEqual({
      lines,
      is_back: false,
    });
    expect(new Set(passed_by).size).toBe(passed_by.length);
    expect(new Set(committees.map(({ name }) => bareCommittee(name))).size).toBe(committees.length);
  }
  expect([...seen].toSorted()).toEqual(
    [
      'failed',
      'filed',
      'in_committee',
      'passed_all',
      'passed_one',
      'reported',
      'signed',
      'to_agree',
      'vetoed',
    ].toSorted(),
  );
});
