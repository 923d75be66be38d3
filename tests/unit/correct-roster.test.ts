import { membersThen } from '../../server/bills/members-then.ts';
import { correctRoster } from '../../server/legislators/correct-roster.ts';
import type { Correction } from '../../server/legislators/correction.ts';
import { correctionSchema } from '../../server/legislators/correction-schema.ts';
import type { Legislator } from '../../server/legislators/legislator.ts';
import { derivedId } from '../../server/legislators/new-member.ts';
import type { StateRoster } from '../../server/legislators/roster.ts';
import { summarizeRoster } from '../../server/legislators/roster-summary.ts';
import { DIVISION, houseMember, houseOf } from '../fixtures/corrections/made-up.ts';
import { AS_OF } from '../fixtures/people/made-up.ts';

const [ONE, TWO, THREE] = [houseMember(1), houseMember(2), houseMember(3)];
const TODAY = '2026-11-20';
let line = 0;

/** A correction as the file gives it, of the day before TODAY unless another is said. */
function correction(entry: object, date = '2026-11-19', state = 'fl'): Correction {
  line += 1;
  const checked = correctionSchema.parse({ state, date, note: 'Made up.', ...entry });
  return { ...checked, place: { file: 'legislators.overrides.yaml', line, column: 3 } };
}
const voice = (person: Legislator, to: string, more: object = { office: 'capitol' }, date?: string) =>
  correction({ change: { person_id: person.id, voice: to, ...more } }, date);
const email = (person: Legislator, to: string, date?: string) =>
  correction({ change: { person_id: person.id, email: to } }, date);
const left = (person: Legislator, date?: string) => correction({ left_office: person.id }, date);
const comes = (district: number | string, more: object = {}, date?: string) =>
  correction({ new_member: { chamber: 'lower', district, name: 'Ada B. Sample', ...more } }, date);

const at = (district: number) => `${DIVISION}/sldl:${district}`;

function corrected(place: StateRoster, corrections: Correction[], today = TODAY) {
  const { roster, corrections: outcomes } = correctRoster(place, corrections, today);
  const numbersOf = (id: string) => roster.legislator(id)?.offices.map((one) => one.voice);
  const sitting = (district: number) => roster.representation(at(district))!;
  const namesAt = (district: number) => sitting(district).legislators.map(({ name }) => name);
  return { roster, outcomes, states: outcomes.map(({ state }) => state), numbersOf, sitting, namesAt };
}

const house = (...members: Legislator[]) => houseOf(members);

test('whoever has come sits since the day of the entry, so that nobody takes them for who sat before', () => {
  const ada = corrected(house(ONE, TWO), [comes(3)]).sitting(3).legislators[0]!;
  expect(ada.current_role).toMatchObject({ district: '3', start_date: '2026-11-19' });
  const { roster } = corrected(house(ONE, TWO), [comes(3)]);
  expect(membersThen(roster, 'lower', '2026-11-18')).not.toContainEqual(ada);
});

test('who has left one seat and taken another since then is not taken out of that one', () => {
  const moved = { ...ONE, current_role: { ...ONE.current_role, start_date: '2026-11-19' } };
  const { sitting, outcomes } = corrected(house(moved, TWO), [left(ONE)]);
  expect(sitting(1).vacant_seats).toBe(0);
  expect(outcomes).toMatchObject([
    { state: 'caught_up', message: expect.stringMatching(/since 2026-11-19, which is later.*taken out/) },
  ]);
  const before = { ...ONE, current_role: { ...ONE.current_role, start_date: '2024-11-05' } };
  expect(corrected(house(before, TWO), [left(ONE)]).sitting(1).vacant_seats).toBe(1);
});

