import { type KnownBill, type KnownBills, NOTHING_KNOWN } from '../../server/bills/known-bills.ts';
import { POSITIONS, type Position, type PositionName } from '../../server/bills/position.ts';
import type { Whereabouts } from '../../server/bills/whereabouts.ts';
import { type Campaign, STANCES, type TargetRules } from '../../server/campaigns/campaign.ts';
import { askedChambers, newestSession } from '../../server/campaigns/located-bills.ts';
import { positionsOf, stanceOf } from '../../server/campaigns/positions.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';
import { type Targeting, targetingOf } from '../../server/campaigns/targets.ts';
import type { OrgClassification, Roster } from '../../server/legislators/legislator.ts';
import { createRoster } from '../../server/legislators/roster.ts';
import { billAction, billRecord } from '../fixtures/bills/made-up-record.ts';
import { madeUpId } from '../fixtures/people/made-up.ts';
import { type MadeUpDistrict, madeUpRoster } from '../fixtures/people/made-up-roster.ts';
import { numbersFrom } from '../support/numbers-from.ts';

const TODAY = '2026-02-01';

let visible: Campaign;
beforeAll(async () => {
  visible = { ...(await readCampaign('campaigns', 'visible-act')).campaign!, positions: [] };
});

const rosterOf = (...districts: MadeUpDistrict[]): Roster => createRoster(madeUpRoster(districts));

/** Senate 5 with Ann and Yu, House 14 with Zoë, House 15 with Bo, House 78 vacant. */
const ROSTER = rosterOf(
  { chamber: 'upper', district: '5', members: ['Ann', 'Yu'] },
  { chamber: 'lower', district: '14', members: ['Zoë'] },
  { chamber: 'lower', district: '15', members: ['Bo'] },
  { chamber: 'lower', district: '78', seats: 1 },
);
const idOf = (name: string, roster = ROSTER) => roster.legislators.find((one) => one.name === name)!.id;

function position(name: string, what: PositionName, changes: Partial<Position> = {}): Position {
  return {
    person_id: idOf(name),
    position: what,
    session: '2026',
    date: '2026-01-13',
    source: 'https://example.org',
    ...changes,
  };
}

function known(...bills: KnownBill[]): KnownBills {
  return { ...NOTHING_KNOWN, bills };
}

/** HB 419 of 2026 as it is there; with `members` a committee of these has it. */
function hb419(
  whereabouts: Partial<Whereabouts>,
  members?: string[],
  changes: Partial<KnownBill> = {},
): KnownBill {
  return {
    record: billRecord({ identifier: 'HB 419' }),
    whereabouts: { chamber: 'lower', committees: [], passed: [], stage: 'filed', ...whereabouts },
    committees: members
      ? [
          {
            name: 'Rules',
            since: '2026-01-20',
            member_ids: members.map((one) => idOf(one)),
            doubtful_ids: [],
          },
        ]
      : [],
    is_over: false,
    ...changes,
  };
}

const HOUSE_PASSED = hb419({
  chamber: 'upper',
  passed: [{ chamber: 'lower', date: '2026-01-30' }],
  stage: 'passed_one',
});

/** Whom a supporter of these districts is asked to contact: by name, and of those who are not, why. */
function ask(
  of: { rules?: Partial<TargetRules>; campaign?: Partial<Campaign>; known?: KnownBills },
  divisions = ['upper 5', 'lower 14'],
): { targets: string[]; not: string[]; all: Targeting } {
  const campaign = { ...visible, ...of.campaign, targets: { ...visible.targets, ...of.rules } };
  const representations = divisions.map((name) => {
    const [chamber, number] = name.split(' ');
    const found = ROSTER.districts.find(
      (one) => one.org_classification === chamber && one.district === number,
    )!;
    return ROSTER.representation(found.division_id)!;
  });
  const all = targetingOf(campaign, {
    representations,
    known: of.known ?? NOTHING_KNOWN,
    roster: ROSTER,
    today: TODAY,
  });
  return {
    targets: all.targets.map(({ legislator }) => legislator.name),
    not: all.untargeted.map(({ legislator, why }) => `${legislator.name}: ${why.kind}`),
    all,
  };
}

