import { createNameFinder } from '../../server/bills/match-names.ts';
import { membersThen } from '../../server/bills/members-then.ts';
import type { Legislator } from '../../server/legislators/legislator.ts';
import { createRoster } from '../../server/legislators/roster.ts';
import { houseMember, houseOf } from '../fixtures/corrections/made-up.ts';
import { numbersFrom } from '../support/numbers-from.ts';

/** Whom a name means among these members. */
const matchName = (name: string, members: Legislator[]) => createNameFinder(members)(name);

const member = (district: number, name: string, more: Partial<Legislator> = {}) =>
  houseMember(district, { name, ...more });
const CARLOS = member(17, 'Carlos Guillermo Smith', { given_name: 'Carlos', family_name: 'Smith' });
const JANE = member(3, 'Jane Rodríguez');
const ONEIL = member(4, "Pat O'Neil");
const PITTMAN = member(5, 'Susan Gonzalez Pittman', { family_name: 'Gonzalez Pittman' });
const ROBERT = member(6, 'Robert "Bob" Adams Jr.');
const CRUZ = member(7, 'Ana de la Cruz');
const LEE = member(8, 'Kim Lee-Ward');
const HOUSE = [CARLOS, JANE, ONEIL, PITTMAN, ROBERT, CRUZ, LEE];

test.each([
  ['Smith', CARLOS],
  ['SMITH', CARLOS],
  ['Smith, C.', CARLOS],
  ['Smith, C', CARLOS],
  ['Smith C.', CARLOS],
  ['C. Smith', CARLOS],
  ['C.G. Smith', CARLOS],
  ['Carlos Smith', CARLOS],
  ['Smith, Carlos', CARLOS],
  ['Smith, Carlos G.', CARLOS],
  ['Guillermo Smith', CARLOS],
  ['Guillermo Smith, Carlos', CARLOS],
  ['Carlos Guillermo Smith', CARLOS],
  ['Rep. Smith', CARLOS],
  ['Representative Carlos Smith', CARLOS],
  ['Smith, Rep.', CARLOS],
  ['Mr. Smith', CARLOS],
  ['Speaker Smith', CARLOS],
  ['Smith (17)', CARLOS],
  ['Smith (D-17)', CARLOS],
  ['Smith (District 17)', CARLOS],
  ['Smith-17', CARLOS],
  ['Smith 17', CARLOS],
  ['Smith of the 17th', CARLOS],
  ['Smith, 17th', CARLOS],
  ['Smith of Duval', CARLOS],
  ['Smith (Duval)', CARLOS],
  ['  smith  ', CARLOS],
  ['Rodriguez', JANE],
  ['Rep. Rodríguez', JANE],
  ['Del. Rodriguez', JANE],
  ['RODRI\u0301GUEZ', JANE],
  ["O'Neil", ONEIL],
  ['O’Neil', ONEIL],
  ['ONEIL', ONEIL],
  ['Gonzalez Pittman', PITTMAN],
  ['Gonzalez-Pittman', PITTMAN],
  ['Gonzalez Pittman, S.', PITTMAN],
  ['S. Gonzalez Pittman', PITTMAN],
  ['Pittman', PITTMAN],
  ['Adams', ROBERT],
  ['Bob Adams', ROBERT],
  ['Adams, Robert, Jr.', ROBERT],
  ['de la Cruz', CRUZ],
  ['De La Cruz, A.', CRUZ],
  ['Lee-Ward', LEE],
  ['Lee Ward', LEE],
])('%s is found', (name, found) => {
  expect(matchName(name, HOUSE)).toEqual({ kind: 'one', person_id: found.id });
});

test.each([
  ['Smith, B.', 'another initial'],
  ['Bernard Smith', 'another first name'],
  ['Smith (12)', 'another district'],
  ['Smith-12', 'another district'],
  ['Adams III', 'another suffix'],
  ['Smith Jr.', 'the son of somebody'],
  ['Smith, Jr.', 'the son of somebody'],
  ['Sen. Rodríguez', 'a member of the other chamber'],
  ['Senator Smith', 'a member of the other chamber'],
  ['Smith, Sen.', 'a member of the other chamber'],
  ['Smith, G.', 'an initial of a middle name alone'],
  ['Gonzalez', 'half of a family name'],
  ['Mr. Speaker', 'an office'],
  ['Madam President', 'an office'],
  ['Smith & Rodriguez', 'two people'],
  ['Smith and Rodriguez', 'two people'],
  ['Smith/Rodriguez', 'two people'],
  ['Smith, Rodriguez', 'two people'],
  ['Smithson', 'a longer name'],
  ['Smit', 'a shorter name'],
  ['Carlos', 'a first name alone'],
  ['Judiciary Committee', 'a committee'],
  ['', 'nothing'],
  ['(17)', 'a district alone'],
  ['—', 'a dash'],
])('%s, which is %s, is nobody', (name) => {
  expect(matchName(name, HOUSE)).toMatchObject({ kind: 'none' });
});