describe('a changed number', () => {
  test('takes the place of the old one wherever that stands, and of no other', () => {
    const offices = [
      { classification: 'capitol', voice: '850-555-0101' },
      { classification: 'capitol-mail', voice: '(850) 555-0101' },
      { classification: 'district', voice: '305-555-0150' },
    ];
    const { numbersOf, outcomes } = corrected(house({ ...ONE, offices }, TWO), [voice(ONE, '850-555-0199')]);
    expect(numbersOf(ONE.id)).toEqual(['850-555-0199', '850-555-0199', '305-555-0150']);
    expect(numbersOf(TWO.id)).toEqual(['850-555-0102']);
    expect(outcomes).toMatchObject([
      { state: 'applied', legislator_id: ONE.id, message: '850-555-0199 is shown in place of 850-555-0101.' },
    ]);
  });

  test('leaves the roster that it stands over as it was', () => {
    const place = house(ONE);
    corrected(place, [voice(ONE, '850-555-0199'), email(ONE, 'new@example.org'), left(ONE)]);
    expect(place.roster.legislators).toEqual([ONE]);
  });

  test.each([
    ['an office without one', [{ classification: 'district', address: '1 Example Street' }]],
    ['an office of another kind', [{ classification: 'capitol', voice: '850-555-0101' }]],
    ['no office at all', []],
  ])('is put in where there is %s', (_name, offices) => {
    const { roster, states } = corrected(house({ ...ONE, offices }), [
      voice(ONE, '850-555-0199', { office: 'district' }),
    ]);
    expect(states).toEqual(['applied']);
    const { offices: now } = roster.legislator(ONE.id)!;
    expect(now.find(({ classification }) => classification === 'district')).toMatchObject({
      voice: '850-555-0199',
    });
    expect(now.filter((one) => one.voice === '850-555-0101').length).toBe(
      offices.filter((one) => 'voice' in one).length,
    );
  });

  test('takes the place of that of the office itself, not of the one at its address for mail', () => {
    const offices = [
      { classification: 'capitol-mail', voice: '305-555-0150' },
      { classification: 'capitol', voice: '850-555-0101' },
    ];
    const { numbersOf } = corrected(house({ ...ONE, offices }), [voice(ONE, '850-555-0199')]);
    expect(numbersOf(ONE.id)).toEqual(['305-555-0150', '850-555-0199']);
  });

  test('never guesses among several: the one that is wrong must be named', () => {
    const offices = ['305-555-0150', '305-555-0160'].map((one) => ({
      classification: 'district',
      voice: one,
    }));
    const place = house({ ...ONE, offices });
    const guess = corrected(place, [voice(ONE, '305-555-0170', { office: 'district' })]);
    expect(guess.numbersOf(ONE.id)).toEqual(['305-555-0150', '305-555-0160']);
    expect(guess.outcomes).toMatchObject([
      {
        state: 'no_fit',
        message: expect.stringMatching(/several numbers.*305-555-0150 and 305-555-0160.*Add was/),
      },
    ]);
    const named = corrected(place, [voice(ONE, '305-555-0170', { was: '(305) 555 0160' })]);
    expect(named.numbersOf(ONE.id)).toEqual(['305-555-0150', '305-555-0170']);
    const wrong = corrected(place, [voice(ONE, '305-555-0170', { was: '305-555-0161' })]);
    expect([wrong.numbersOf(ONE.id), wrong.states]).toEqual([['305-555-0150', '305-555-0160'], ['no_fit']]);
  });

  test.each([
    ['the same number', voice(ONE, '850-555-0101')],
    ['the same number, written another way', voice(ONE, '+1 (850) 555-0101')],
    ['the same number, and not the one before', voice(ONE, '850-555-0101', { was: '850-555-0111' })],
    ['the same address', email(ONE, 'LOWER-1@example.org')],
  ])('and the source has %s by now: it has been caught up with', (_name, one) => {
    const { outcomes, numbersOf } = corrected(house(ONE), [one]);
    expect(outcomes).toMatchObject([
      { state: 'caught_up', message: expect.stringMatching(/can be taken out/) },
    ]);
    expect(numbersOf(ONE.id)).toEqual(['850-555-0101']);
  });

  test('of somebody who is not there is told', () => {
    const { outcomes } = corrected(house(ONE), [
      voice(TWO, '850-555-0199'),
      voice({ ...ONE, id: `${ONE.id}0` }, '850-555-0199'),
    ]);
    expect(outcomes).toMatchObject([
      { state: 'no_fit', message: expect.stringMatching(/nobody of this id: mend it, or take/) },
      { state: 'no_fit', message: expect.stringMatching(/Mend it: Representative Made-Up Member 1 is ocd/) },
    ]);
  });
});