test.each<[PositionName, stance_of_support: string, stance_of_oppose: string]>([
  ['sponsor', 'ally', 'opponent'],
  ['cosponsor', 'ally', 'opponent'],
  ['voted_yes', 'ally', 'opponent'],
  ['says_support', 'ally', 'opponent'],
  ['voted_no', 'opponent', 'ally'],
  ['says_oppose', 'opponent', 'ally'],
  ['not_voting', 'unknown', 'unknown'],
  ['on_committee', 'unknown', 'unknown'],
  ['undecided', 'unknown', 'unknown'],
])('%s is %s where support is asked for, %s where opposition is', (name, support, oppose) => {
  expect(stanceOf(name, 'support')).toBe(support);
  expect(stanceOf(name, 'oppose')).toBe(oppose);
});

test('without a position the stance is unknown, whatever is asked', () => {
  expect(stanceOf(undefined, 'support')).toBe('unknown');
  expect(stanceOf(undefined, 'oppose')).toBe('unknown');
  expect(POSITIONS.length).toBe(9);
});

describe('positions', () => {
  const of = (by_hand: Position[], synced: Position[] = []) =>
    positionsOf(
      { ...visible, positions: by_hand },
      { ...known(hb419({})), positions: synced },
      idOf('Ann'),
      TODAY,
    ).map((one) => `${one.position} ${one.by}`);

  test('the latest wins, in whatever order they stand; of those on one day the last in the file', () => {
    const sponsor = position('Ann', 'sponsor', { date: '2025-11-03' });
    const no = position('Ann', 'voted_no', { date: '2026-01-20' });
    expect(of([sponsor, no])[0]).toBe('voted_no campaign');
    expect(of([no, sponsor])[0]).toBe('voted_no campaign');
    expect(of([position('Ann', 'voted_yes'), position('Ann', 'says_oppose')])[0]).toBe(
      'says_oppose campaign',
    );
    expect(of([position('Bo', 'sponsor')])).toEqual([]);
  });

  test('what was done on purpose tells more than being away later, and that more than sitting on the committee', () => {
    const away = position('Ann', 'not_voting', { date: '2026-01-30' });
    const member = position('Ann', 'on_committee', { date: '2026-01-31' });
    expect(of([], [position('Ann', 'cosponsor'), away, member])).toEqual([
      'cosponsor openstates',
      'not_voting openstates',
      'on_committee openstates',
    ]);
  });

  test('what the organizer wrote of a session stands in place of what OpenStates says of it, whatever the day', () => {
    const no = position('Ann', 'voted_no', { date: '2026-01-30' });
    const before = position('Ann', 'cosponsor', { session: '2024', date: '2024-01-10' });
    expect(of([position('Ann', 'undecided')], [no, before])).toEqual([
      'undecided campaign',
      'cosponsor openstates',
    ]);
  });

  test('an older session written by hand does not hide what OpenStates says of this one', () => {
    const old = position('Ann', 'cosponsor', { session: '2024', date: '2024-01-10' });
    expect(of([old], [position('Ann', 'voted_no')])[0]).toBe('voted_no openstates');
  });

  test('a seat on the committee, written by hand, stands beside what OpenStates says', () => {
    expect(of([position('Ann', 'on_committee')], [position('Ann', 'sponsor')])).toEqual([
      'sponsor openstates',
      'on_committee campaign',
    ]);
  });

  test('what was done twice on one day is told once', () => {
    const no = position('Ann', 'voted_no', { bill: 'HB 419' });
    const again = { ...no, source: 'https://example.org/another' };
    expect(of([], [no, again, { ...no, date: '2026-01-14' }])).toHaveLength(2);
  });

  test('only of a session that is known to run is anything told as of the present', () => {
    const [bill] = visible.bills;
    const isCurrent = (campaign: Pick<Campaign, 'bills' | 'positions'>, bills: KnownBills, today = TODAY) =>
      positionsOf(campaign, bills, idOf('Ann'), today)[0]?.is_current;
    const positions = [position('Ann', 'says_support')];
    const plain = { ...visible, positions };
    expect(isCurrent(plain, NOTHING_KNOWN)).toBe(false);
    expect(isCurrent(plain, known(hb419({})))).toBe(true);
    expect(isCurrent(plain, known(hb419({}, undefined, { is_over: true })))).toBe(false);
    const stated = { ...plain, bills: [{ ...bill!, session_ends: '2026-03-13' }] };
    expect(isCurrent(stated, NOTHING_KNOWN, '2026-03-13')).toBe(true);
    expect(isCurrent(stated, known(hb419({})), '2026-03-14')).toBe(false);
  });
});