test('of two members of one surname neither is found by it, and each by what tells them apart', () => {
  const other = member(12, 'Dora Smith');
  const house = [...HOUSE, other];
  const of = (name: string) => matchName(name, house);
  for (const name of ['Smith', 'Rep. Smith', 'Smith of Duval', 'SMITH'])
    expect(of(name)).toMatchObject({ kind: 'several' });
  for (const name of ['Smith, D.', 'Dora Smith', 'Smith (12)', 'Smith-012', 'D. Smith'])
    expect(of(name)).toEqual({ kind: 'one', person_id: other.id });
  expect(of('Smith, C.')).toEqual({ kind: 'one', person_id: CARLOS.id });
  expect(of('Smith, B.')).toMatchObject({ kind: 'none' });
});

test('a father and a son of one name are told apart by their suffix, and only by it', () => {
  const [father, son] = [member(1, 'Al Moss Sr.'), member(2, 'Al Moss, Jr.')];
  expect(matchName('Moss Jr.', [father, son])).toEqual({ kind: 'one', person_id: son.id });
  expect(matchName('Moss, Al, Sr.', [father, son])).toEqual({ kind: 'one', person_id: father.id });
  expect(matchName('Moss', [father, son])).toMatchObject({ kind: 'several' });
});

test.each([
  ['Jones, Jennifer', 'Robert J. Jones'],
  ['Jennifer Jones', 'Robert J. Jones'],
  ['Jones, J.', 'Robert J. Jones'],
  ['Smith, Jane', 'J. Robert Smith'],
  ['Smith, Jr.', 'John Smith Sr.', 'Ann Smith'],
  ['Smith, Jr.', 'John Smith'],
])('%s is not %s', (name, ...members) => {
  const house = members.map((one, index) => member(index + 1, one));
  expect(matchName(name, house)).toMatchObject({ kind: 'none' });
});

test.each([
  ['Smith, Jane', 'J. Smith'],
  ['Smith, Jane', 'J. R. Smith'],
  ['Smith, James Robert', 'J. Robert Smith'],
  ['Smith, Robert', 'J. Robert Smith'],
  ['Smith, J.', 'J. Robert Smith'],
  ['Robert James Jones', 'Robert J. Jones'],
  ['Jones, Robert J.', 'Robert James Jones'],
])('%s may well be %s, who is alone of the name', (name, one) => {
  const found = member(1, one);
  expect(matchName(name, [found])).toEqual({ kind: 'one', person_id: found.id });
});

test('a source’s first name that a member goes by rules out another for which the initial may stand', () => {
  const jim = member(1, 'J. Smith', { given_name: 'James' });
  expect(matchName('Smith, Jane', [jim])).toMatchObject({ kind: 'none' });
  expect(matchName('Smith, James', [jim])).toEqual({ kind: 'one', person_id: jim.id });
});

test('an initial of a middle name makes a name doubtful that fits another’s first name', () => {
  const [rob, john] = [member(1, 'Robert J. Smith'), member(2, 'John Smith')];
  expect(matchName('Smith, J.', [rob, john])).toMatchObject({ kind: 'several' });
  expect(matchName('Smith, John', [rob, john])).toEqual({ kind: 'one', person_id: john.id });
});

describe('a letter that may be a party', () => {
  const robert = (more: Partial<Legislator> = {}) => member(1, 'Robert Smith', more);
  const DAVID = member(2, 'David Smith');

  test.each(['Smith, R', 'Smith R', 'Smith-R', 'Smith (R)', 'Smith, D', 'Smith (D)', 'SMITH I'])(
    '%s tells nobody from another',
    (name) => {
      expect(matchName(name, [robert(), DAVID])).toMatchObject({ kind: 'several' });
    },
  );

  test('is no hindrance where one alone has the name, unless it contradicts', () => {
    const found = { kind: 'one', person_id: robert().id };
    for (const name of ['Smith, R', 'Smith D', 'Smith (I)'])
      expect(matchName(name, [robert()])).toEqual(found);
    const democrat = robert({ party: 'Democratic-Farmer-Labor' });
    for (const name of ['Smith, R', 'Smith D', 'Smith (D)'])
      expect(matchName(name, [democrat])).toEqual(found);
    expect(matchName('Smith, I', [democrat])).toMatchObject({ kind: 'none' });
    expect(matchName('Smith (D-Duval)', [robert({ party: 'Republican' })])).toMatchObject({ kind: 'none' });
  });

  test('is an initial where it has a dot, and beside a district the district tells', () => {
    const house = [robert(), DAVID];
    expect(matchName('Smith, R.', house)).toEqual({ kind: 'one', person_id: robert().id });
    expect(matchName('R. Smith', house)).toEqual({ kind: 'one', person_id: robert().id });
    expect(matchName('Smith (R-2)', house)).toEqual({ kind: 'one', person_id: DAVID.id });
  });
});