describe('several corrections of one person', () => {
  test('of two numbers and the address all hold', () => {
    const offices = [...ONE.offices, { classification: 'district', voice: '305-555-0150' }];
    const { roster, states, numbersOf } = corrected(house({ ...ONE, offices }), [
      voice(ONE, '850-555-0199'),
      voice(ONE, '305-555-0199', { office: 'district' }),
      email(ONE, 'new@example.org'),
    ]);
    expect(states).toEqual(['applied', 'applied', 'applied']);
    expect(numbersOf(ONE.id)).toEqual(['850-555-0199', '305-555-0199']);
    expect(roster.legislator(ONE.id)!.email).toBe('new@example.org');
  });

  test('of one number the one of the latest day counts, in whatever order they stand', () => {
    const early = voice(ONE, '850-555-0198', undefined, '2026-11-01');
    const late = voice(ONE, '850-555-0199', undefined, '2026-11-10');
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      const { numbersOf, outcomes } = corrected(house(ONE), order);
      expect(numbersOf(ONE.id)).toEqual(['850-555-0199']);
      expect(outcomes.map((one) => [one.correction, one.state])).toEqual(
        order.map((one) => [one, one === late ? 'applied' : 'superseded']),
      );
    }
  });

  test('an earlier number does not come back once the source has the later one', () => {
    const { numbersOf, states } = corrected(house(ONE), [
      voice(ONE, '850-555-0198', undefined, '2026-11-01'),
      voice(ONE, '850-555-0101', undefined, '2026-11-10'),
    ]);
    expect([numbersOf(ONE.id), states]).toEqual([['850-555-0101'], ['superseded', 'caught_up']]);
  });

  test('a number of someone who has left is of no use any more', () => {
    const { states, sitting } = corrected(house(ONE), [voice(ONE, '850-555-0199'), left(ONE)]);
    expect([states, sitting(1).vacant_seats]).toEqual([['superseded', 'applied'], 1]);
  });
});