describe('whom a campaign asks', () => {
  test('every member of a district, each with a position and stance of their own', () => {
    const { all } = ask({
      campaign: { positions: [position('Yu', 'voted_no'), position('Zoë', 'cosponsor')] },
    });
    expect(
      all.targets.map(({ legislator, position: one, stance, is_constituent }) => [
        legislator.name,
        one?.position,
        stance,
        is_constituent,
      ]),
    ).toEqual([
      ['Ann', undefined, 'unknown', true],
      ['Yu', 'voted_no', 'opponent', true],
      ['Zoë', 'cosponsor', 'ally', true],
    ]);
  });

  test('by chamber as the campaign names them, then as the districts and their members come', () => {
    expect(ask({}, ['lower 14', 'upper 5']).targets).toEqual(['Ann', 'Yu', 'Zoë']);
    expect(ask({ rules: { chambers: ['lower', 'upper'] } }).targets).toEqual(['Zoë', 'Ann', 'Yu']);
  });

  test('nobody of a chamber that it does not name, who is told so, and nobody for a vacant seat', () => {
    expect(ask({ rules: { chambers: ['upper'] } })).toMatchObject({
      targets: ['Ann', 'Yu'],
      not: ['Zoë: chamber'],
    });
    expect(ask({}, ['lower 78'])).toMatchObject({ targets: [], not: [] });
  });

  test('only those of the stances that it names', () => {
    const campaign = { positions: [position('Ann', 'sponsor'), position('Yu', 'voted_no')] };
    const rules = { stances: ['unknown', 'opponent'] } satisfies Partial<TargetRules>;
    expect(ask({ campaign, rules })).toMatchObject({ targets: ['Yu', 'Zoë'], not: ['Ann: stance'] });
    expect(ask({ campaign: { ...campaign, ask: 'oppose' }, rules })).toMatchObject({
      targets: ['Ann', 'Zoë'],
      not: ['Yu: stance'],
    });
  });
});

