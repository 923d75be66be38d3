import { POSITIONS, type Position, type PositionName } from '../../server/bills/position.ts';
import type { Campaign } from '../../server/campaigns/campaign.ts';
import { readCampaigns } from '../../server/campaigns/read-campaigns.ts';
import { positionOf, stanceOf, targetsOf } from '../../server/campaigns/targets.ts';
import type { OrgClassification, Representation } from '../../server/legislators/legislator.ts';

let campaign: Campaign;
beforeAll(async () => {
  campaign = (await readCampaigns('campaigns')).campaigns[0]!;
});

/** A district with the members of these names; their ids are 'ocd-person/<name>'. */
function district(
  chamber: OrgClassification,
  number: string,
  names: string[],
  seats = names.length,
): Representation {
  const division_id = `ocd-division/country:us/state:fl/${chamber === 'upper' ? 'sldu' : 'sldl'}:${number}`;
  return {
    district: {
      division_id,
      state: 'fl',
      org_classification: chamber,
      district: number,
      name: `District ${number}`,
      seats,
    },
    legislators: names.map((name) => ({
      id: `ocd-person/${name}`,
      name,
      party: '',
      current_role: { title: 'Member', org_classification: chamber, district: number, division_id },
      offices: [],
      links: [],
    })),
    vacant_seats: seats - names.length,
  };
}

function position(person: string, name: PositionName, date = '2026-01-13'): Position {
  return {
    person_id: `ocd-person/${person}`,
    position: name,
    session: '2026',
    date,
    source: 'https://example.org',
  };
}

const namesOf = (representations: Representation[], of = campaign) =>
  targetsOf(of, representations).map(({ legislator }) => legislator.name);

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

test('the latest position wins, in whatever order they stand; of those on one day the last in the file', () => {
  const of = (...positions: Position[]) => positionOf({ ...campaign, positions }, 'ocd-person/Ada')?.position;
  expect(of(position('Ada', 'sponsor', '2025-11-03'), position('Ada', 'voted_no', '2026-02-01'))).toBe(
    'voted_no',
  );
  expect(of(position('Ada', 'voted_no', '2026-02-01'), position('Ada', 'sponsor', '2025-11-03'))).toBe(
    'voted_no',
  );
  expect(of(position('Ada', 'voted_yes'), position('Ada', 'says_oppose'))).toBe('says_oppose');
  expect(of(position('Bo', 'sponsor'))).toBeUndefined();
});

test('every member of a district becomes a target, each with a position and stance of their own', () => {
  const positions = [position('Cy', 'voted_no'), position('Ada', 'cosponsor')];
  const targets = targetsOf({ ...campaign, positions }, [district('lower', '14', ['Cy', 'Bo', 'Ada'])]);
  expect(
    targets.map(({ legislator, position, stance }) => [legislator.name, position?.position, stance]),
  ).toEqual([
    ['Cy', 'voted_no', 'opponent'],
    ['Bo', undefined, 'unknown'],
    ['Ada', 'cosponsor', 'ally'],
  ]);
});

test('targets stand by chamber as the campaign names them, then as the districts and their members come', () => {
  const [house, senate] = [
    district('lower', '14', ['Éva', 'eve', 'Zoë']),
    district('upper', '5', ['Ann', 'Yu']),
  ];
  const expected = ['Ann', 'Yu', 'Éva', 'eve', 'Zoë'];
  expect(namesOf([house, senate])).toEqual(expected);
  expect(namesOf([senate, house])).toEqual(expected);
  const houseFirst = { ...campaign, targets: { chambers: ['lower', 'upper'] as OrgClassification[] } };
  expect(namesOf([senate, house], houseFirst).slice(3)).toEqual(['Ann', 'Yu']);
});

test('a chamber that the campaign does not name, and a vacant seat, give no target', () => {
  const senateOnly = { ...campaign, targets: { chambers: ['upper'] as OrgClassification[] } };
  expect(namesOf([district('lower', '14', ['Ann']), district('upper', '5', ['Bo'])], senateOnly)).toEqual([
    'Bo',
  ]);
  expect(namesOf([district('lower', '78', [], 1)])).toEqual([]);
});
