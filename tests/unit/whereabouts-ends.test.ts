import { whereaboutsOf } from '../../server/bills/whereabouts.ts';
import { actions } from '../support/bill-actions.ts';

const where = (...lines: string[]) => whereaboutsOf('lower', actions(...lines));
const RULES = '2 lower referral-committee: Referred to Rules';
const DEAD = { chamber: undefined, committees: [], passed: [], stage: 'failed' };

describe('what OpenStates classes as passage', () => {
  test.each([
    'Failed to pass House (Y-40 N-60)',
    'Third reading; lost; yeas 30, nays 60',
    'Read third time and failed to pass',
    'Not passed',
    'Bill rejected on third reading',
    'Motion to pass failed',
    'Amendment adopted; bill defeated',
    'Passage failed 30-70',
  ])('is a defeat in the words "%s"', (words) => {
    expect(where(RULES, `20 lower passage: ${words}`)).toEqual(DEAD);
    expect(where(RULES, `20 lower passage failure: ${words}`)).toEqual(DEAD);
  });

  test.each([
    'Ought to Pass: MF RC 150-200 02/19/2026',
    'Ought to Pass with Amendment 2026-0123h: MF RC 150-200',
    'Amendment 3 failed',
    'Motion to reconsider failed',
    'Passed; vote lost on the record',
    'Emergency clause failed',
  ])('says nothing of the bill in the words "%s"', (words) => {
    expect(where(RULES, `20 lower passage: ${words}`)).toEqual(where(RULES));
  });

  test.each([
    'Passed; motion to lay on the table lost',
    'Amendment rejected; passed',
    'Third reading, passed; emergency clause failed',
    'Ought to Pass: MA RC 200-150 02/19/2026 HJ 5',
    'Ought to Pass with Amendment 2026-0123h: MA VV',
  ])('is passage in the words "%s"', (words) => {
    expect(where(RULES, `20 lower passage: ${words}`).stage).toBe('passed_one');
  });
});

describe('New York', () => {
  const FIRST_YEAR = [
    '2 lower referral-committee: referred to codes',
    '5 lower passage: passed assembly',
    '5 lower: delivered to senate',
    '6 upper referral-committee: REFERRED TO CODES',
  ];
  const BACK = [...FIRST_YEAR, '8 upper:  DIED IN SENATE', '8 lower: returned to assembly'];

  test('a bill that died in the second chamber and came back lives in the first, and has passed none', () => {
    expect(where(...FIRST_YEAR, '8 lower: died in senate').stage).toBe('failed');
    const alive = { chamber: 'lower', committees: [], passed: [], stage: 'reported' };
    expect(where(...BACK)).toEqual(alive);
    expect(where(...BACK, '9 lower: ordered to third reading cal.300')).toEqual(alive);
  });

  test('it can then be in committee, and pass both', () => {
    expect(where(...BACK, '9 lower referral-committee: referred to codes')).toEqual({
      chamber: 'lower',
      committees: [{ name: 'codes', since: '2026-01-09' }],
      passed: [],
      stage: 'in_committee',
    });
    const again = [...BACK, '12 lower passage: passed assembly', '14 upper passage: PASSED SENATE'];
    expect(where(...again)).toMatchObject({
      passed: [
        { chamber: 'lower', date: '2026-01-12' },
        { chamber: 'upper', date: '2026-01-14' },
      ],
      stage: 'passed_all',
    });
  });

  test('it lives as well where nobody wrote down that it came back', () => {
    expect(
      where(...FIRST_YEAR, '8 lower: died in senate', '9 lower: ordered to third reading cal.300'),
    ).toEqual({ chamber: 'lower', committees: [], passed: [], stage: 'reported' });
  });

  test('what the second chamber takes up again after it died there has still passed the first', () => {
    const taken_up = [
      ...FIRST_YEAR,
      '8 upper: DIED IN SENATE',
      '9 upper referral-committee: REFERRED TO CODES',
    ];
    expect(where(...taken_up, '10 lower referral-committee: referred to rules')).toEqual({
      chamber: 'upper',
      committees: [{ name: 'CODES', since: '2026-01-09' }],
      passed: [{ chamber: 'lower', date: '2026-01-05' }],
      stage: 'in_committee',
    });
  });

  test('what was voted down in the second chamber and came back is dead', () => {
    const down = [...FIRST_YEAR, '8 upper failure: Defeated'];
    expect(where(...down, '8 lower: returned to assembly')).toEqual(where(...down));
  });

  test.each(['enacting clause stricken', 'recommitted, enacting clause stricken'])(
    '"%s" ends it',
    (words) => {
      expect(where(RULES, `20 lower: ${words}`)).toEqual(DEAD);
    },
  );
});

describe('Washington', () => {
  const PASSED = '5 lower reading-3 passage: Third reading, passed; yeas, 60; nays, 38';
  const SENT = '6 upper reading-1 referral-committee: First reading, referred to Law & Justice.';
  const BACK = '9 upper: By resolution, returned to House Rules Committee for third reading.';

  test('a bill that a resolution returns is with the committee that it names, and must pass again', () => {
    const back = {
      chamber: 'lower',
      committees: [{ name: 'Rules Committee', since: '2026-01-09' }],
      passed: [],
      stage: 'in_committee',
    };
    expect(where(PASSED, SENT, BACK)).toEqual(back);
    expect(where(PASSED, SENT, '8 upper passage: Passed as amended', BACK)).toEqual(back);
    expect(where(PASSED, SENT, BACK, '10 lower: By resolution, reintroduced and retained')).toEqual(back);
  });
});