describe('those who decide next', () => {
  const rules = { committee: 'current' } satisfies Partial<TargetRules>;
  const in_committee = {
    stage: 'in_committee',
    committees: [{ name: 'Rules', since: '2026-01-20' }],
  } as const;

  test('are the members of the committee that has the bill; its name is known of those who sit on it', () => {
    const { targets, not, all } = ask({ rules, known: known(hb419(in_committee as never, ['Zoë'])) }, [
      'lower 14',
      'lower 15',
    ]);
    expect({ targets, not }).toEqual({ targets: ['Zoë'], not: ['Bo: committee'] });
    expect(all.targets[0]!.committee).toBe('Rules');
    expect(all.untargeted[0]!.why).toEqual({ kind: 'committee', committees: ['Rules'] });
  });

  test('are the whole chamber once the committee is done with it, or where its members are not known', () => {
    const reported = known(hb419({ stage: 'reported' }));
    expect(ask({ rules, known: reported }, ['lower 14', 'lower 15']).targets).toEqual(['Zoë', 'Bo']);
    const unknown = hb419(in_committee as never);
    unknown.committees = [{ name: 'Rules', since: '2026-01-20', member_ids: undefined, doubtful_ids: [] }];
    expect(ask({ rules, known: known(unknown) }, ['lower 14', 'lower 15']).targets).toEqual(['Zoë', 'Bo']);
  });

  test('may be anyone, where one of two committees has members whom nobody knows', () => {
    const two = hb419(in_committee as never, ['Zoë']);
    two.committees.push({ name: 'Judiciary', since: '2026-01-20', member_ids: undefined, doubtful_ids: [] });
    expect(ask({ rules, known: known(two) }, ['lower 14', 'lower 15']).targets).toEqual(['Zoë', 'Bo']);
  });

  test('may be whoever a name on the list may mean: nobody is told then that they are not on it', () => {
    const doubtful = hb419(in_committee as never, ['Zoë']);
    doubtful.committees[0]!.doubtful_ids = [idOf('Bo')];
    const { targets, all } = ask({ rules, known: known(doubtful) }, ['lower 14', 'lower 15']);
    expect(targets).toEqual(['Zoë', 'Bo']);
    expect(all.targets.map(({ committee }) => committee)).toEqual(['Rules', '']);
  });

  test('are nobody in a chamber where the campaign has no bill now', () => {
    const campaign = { bills: visible.bills.filter(({ identifier }) => identifier === 'HB 419') };
    expect(ask({ campaign, rules, known: known(hb419(in_committee as never, ['Zoë'])) })).toMatchObject({
      targets: ['Zoë'],
      not: ['Ann: elsewhere', 'Yu: elsewhere'],
    });
  });

  test('are those whom the organizer names too, beside whom OpenStates lists', () => {
    const campaign = { positions: [position('Bo', 'on_committee', { date: '2026-01-25' })] };
    const bills = known(hb419(in_committee as never, ['Zoë']));
    const { targets, all } = ask({ campaign, rules, known: bills }, ['lower 14', 'lower 15']);
    expect(targets).toEqual(['Zoë', 'Bo']);
    expect(all.targets.map(({ committee }) => committee)).toEqual(['Rules', 'Rules']);
    expect(ask({ campaign, rules }, ['lower 14', 'lower 15']).targets).toEqual(['Bo']);
  });

  test('are on the committee that the organizer names, where OpenStates names none', () => {
    const bills = visible.bills.map((bill) => ({ ...bill, committee: 'Ethics' }));
    const campaign = { bills, positions: [position('Bo', 'on_committee')] };
    const { all } = ask({ campaign, rules }, ['lower 14', 'lower 15']);
    expect(all.targets[0]!.committee).toBe('Ethics');
    expect(all.untargeted[0]!.why).toEqual({ kind: 'committee', committees: ['Ethics'] });
    const synced = ask({ campaign, rules, known: known(hb419(in_committee as never, ['Bo'])) }, ['lower 15']);
    expect(synced.all.targets[0]!.committee).toBe('Rules');
  });

  test('are not those whom the organizer named before the bill came to the committee that has it now', () => {
    const campaign = { positions: [position('Bo', 'on_committee', { date: '2026-01-13' })] };
    const bills = known(hb419(in_committee as never, ['Zoë']));
    const { targets, all } = ask({ campaign, rules, known: bills }, ['lower 14', 'lower 15']);
    expect(targets).toEqual(['Zoë']);
    // Told as of the past, and without the new one's name.
    expect(all.untargeted[0]).toMatchObject({ committee: '', position: { is_current: false } });
    // Of one that nobody else knows the members of, the organizer's word is all there is.
    const unknown = hb419(in_committee as never, ['Zoë']);
    unknown.committees[0]!.member_ids = undefined;
    expect(ask({ campaign, rules, known: known(unknown) }, ['lower 14', 'lower 15']).targets).toEqual(['Bo']);
  });

  test('are all again once the committee is done with the bill, whoever was named before', () => {
    const campaign = { positions: [position('Bo', 'on_committee', { date: '2026-01-13' })] };
    const reported = hb419({ stage: 'reported' });
    reported.record.actions = [billAction('Reported out', { date: '2026-01-28' })];
    expect(ask({ campaign, rules, known: known(reported) }, ['lower 14', 'lower 15']).targets).toEqual([
      'Zoë',
      'Bo',
    ]);
  });
});