describe('someone who has left', () => {
  test('leaves a vacant seat from the day on, and not before; totals still know the name', () => {
    const place = house(ONE, TWO);
    const before = corrected(place, [left(ONE, '2026-11-18')], '2026-11-17');
    expect([before.namesAt(1), before.sitting(1).vacant_seats]).toEqual([['Made-Up Member 1'], 0]);
    expect(before.outcomes).toMatchObject([{ state: 'to_come', message: 'In force from 2026-11-18 on.' }]);
    const after = corrected(place, [left(ONE, '2026-11-18')], '2026-11-18');
    expect([after.namesAt(1), after.sitting(1).vacant_seats]).toEqual([[], 1]);
    expect(after.outcomes).toMatchObject([{ state: 'applied', division_id: at(1) }]);
    expect(summarizeRoster(after.roster)).toMatchObject({
      members: 1,
      vacant_seats: ['House 1', 'House 3', 'House 4'],
    });
    expect(after.roster.legislator(ONE.id)?.name).toBe('Made-Up Member 1');
  });

  test('and is not listed any more has been caught up with, unless the list is older than the entry', () => {
    const { outcomes } = corrected(house(TWO), [left(ONE, AS_OF)]);
    expect(outcomes).toMatchObject([
      { state: 'caught_up', message: expect.stringMatching(/can be taken out/) },
    ]);
    const newer = corrected(house(TWO), [left(ONE, '2026-08-06')]);
    expect(newer.outcomes).toMatchObject([
      {
        state: 'no_fit',
        message: expect.stringMatching(
          /^OpenStates had nobody of this id on 2026-08-05 already, before the date of this entry: mend the id\./,
        ),
      },
    ]);
  });

  test.each([
    ['two signs exchanged', (id: string) => id.replace(/(.)(.)$/, '$2$1')],
    ['a wrong sign', (id: string) => id.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    ['its end cut off', (id: string) => id.slice(0, -8)],
  ])('whose id is given with %s is told by name, however old the list is', (_name, slip) => {
    const { outcomes, namesAt } = corrected(house(ONE, TWO), [
      left({ ...ONE, id: slip(ONE.id) }, '2026-08-01'),
    ]);
    expect(outcomes).toMatchObject([
      {
        state: 'no_fit',
        message: `OpenStates lists nobody of this id. Mend it: Representative Made-Up Member 1 is ${ONE.id}.`,
      },
    ]);
    expect(namesAt(1)).toEqual(['Made-Up Member 1']);
  });

  test('on a day to come, by an id that nobody has today, is told so', () => {
    const { outcomes } = corrected(house(TWO), [left(ONE, '2026-12-01'), left(TWO, '2026-12-01')]);
    expect(outcomes.map(({ message }) => message)).toEqual([
      'In force from 2026-12-01 on. Nobody has this id today: is it right?',
      'In force from 2026-12-01 on.',
    ]);
  });

  test('from a seat that elects one, where the source has two, leaves the other there and nothing vacant', () => {
    const twin = houseMember(9, { current_role: ONE.current_role });
    const { namesAt, sitting } = corrected(house(ONE, twin), [left(ONE)]);
    expect([namesAt(1), sitting(1).vacant_seats]).toEqual([['Made-Up Member 9'], 0]);
  });
});

describe('a new member', () => {
  test('takes a vacant seat, with an id that is the same every time', () => {
    const entry = comes(4, {
      party: 'Sample Party',
      email: 'ada@example.org',
      offices: [{ classification: 'capitol', voice: '850-555-0144' }],
    });
    const { sitting, outcomes } = corrected(house(ONE), [entry]);
    const id = derivedId(at(4), 'ada b sample', '2026-11-19');
    expect(id).toMatch(/^ocd-person\/[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(sitting(4)).toMatchObject({
      vacant_seats: 0,
      legislators: [
        {
          id,
          name: 'Ada B. Sample',
          party: 'Sample Party',
          email: 'ada@example.org',
          offices: [{ classification: 'capitol', voice: '850-555-0144' }],
          current_role: { title: 'Representative', district: '4', division_id: at(4) },
        },
      ],
    });
    expect(outcomes).toMatchObject([{ state: 'applied', legislator_id: id, division_id: at(4) }]);
    expect(derivedId(at(4), 'Ada B. Sample', '2026-11-18')).not.toBe(id);
    expect(derivedId(at(3), 'Ada B. Sample', '2026-11-19')).not.toBe(id);
  });

  test('not before the day', () => {
    expect(corrected(house(ONE), [comes(4, {}, '2026-11-21')]).sitting(4).vacant_seats).toBe(1);
  });

  test('takes the place of whoever sits where one is elected, and is told in whose place', () => {
    const { namesAt, outcomes } = corrected(house(ONE), [comes('001')]);
    expect(namesAt(1)).toEqual(['Ada B. Sample']);
    expect(outcomes[0]!.message).toMatch(
      `in place of Representative Made-Up Member 1. Add in_place_of: ${ONE.id}, so that this ends by itself`,
    );
  });

  test('takes the seat that someone has left, on the same day too, in whatever order they stand', () => {
    const { namesAt, sitting, states } = corrected(house(ONE), [comes(1), left(ONE)]);
    expect([namesAt(1), sitting(1).vacant_seats]).toEqual([['Ada B. Sample'], 0]);
    expect(states).toEqual(['applied', 'applied']);
  });

  test('in the place of someone named ends once another sits there', () => {
    const entry = comes(1, { in_place_of: ONE.id });
    expect(corrected(house(ONE), [entry]).namesAt(1)).toEqual(['Ada B. Sample']);
    const other = houseMember(7, { name: 'Other Person', current_role: ONE.current_role });
    const { namesAt, outcomes } = corrected(house(other), [entry]);
    expect(namesAt(1)).toEqual(['Other Person']);
    expect(outcomes).toMatchObject([
      { state: 'no_fit', message: expect.stringMatching(/Someone else sits there now: .*Other Person/) },
    ]);
  });

  test.each([
    ['the same name', 'Ada B. Sample', {}],
    ['the name without its middle, and with accents', 'Áda Sample Jr.', {}],
    ['the id that the entry gives', 'A. Married', { person_id: 'ocd-person/known' }],
  ])('whom the source lists by %s has been caught up with', (_name, name, more) => {
    const listed = { ...houseMember(1), id: 'ocd-person/known', name };
    const { roster, outcomes } = corrected(house(listed), [comes(1, more)]);
    expect(roster.legislators).toEqual([listed]);
    expect(outcomes).toMatchObject([
      { state: 'caught_up', message: expect.stringMatching(/\(ocd-person\/known\).*can be taken out/) },
    ]);
  });

  test('of whom somebody of the same last name sits there is not put in their place unasked', () => {
    const namesake = houseMember(1, { name: 'Adelaide Sample' });
    const unasked = corrected(house(namesake), [comes(1)]);
    expect([unasked.namesAt(1), unasked.states]).toEqual([['Adelaide Sample'], ['no_fit']]);
    const asked = corrected(house(namesake), [comes(1, { in_place_of: namesake.id })]);
    expect([asked.namesAt(1), asked.states]).toEqual([['Ada B. Sample'], ['applied']]);
  });

  test('of the same name as someone in another district is somebody else, and both stay', () => {
    const { roster } = corrected(house(houseMember(2, { name: 'Ada Sample' })), [comes(1)]);
    expect(roster.legislators.map(({ name }) => name)).toEqual(['Ada Sample', 'Ada B. Sample']);
  });

  test('who sat in another seat until then leaves it', () => {
    const { namesAt, sitting, roster } = corrected(house(TWO), [comes(1, { person_id: TWO.id })]);
    expect([namesAt(1), sitting(2).vacant_seats, roster.legislators.length]).toEqual([
      ['Ada B. Sample'],
      1,
      1,
    ]);
  });

  test('in a full district of several seats must say in whose place', () => {
    const two = houseMember(2, { current_role: { ...ONE.current_role } });
    const place = houseOf([ONE, two], { seats: [2, 1, 1, 1], state: 'az' });
    const of = (more: object) =>
      correction({ new_member: { chamber: 'lower', district: 1, name: 'Ada Sample', ...more } }, TODAY, 'az');
    const unasked = corrected(place, [of({})]);
    expect([unasked.states, unasked.namesAt(1).length]).toEqual([['no_fit'], 2]);
    const asked = corrected(place, [of({ in_place_of: two.id })]);
    expect([asked.states, asked.namesAt(1)]).toEqual([['applied'], ['Ada Sample', 'Made-Up Member 1']]);
  });

  test('in a district that is not there is told', () => {
    const { outcomes } = corrected(house(ONE), [comes(99)]);
    expect(outcomes).toMatchObject([
      { state: 'no_fit', message: "There is no district '99' of the House: mend district or chamber." },
    ]);
  });

  test('of before an election is told as one to look at again', () => {
    const told = (date: string) => corrected(house(ONE), [comes(4, {}, date)]).outcomes[0]!.message;
    expect(told('2026-11-02')).toMatch(
      /An election has passed since, on 2026-11-03: check that it is still so\.$/,
    );
    expect(told('2026-11-03')).toMatch(/sits in a vacant seat\.$/);
  });

  test('can have another number later', () => {
    const id = derivedId(at(4), 'Ada B. Sample', '2026-11-19');
    const { numbersOf } = corrected(house(ONE), [
      voice({ ...ONE, id }, '850-555-0199'),
      comes(4, { offices: [{ classification: 'capitol', voice: '850-555-0144' }] }),
    ]);
    expect(numbersOf(id)).toEqual(['850-555-0199']);
  });
});

test.each([
  ['the file', (id: string) => id.toUpperCase().replace('OCD-PERSON', 'ocd-person'), (id: string) => id],
  ['the source', (id: string) => id, (id: string) => id.toUpperCase().replace('OCD-PERSON', 'ocd-person')],
])('ids are the same where %s has them in capital letters', (_name, written, listed) => {
  const [one, two, three] = [ONE, TWO, THREE].map((member) => ({ ...member, id: listed(member.id) }));
  const as = (member: Legislator) => ({ ...member, id: written(member.id) });
  const { states, namesAt, numbersOf, outcomes } = corrected(house(one!, two!, three!), [
    voice(as(ONE), '850-555-0199'),
    left(as(TWO)),
    comes(3, { in_place_of: written(THREE.id) }),
    comes(4, { person_id: written(ONE.id) }, '2026-12-01'),
  ]);
  expect(states).toEqual(['applied', 'applied', 'applied', 'to_come']);
  expect([numbersOf(one!.id), namesAt(2), namesAt(3)]).toEqual([['850-555-0199'], [], ['Ada B. Sample']]);
  expect(outcomes.slice(0, 2).map((outcome) => outcome.legislator_id)).toEqual([one!.id, two!.id]);
  const moved = corrected(house(one!), [comes(4, { person_id: written(ONE.id) })]);
  expect([moved.namesAt(1), moved.namesAt(4)]).toEqual([[], ['Ada B. Sample']]);
  const there = corrected(house(one!), [comes(1, { person_id: written(ONE.id) })]);
  expect(there.states).toEqual(['caught_up']);
});

test('made-up legislators are not corrected, and corrections of another state are not of this one', () => {
  const sample = houseOf([ONE, THREE], { is_sample: true });
  const { states, roster } = corrected(sample, [left(ONE), comes(1)]);
  expect([states, roster.legislators]).toEqual([
    ['on_sample', 'on_sample'],
    [ONE, THREE],
  ]);
  const elsewhere = corrected(house(ONE), [correction({ left_office: ONE.id }, TODAY, 'ga')]);
  expect([elsewhere.states, elsewhere.roster.legislators]).toEqual([[], [ONE]]);
});
