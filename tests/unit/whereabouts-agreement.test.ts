import { whereaboutsOf } from '../../server/bills/whereabouts.ts';
import { actions } from '../support/bill-actions.ts';

const where = (...lines: string[]) => whereaboutsOf('lower', actions(...lines));

const HOUSE = '10 lower passage: Third Reading - Passed';
const SENATE = '20 upper passage: Third Reading - Passed';
const AMENDED = '20 upper passage: Passed as amended; YEAS 30 NAYS 8';
const PASSED = [
  { chamber: 'lower', date: '2026-01-10' },
  { chamber: 'upper', date: '2026-01-20' },
];
const TO_AGREE = { chamber: 'lower', committees: [], passed: PASSED, stage: 'to_agree' };
const BY_ALL = { chamber: undefined, committees: [], passed: PASSED, stage: 'passed_all' };

describe('a bill that the second chamber passes', () => {
  test.each([
    'Passed as amended; YEAS 30 NAYS 8',
    'Amendment adopted; CS passed as amended',
    'Senate Passed/Adopted By Substitute',
    'Passed Senate with substitute (40-Y 0-N)',
    'Passed Senate with amendments (40-Y 0-N)',
    'Passed w/ amendments',
    'Ought to Pass with Amendment #2026-1111s, MA, VV; OT3rdg',
    'Read a third time and concurred in as amended',
    'Senate Passed as Amended by House Amendment Schedule A and Senate Amendment Schedule B',
    'Passed as amended, in non-concurrence',
  ])('in the words "%s" is with the first, which must agree', (words) => {
    expect(where(HOUSE, `20 upper passage: ${words}`)).toEqual(TO_AGREE);
  });

  test.each([
    'Passed',
    'Third Reading - Passed; 040-015-000',
    'Read third time. Passed. Ordered to the Assembly.',
    'Passed without amendment',
    'Read a third time and concurred in',
    'Read by title, passed, and ordered returned to the House.',
    'Senate Passed as Amended by House Amendment Schedule A',
    'Passed to be enacted as amended by Committee Amendment A, in concurrence',
  ])('in the words "%s" has passed all', (words) => {
    expect(where(HOUSE, `20 upper passage: ${words}`)).toEqual(BY_ALL);
  });

  test.each([
    '21 lower: In Assembly. Concurrence in Senate amendments pending.',
    '21 lower: Placed on Calendar Order of Concurrence Senate Amendment(s) 1',
    '21 lower: Assembly refused to concur in Senate amendments. To conference committee.',
    '21 lower: House refuses to concur in Senate amendments',
    '21 lower failure: House fails to concur in Senate amendments',
    '21 lower: House Non-Concurs with Senate Amendment 2026-1111s',
    '21 lower: House Disagreed Senate Amend/Sub',
    '21 lower: Senate amendments rejected by House (0-Y 98-N)',
    '21 lower: Failed Concur In S Com Sub',
    '21 upper: Senate Insists',
    '21 upper: Senate Conference Committee Appointed',
    '21 lower: House appoints conferees',
    '21 lower: Returned to House',
    '21 lower: Returned from Senate in amended form',
    '21 lower: Received from the Senate with amendments',
    '21 lower: In returning messages',
    '21 upper: Refused to recede',
  ])('must be agreed to after "%s"', (line) => {
    expect(where(HOUSE, SENATE, line)).toEqual(TO_AGREE);
  });

  test.each([
    '21 lower: returned to assembly',
    '21 lower: RETURNED TO ASSEMBLY',
    '21 lower: Returned from Senate without amendment',
    '21 lower: Read a second time in concurrence',
    '21 lower: House rejected Governor’s recommendation',
    '21 lower failure: Governor’s recommendation rejected',
    '21 lower: Refuses to concur in Governor’s amendments',
    '21 lower: Messages printed',
  ])('stays passed by all after "%s"', (line) => {
    expect(where(HOUSE, SENATE, line)).toEqual(BY_ALL);
  });

  test('in the first place is so too where it was filed in the Senate', () => {
    expect(
      whereaboutsOf('upper', actions('10 upper passage: Passed', '20 lower passage: Passed as amended')),
    ).toMatchObject({ chamber: 'upper', stage: 'to_agree' });
  });

  test('in a single chamber never has to be agreed to', () => {
    const single = actions(
      '10 legislature passage: Passed as amended',
      '12 legislature: Conference on the budget',
    );
    expect(whereaboutsOf('legislature', single)).toMatchObject({ chamber: undefined, stage: 'passed_all' });
  });
});