describe('once a chamber has passed the bill', () => {
  test('nobody of it is asked, and the supporter is told which bill it passed and when', () => {
    const { targets, all } = ask({ known: known(HOUSE_PASSED) });
    expect(targets).toEqual(['Ann', 'Yu']);
    expect(all.untargeted.map(({ why }) => why)).toEqual([
      { kind: 'passed', passage: { chamber: 'lower', bill: 'HB 419', date: '2026-01-30' } },
    ]);
  });

  test('the other is asked, though the campaign named only the first', () => {
    expect(ask({ rules: { chambers: ['lower'] }, known: known(HOUSE_PASSED) }).targets).toEqual([
      'Ann',
      'Yu',
    ]);
  });

  test('it is asked still where the other chamber has sent it a companion', () => {
    const senate = hb419({
      chamber: 'lower',
      passed: [{ chamber: 'upper', date: '2026-01-29' }],
      stage: 'passed_one',
    });
    const companion = { ...senate, record: billRecord({ identifier: 'SB 316', chamber: 'upper' }) };
    expect(ask({ known: known(HOUSE_PASSED, companion) })).toMatchObject({
      targets: ['Ann', 'Yu', 'Zoë'],
      not: [],
    });
  });

  test('it is asked again where the bill has come back to it', () => {
    const passed = [
      { chamber: 'lower' as const, date: '2026-01-20' },
      { chamber: 'upper' as const, date: '2026-01-31' },
    ];
    const back = known(hb419({ chamber: 'lower', passed, stage: 'to_agree' }));
    expect(ask({ known: back })).toMatchObject({ targets: ['Zoë'], not: ['Ann: passed', 'Yu: passed'] });
  });

  test('nobody is asked when all have', () => {
    const passed = [
      { chamber: 'lower' as const, date: '2026-01-20' },
      { chamber: 'upper' as const, date: '2026-01-31' },
    ];
    const both = known(hb419({ chamber: undefined, passed, stage: 'passed_all' }));
    expect(ask({ known: both })).toMatchObject({
      targets: [],
      not: ['Ann: passed', 'Yu: passed', 'Zoë: passed'],
    });
  });

  test('nobody is asked either where nobody wrote down when each passed it, or it is law', () => {
    for (const stage of ['passed_all', 'signed', 'vetoed'] as const) {
      const law = known(hb419({ chamber: undefined, passed: [], stage }));
      expect(
        ask({ known: law, rules: { extra: [{ person_id: idOf('Bo'), reason: { en: 'Why' } }] } }),
      ).toMatchObject({
        targets: [],
        not: ['Ann: decided', 'Yu: decided', 'Zoë: decided'],
      });
    }
  });

  test('what the organizer says of it counts, with OpenStates and without', () => {
    const passed = [{ chamber: 'lower' as const, date: '2026-01-30', source: 'https://example.org' }];
    const bills = visible.bills.map((bill) => (bill.identifier === 'HB 419' ? { ...bill, passed } : bill));
    expect(ask({ campaign: { bills } }).targets).toEqual(['Ann', 'Yu']);
    const not_passed = bills.map((bill) => ({ ...bill, passed: [] }));
    expect(ask({ campaign: { bills: not_passed }, known: known(HOUSE_PASSED) }).targets).toEqual([
      'Ann',
      'Yu',
      'Zoë',
    ]);
  });

  test('that was in a session before, nothing is done yet', () => {
    const refiled = visible.bills.map((bill) => ({ ...bill, session: '2027' }));
    const bills = [...visible.bills, ...refiled];
    expect(newestSession({ bills })).toBe('2027');
    expect(ask({ campaign: { bills }, known: known(HOUSE_PASSED) }).targets).toEqual(['Ann', 'Yu', 'Zoë']);
  });
});

