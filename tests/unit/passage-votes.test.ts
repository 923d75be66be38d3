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
  'PASSAGE BY SUBSTITUTE',
  'Passed; given immediate effect',
  'Shall the bill be read the third time?',
  'Final Reading',
  'Final passage',
  'Passed to be engrossed',
  'Passage to be enacted',
  'Enactment',
  'Do Pass, to Consent Calendar',
  'Ought to Pass: MF',
  'Ought to Pass with Amendment 2026-0123h',
  'OTP',
  'OTPA',
  'OTP/A',
  'OTP-AM',
  'Adopt the resolution',
  'Shall the memorial be adopted?',
  'HCR 5 Adoption',
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
  'Acc Maj ONTP Rep',
  'Substitute OTP for ITL',
  'Interim Study',
  'Refer to Interim Study, majority OTP',
  'Retain in Committee',
  'Lie over',
  'Insist',
  'Insist on passage',
  'Adhere',
  'Nonconcurrence',
  'Vacate',
  'Vacate third reading',
  'Recommend that the bill be killed',
  'Not recommended',
  'Passage not recommended',
  'Recommend against passage',
  'Shall the main question be now put',
  'Shall the main question, on passage, be now put',
  'Shall the bill become law, the objections of the Governor to the contrary?',
  'Passage, the Governor’s objections notwithstanding',
  'Passage over the objections of the Governor',
  'Sustain the ruling on passage',
  'Return to committee',
  'Return the bill, passed in error, to the Committee on Rules',
  'Rescind passage',
  'Dispense with the third reading',
  'Divide the question on passage',
  'Immediate consideration on third reading',
  'Effective from passage',
  'Pass over for the day',
  'Adopt the report',
  'Adoption',
  'Adopt a committee report on the resolution, without recommendation',
  'Advance',
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