test('whom a name may mean that is not clear is told', () => {
  const house = [...HOUSE, member(12, 'Dora Smith')];
  expect(matchName('Smith', house)).toEqual({ kind: 'several', may_be: [CARLOS.id, house.at(-1)!.id] });
  expect(matchName('Gonzalez', house)).toEqual({ kind: 'none', may_be: [PITTMAN.id] });
  expect(matchName('Nobody', house)).toEqual({ kind: 'none', may_be: [] });
});

test('a finder asked for many names answers as if each were asked alone', () => {
  const find = createNameFinder(HOUSE);
  for (const name of ['Smith', 'Gonzalez', 'Smith', 'Lee Ward', 'constructor', '__proto__'])
    expect(find(name)).toEqual(matchName(name, HOUSE));
});

test('a name that is all of one family name and half of another stays unknown', () => {
  expect(matchName('Gonzalez', [...HOUSE, member(9, 'Luis Gonzalez')])).toMatchObject({ kind: 'several' });
});

test('whatever names members have, the full name finds them, and a surname that two share finds nobody', () => {
  const random = numbersFrom(419);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
  const firsts = ['Ana', 'Ben', 'Cleo', 'Dan', 'Eva', 'Finn'];
  const lasts = ['Smith', 'O’Neil', 'Lee', 'Lee-Ward', 'de la Cruz', 'Gonzalez Pittman', 'Peña', 'Van Dyk'];
  let shared = 0;
  for (let nth = 0; nth < 300; nth += 1) {
    const house = Array.from({ length: 6 }, (_, index) => {
      const [given_name, family_name] = [pick(firsts), pick(lasts)];
      return member(index + 1, `${given_name} ${family_name}`, { given_name, family_name });
    });
    for (const one of house) {
      const alike = house.filter(({ name }) => name === one.name).length;
      const found = matchName(one.name, house);
      expect(found).toMatchObject(alike > 1 ? { kind: 'several' } : { kind: 'one', person_id: one.id });
      const { district } = one.current_role;
      expect(matchName(`${one.family_name} (${district})`, house)).toEqual({
        kind: 'one',
        person_id: one.id,
      });
      if (house.filter(({ family_name }) => family_name === one.family_name).length > 1) {
        shared += 1;
        expect(matchName(one.family_name!.toUpperCase(), house)).toMatchObject({ kind: 'several' });
      }
    }
  }
  expect(shared).toBeGreaterThan(100);
});

/** Whether House 1, in their seat since `start`, is known to have sat on a day, by a roster of a date. */
function sat(start_date: string | undefined, day: string, as_of = '2026-08-05') {
  const one = houseMember(1);
  one.current_role.start_date = start_date;
  const { roster } = houseOf([one]);
  return membersThen(createRoster({ ...roster, as_of }), 'lower', day).length === 1;
}

test.each([
  ['2024-11-05', '2024-11-05', true],
  ['2024-11-05', '2024-11-04', false],
  ['2024-11-05', '2026-02-01', true],
  ['2022', '2023-01-01', true],
  ['2022', '2022-12-31', false],
  ['2022-11', '2022-12-01', true],
  ['2022-11', '2022-11-30', false],
  ['2025', '2024-12-31', false],
])('a member since %s is known to have sat on %s: %s', (start, day, expected) => {
  expect(sat(start, day)).toBe(expected);
});

test('a member of whom nobody says since when is known to have sat as long as no election lies between', () => {
  // Florida's general elections: November 5, 2024, and November 3, 2026.
  expect(sat(undefined, '2024-11-06')).toBe(true);
  expect(sat(undefined, '2024-11-05')).toBe(false);
  expect(sat(undefined, '2023-02-01')).toBe(false);
  expect(sat(undefined, '2026-11-03', '2026-11-03')).toBe(true);
  expect(sat(undefined, '2026-10-01', '2026-11-04')).toBe(false);
  expect(sat(undefined, '2026-12-01', '2026-08-05')).toBe(false);
});

test('by a roster from before an election nobody is known to sit after it', () => {
  expect(sat('2020-11-03', '2026-10-01')).toBe(true);
  expect(sat('2020-11-03', '2027-02-01')).toBe(false);
});

test('members of another chamber are none of this one', () => {
  const { roster } = houseOf([houseMember(1)]);
  expect(membersThen(roster, 'upper', '2026-02-01')).toEqual([]);
});