describe('what must be agreed to', () => {
  test.each([
    '22 lower passage: Concurred, passed as amended',
    '22 lower: House Concurs',
    '22 lower: Senate amendments concurred in. To Engrossing and Enrolling.',
    '22 lower: House Agreed Senate Amend or Sub',
    '22 lower: Motion to Concur and Adopt - Adopted Roll Call 12',
    '22 lower: Senate amendments agreed to by House (98-Y 0-N)',
    '22 lower: Senate substitute agreed to by House (98-Y 0-N)',
    '22 lower passage: House concurred and repassed bill as amended by Senate',
    '22 lower passage: Enacted',
    '22 upper: Senate recedes from its amendments',
    '22 lower: Ordered engrossed, then enrolled',
    '22 lower: Passed Both Houses',
    '22 lower: Signed by the Speaker',
    '22 - executive-receipt: Presented to Governor',
    '22 lower: Sent to the Governor',
  ])('is agreed to by "%s", for good', (line) => {
    expect(where(HOUSE, AMENDED, line)).toEqual(BY_ALL);
    expect(where(HOUSE, AMENDED, line, '23 lower: Returned to House')).toEqual(BY_ALL);
  });

  test.each([
    '22 upper: Senate concurs',
    '22 lower: Received from Senate amended and concurred in as amended',
    '22 lower: Senate Floor Amendment No. 2 House Concurs 105-000-000',
    '22 lower: Motion to concur failed',
    '22 lower: Motion filed to concur',
    '22 lower: Committee recommends that the House concur',
    '22 lower passage: Concurred in Senate amendment as amended; passed as amended',
    '22 lower: House Agreed to Senate Amend/Sub As House Amended',
    '22 lower: Requests that the Senate recede',
    '22 upper passage: Passed as amended',
    '22 lower referral-committee: Referred to Rules',
    '22 lower: Conference report rejected',
  ])('is not by "%s"', (line) => {
    expect(where(HOUSE, AMENDED, line)).toEqual(TO_AGREE);
  });

  test('is agreed to once both have taken the report of a conference, not once one has', () => {
    const house = '24 lower passage: Conference report adopted';
    expect(where(HOUSE, AMENDED, house)).toEqual(TO_AGREE);
    expect(where(HOUSE, AMENDED, house, '25 lower: House adopts conference committee report')).toEqual(
      TO_AGREE,
    );
    expect(where(HOUSE, AMENDED, house, '25 upper: Senate Conference Committee Report Adopted')).toEqual(
      BY_ALL,
    );
    expect(
      where(
        HOUSE,
        AMENDED,
        '24 lower passage: Report adopted; Passed Final Reading as amended in CD 1',
        '24 upper passage: Report adopted; Passed Final Reading, as amended (CD 1)',
      ),
    ).toEqual(BY_ALL);
  });

  test('can still die, be signed and be vetoed', () => {
    expect(where(HOUSE, AMENDED, '25 lower: Died in returning Messages')).toMatchObject({
      stage: 'failed',
      chamber: undefined,
    });
    expect(where(HOUSE, AMENDED, '25 - executive-signature: Signed by Governor').stage).toBe('signed');
    expect(where(HOUSE, AMENDED, '25 - executive-veto: Vetoed by Governor').stage).toBe('vetoed');
  });

  test('is not spoken of before both have passed it', () => {
    const conference = '12 lower: Returned to House, conference, concurrence, enrolled';
    expect(where(HOUSE, conference)).toEqual(where(HOUSE));
  });
});
