import { setsPositions } from '../../server/bills/passage-votes.ts';
import { rollCall } from '../fixtures/bills/made-up-record.ts';

test.each([
  'Third reading',
  'Third Reading, as amended',
  'Read the third time and passed as amended',
  'Passage',
  'Final Passage with amendments',
  'Passage, with House committee amendments',
  'Shall the bill be passed?',
  'Shall the bill pass, as amended?',
  'Favorable with CS',
  'Do pass as amended and be re-referred to the Committee on Appropriations',
  'Ought to Pass',
  'CS/HB 9001 Passage',
  'OTP',
  'OTP/A',
  'Shall the bill be passed to be enacted?',
])('a vote classed as passage on "%s" sets positions', (motion) => {
  expect(setsPositions(rollCall({ motion }), [])).toBe(true);
});

test.each([
  'Motion to table',
  'Lay on the table',
  'Laid on Table',
  'Motion to amend',
  'Amendment 123456',
  'Adopt House amendment 2 to the bill',
  'Passage of amendment 3',
  'Reconsider passage',
  'Indefinitely postpone',
  'Passed by indefinitely',
  'Passed over for the day',
  'Recommit to Judiciary',
  'Recommit the bill and pass over',
  'Re-refer to Rules',
  'Adjourn until Monday',
  'Previous question on passage',
  'Cloture on passage',
  'Discharge the committee',
  'Pass notwithstanding the veto of the Governor',
  'Override veto',
  'Inexpedient to Legislate',
  'Ought Not to Pass',
  'Do not pass',
  'Report unfavorably',
  'Unfavorable',
  'Suspend the rules and pass',
  'Concur in Senate amendments',
  'Accept the minority report, Ought to Pass',
  'Strike the enacting clause',
  'Limit debate on the bill',
  'Second reading',
  'Take from the table and pass',
  'Refuse to pass',
  '',
  '[not available]',
  'ITL',
  'ONTP',
  'DNP',
  'Interim Study',
  'Retain in Committee',
  'Acc Maj ONTP Rep',
  'Recommend that the bill be killed',
  'Not recommended for passage',
  'Shall the main question be now put',
  'Insist',
  'Adhere',
  'Nonconcurrence',
  'Return to committee for passage',
  'Shall the bill become law, the objections of the Governor to the contrary?',
  'Lie over',
  'Vacate third reading',
])('a vote on "%s" sets none, though it is classed as passage', (motion) => {
  expect(setsPositions(rollCall({ motion }), [])).toBe(false);
});

test('a vote with no class of passage, or with another class beside it, sets none', () => {
  for (const classification of [[], ['amendment'], ['passage', 'amendment-passage'], ['veto-override']])
    expect(setsPositions(rollCall({ classification }), [])).toBe(false);
  expect(setsPositions(rollCall({ classification: ['passage', 'reading-3'] }), [])).toBe(true);
});

test('a roll call that the organizer names counts whatever it is, by identifier or id, in any case and spacing', () => {
  const tabling = rollCall({ motion: 'Motion to table', classification: [], identifier: 'HV #3312' });
  for (const name of ['HV #3312', 'hv#3312', ' HV  # 3312', tabling.id.toUpperCase()])
    expect(setsPositions(tabling, [name])).toBe(true);
  expect(setsPositions(tabling, ['HV #331', 'HV #33122'])).toBe(false);
});

test('an empty name names no roll call without an identifier', () => {
  expect(setsPositions(rollCall({ motion: 'Motion to table', identifier: '' }), ['', ' '])).toBe(false);
});