describe('legislators whom the campaign names', () => {
  const reason = { en: 'Chairs the committee' };
  const extra = (name: string) => ({ person_id: idOf(name), reason });

  test('are asked by everybody, after their own, with the reason, and not as a constituent', () => {
    const { all } = ask({ rules: { extra: [extra('Bo')] } });
    expect(
      all.targets.map(({ legislator, is_constituent, reason: why }) => [
        legislator.name,
        is_constituent,
        why,
      ]),
    ).toEqual([
      ['Ann', true, undefined],
      ['Yu', true, undefined],
      ['Zoë', true, undefined],
      ['Bo', false, reason],
    ]);
  });

  test('stand once where they are the supporter’s own, even where the rules would leave them out', () => {
    const { targets, not, all } = ask({
      rules: { chambers: ['lower'], extra: [extra('Ann'), extra('Zoë')] },
    });
    expect({ targets, not }).toEqual({ targets: ['Zoë', 'Ann'], not: ['Yu: chamber'] });
    expect(all.targets.map(({ is_constituent, reason: why }) => [is_constituent, why])).toEqual([
      [true, reason],
      [true, reason],
    ]);
  });

  test('are left out once they no longer sit, or their chamber has passed the bill', () => {
    const gone = { person_id: madeUpId('upper', 9999), reason };
    expect(ask({ rules: { extra: [gone] } }).targets).toEqual(['Ann', 'Yu', 'Zoë']);
    const rules = { extra: [extra('Zoë'), extra('Bo')] };
    expect(ask({ rules, known: known(HOUSE_PASSED) }).targets).toEqual(['Ann', 'Yu']);
  });

  test('are not asked once they have left, though the roster still knows their name', () => {
    const legislators = ROSTER.legislators.filter(({ name }) => name !== 'Bo');
    const left = createRoster({ ...madeUpRoster([]), districts: ROSTER.districts, legislators });
    const roster = { ...left, legislator: ROSTER.legislator };
    const rules = { ...visible.targets, extra: [extra('Bo')] };
    const positions = [position('Bo', 'on_committee')];
    const campaign = { ...visible, positions, targets: { ...rules, committee: 'current' as const } };
    const representations = [roster.representation(ROSTER.districts[1]!.division_id)!];
    const { targets } = targetingOf(campaign, {
      representations,
      known: NOTHING_KNOWN,
      roster,
      today: TODAY,
    });
    expect(targets.map(({ legislator }) => legislator.name)).toEqual(['Zoë']);
  });

  test('are fallen back on only where none of the supporter’s own is a target', () => {
    const rules = { chambers: ['upper'], fallback: extra('Ann') } satisfies Partial<TargetRules>;
    expect(ask({ rules }).targets).toEqual(['Ann', 'Yu']);
    const { targets, not, all } = ask({ rules }, ['lower 14']);
    expect({ targets, not }).toEqual({ targets: ['Ann'], not: ['Zoë: chamber'] });
    expect(all.targets[0]).toMatchObject({ is_constituent: false, reason });
    const own = { chambers: ['upper'], fallback: extra('Zoë') } satisfies Partial<TargetRules>;
    expect(ask({ rules: own }, ['lower 14'])).toMatchObject({ targets: ['Zoë'], not: [] });
    expect(ask({ rules: { ...own, extra: [extra('Bo')] } }, ['lower 14']).targets).toEqual(['Bo', 'Zoë']);
  });
});