describe('New Hampshire', () => {
  test.each([
    'Committee Report: Inexpedient to Legislate 02/10/2026 (Vote 16-0; CC)',
    'Majority Committee Report: Inexpedient to Legislate',
  ])('after "%s" the whole House decides', (words) => {
    expect(where(RULES, `20 lower committee-failure: ${words}`)).toMatchObject({
      chamber: 'lower',
      committees: [],
      stage: 'reported',
    });
  });

  test.each([
    'committee-failure: Minority Committee Report: Inexpedient to Legislate',
    'committee-passage: Minority Committee Report: Ought to Pass',
    'failure: Inexpedient to Legislate: MF RC 150-200',
  ])('"%s" decides nothing', (words) => {
    expect(where(RULES, `20 lower ${words}`)).toEqual(where(RULES));
  });

  test.each([
    '20 lower: Inexpedient to Legislate: MA VV 02/19/2026',
    '20 lower failure: Inexpedient to Legislate, MA, VV === BILL KILLED ===; 04/23/2026',
  ])('"%s" ends it', (line) => {
    expect(where(RULES, line)).toEqual(DEAD);
  });

  test('a bill whose report the House took, and which it then refers, is in its next committee', () => {
    const taken = [RULES, '20 lower passage: Ought to Pass with Amendment 2026-0123h: MA VV'];
    expect(where(...taken, '20 lower referral-committee: Referred to Finance 02/19/2026 HJ 5')).toEqual({
      chamber: 'lower',
      committees: [{ name: 'Finance', since: '2026-01-20' }],
      passed: [],
      stage: 'in_committee',
    });
    const sent = [...taken, '21 upper referral-committee: Introduced and Referred to Judiciary; SJ 6'];
    expect(where(...sent, '22 lower referral-committee: Referred to Finance')).toEqual(where(...sent));
  });
});

describe('Virginia', () => {
  const BOTH = ['5 lower passage: Passed House', '6 upper passage: Passed Senate'];

  test('the governor’s recommendation is no veto', () => {
    const recommended = "9 - executive-veto: Governor's recommendation received by House";
    expect(where(...BOTH, recommended)).toEqual(where(...BOTH));
    expect(where(...BOTH, '9 - executive-veto: Returned with amendments').stage).toBe('passed_all');
  });

  test.each([
    'Governor Amendatory Veto',
    'Pocket veto',
    'Returned without approval',
    'Item vetoed; recommendation attached',
  ])('"%s" of the class of vetoes is one', (words) => {
    expect(where(...BOTH, `9 - executive-veto: ${words}`).stage).toBe('vetoed');
  });

  test.each([
    'Stricken from docket by Finance (22-Y 0-N)',
    'Stricken from House calendar',
    'Stricken at the request of Patron in Finance',
  ])('"%s" ends it', (words) => {
    expect(where(RULES, `20 lower: ${words}`)).toEqual(DEAD);
  });
});

describe('Illinois', () => {
  test.each([
    'referral-committee: House Committee Amendment No. 1 Referred to Executive Committee',
    'amendment-introduction referral-committee: House Floor Amendment No. 2 Rules Refers to Executive Committee',
    'committee-passage: House Floor Amendment No. 1 Recommends Be Adopted Rules Committee; 010-005-000',
    'committee-passage: Senate Committee Amendment No. 1 Adopted in Rules',
    'committee-failure: House Committee Amendment No. 1 Failed in Rules',
    'reading-3: Amendment 3 read a third time',
  ])('"%s" moves an amendment, not the bill', (words) => {
    expect(where(RULES, `20 lower ${words}`)).toEqual(where(RULES));
  });

  test('what an action says of the bill after an amendment counts', () => {
    expect(
      where(RULES, '20 lower referral-committee: Amendment adopted; referred to Finance').committees,
    ).toEqual([{ name: 'Finance', since: '2026-01-20' }]);
  });
});

describe('California', () => {
  const APPR = '5 lower referral-committee: Re-referred to Com. on APPR.';

  test.each([
    '9 lower referral-committee: In committee: Set, first hearing. Referred to APPR. suspense file.',
    '9 lower referral-committee: Referred to suspense file.',
    '9 lower committee-failure: In committee: Failed passage. Reconsideration granted.',
  ])('"%s" leaves the bill where it was, since the same day', (line) => {
    expect(where(APPR, line)).toEqual(where(APPR));
    expect(where(APPR).committees).toEqual([{ name: 'Committee on Appropriations', since: '2026-01-05' }]);
  });

  test('the suspense file of a committee that nobody named before is no committee of that name', () => {
    expect(
      where('9 lower referral-committee: Referred to APPR. suspense file.').committees.map(
        ({ name }) => name,
      ),
    ).toEqual(['Appropriations']);
  });

  test('a committee that sends the bill to the next in the same action is done with it', () => {
    expect(
      where(
        '2 lower referral-committee: Referred to Com. on PUB. S.',
        '5 lower committee-passage: From committee: Do pass and re-refer to Com. on APPR. (Ayes 7. Noes 2.)',
      ).committees,
    ).toEqual([{ name: 'Committee on Appropriations', since: '2026-01-05' }]);
  });
});

test('what Texas files without the signature of the governor is law', () => {
  expect(
    where('5 lower passage: Passed', '6 upper passage: Passed', "9 -: Filed without the Governor's signature")
      .stage,
  ).toBe('signed');
});