test('whatever the rules, everyone asked is within them, and nobody within them is left out', () => {
  const random = numbersFrom(419);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const some = <T>(list: readonly T[]): T[] => list.filter(() => random() < 0.5);
  const chambers = ['upper', 'lower'] as const;
  let asked = 0;
  for (let round = 0; round < 3000; round += 1) {
    const people = ROSTER.legislators;
    const passed = random() < 0.4 ? some(chambers).map((chamber) => ({ chamber, date: '2026-01-30' })) : [];
    const where = chambers.find((chamber) => !passed.some((one) => one.chamber === chamber));
    const members = random() < 0.7 ? some(people).map(({ id }) => id) : undefined;
    const stage = pick(['filed', 'in_committee', 'reported'] as const);
    const committees =
      stage === 'in_committee'
        ? [{ name: 'Rules', since: '2026-01-20', member_ids: members, doubtful_ids: [] }]
        : [];
    const bill = hb419({ chamber: where, passed, stage }, undefined, { committees });
    const positions = some(people).map(({ name }) =>
      position(name, pick(POSITIONS), { date: pick(['2026-01-13', '2026-01-25']) }),
    );
    const rules: TargetRules = {
      chambers: pick<OrgClassification[]>([['upper'], ['lower'], ['upper', 'lower'], ['lower', 'upper']]),
      ...(random() < 0.5 ? { committee: 'current' as const } : {}),
      stances: pick([[...STANCES], ['unknown'], ['unknown', 'opponent'], ['ally']]),
      extra: some(people)
        .slice(0, 2)
        .map(({ id }) => ({ person_id: id, reason: { en: 'Why' } })),
      ...(random() < 0.5 ? { fallback: { person_id: pick(people).id, reason: { en: 'Why' } } } : {}),
    };
    const bills = visible.bills.filter(({ identifier }) => identifier === 'HB 419');
    const campaign = {
      ...visible,
      bills,
      positions,
      ask: pick(['support', 'oppose'] as const),
      targets: rules,
    };
    const divisions = some(ROSTER.districts);
    const representations = divisions.map(({ division_id }) => ROSTER.representation(division_id)!);
    const knownBills = random() < 0.8 ? known(bill) : NOTHING_KNOWN;
    const all = targetingOf(campaign, { representations, known: knownBills, roster: ROSTER, today: TODAY });

    // The rules once more, in other words, from what the campaign says and what is known.
    const is_known = knownBills !== NOTHING_KNOWN;
    const done: OrgClassification[] = is_known ? passed.map(({ chamber }) => chamber) : [];
    const left = rules.chambers.filter((chamber) => !done.includes(chamber));
    const open = left.length > 0 ? left : chambers.filter((chamber) => !done.includes(chamber));
    const now = is_known ? where : 'lower';
    const sits = (id: string) => ROSTER.legislator(id)!.current_role.org_classification;
    const listed = is_known && stage === 'in_committee' ? (members ?? []) : [];
    const holds = ({ person_id, date }: Position): boolean => {
      if (!is_known) return true;
      if (sits(person_id) === where && stage === 'filed') return true;
      if (sits(person_id) === where && stage === 'in_committee')
        return listed.length === 0 || listed.includes(person_id) || date >= '2026-01-20';
      return passed.length === 0;
    };
    const by_hand = positions.filter((one) => one.position === 'on_committee' && holds(one));
    const decides = (id: string, chamber: OrgClassification): boolean => {
      const there = by_hand.map((one) => one.person_id).filter((one) => sits(one) === chamber);
      const here = chamber === now ? listed : [];
      if (there.length > 0) return there.includes(id) || here.includes(id);
      if (now === undefined) return true;
      return chamber === now && (here.length === 0 || here.includes(id));
    };
    const own = representations.flatMap(({ legislators }) => legislators);
    const fits = own.filter(({ id, current_role }) => {
      const chamber = current_role.org_classification;
      const stance = stanceOf(positions.find((one) => one.person_id === id)?.position, campaign.ask);
      return (
        open.includes(chamber) &&
        rules.stances.includes(stance) &&
        (rules.committee === undefined || decides(id, chamber))
      );
    });
    const isDone = (id: string) => done.includes(ROSTER.legislator(id)!.current_role.org_classification);
    const named = rules.extra.map(({ person_id }) => person_id).filter((id) => !isDone(id));
    const ids = new Set([...fits.map(({ id }) => id), ...named]);
    const is_alone = !own.some(({ id }) => ids.has(id));
    if (is_alone && rules.fallback && !isDone(rules.fallback.person_id)) ids.add(rules.fallback.person_id);
    const got = all.targets.map(({ legislator }) => legislator.id);
    expect(got.toSorted()).toEqual([...ids].toSorted());
    expect(askedChambers(campaign, knownBills, ROSTER)).toEqual(open);
    // Everyone of the supporter's own is either asked or told why not.
    const told = all.untargeted.map(({ legislator }) => legislator.id);
    expect([...told, ...got.filter((id) => own.some((one) => one.id === id))].toSorted()).toEqual(
      own.map(({ id }) => id).toSorted(),
    );
    for (const one of all.targets)
      expect(one.is_constituent).toBe(own.some(({ id }) => id === one.legislator.id));
    asked += got.length;
  }
  expect(asked).toBeGreaterThan(1000);
});
