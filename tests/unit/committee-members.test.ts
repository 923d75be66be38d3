import { findCommittee, isSameCommitteeName, membersOf } from '../../server/bills/committee-members.ts';
import type { OrgClassification } from '../../server/legislators/legislator.ts';
import {
  type ApiCommittee,
  committeeSchema,
  readEntries,
} from '../../server/legislators/openstates-bill-replies.ts';
import { apiCommittee, chamberOrganization, compactPerson } from '../fixtures/openstates/bills.ts';
import { HAS_REAL_OPENSTATES, realReply } from '../support/stub-openstates.ts';

const read = (list: unknown[]): ApiCommittee[] => readEntries(list, committeeSchema).found;

/** The name of the committee that is found in the House (or another chamber), or why none is. */
function found(name: string, committees: ApiCommittee[], chamber: OrgClassification = 'lower'): string {
  const chamber_id = chamberOrganization(chamber).id;
  const one = findCommittee({ name, chamber, chamber_id }, committees);
  return typeof one === 'string' ? one : one.name;
}

test.each([
  ['Judiciary Committee', 'Judiciary'],
  ['Judiciary', 'Judiciary Committee'],
  ['Committee on Rules', 'Rules'],
  ['the Committee on Rules', 'House Committee on Rules'],
  ['House Judiciary Committee', 'Judiciary'],
  ['WAYS & MEANS', 'Ways and Means'],
  ['Health, Education and Labor', 'Health Education & Labor Committee'],
  ['Criminal Justice Subcommittee', 'Criminal Justice Subcommittee'],
  ['Subcommittee on Criminal Justice', 'Criminal Justice Subcommittee'],
  ['Veterans’ Affairs', "Veterans' Affairs"],
  ['Pre-K – 12', 'Pre K-12'],
  ['Asuntos Económicos', 'Asuntos Economicos'],
  ['House Administration', 'House Administration'],
])('%j is found as %j', (sought, name) => {
  const others = ['Agriculture', 'Judiciary and Rules'].map((other) => apiCommittee(other, 'lower'));
  expect(found(sought, read([...others, apiCommittee(name, 'lower')]))).toBe(name);
});

test.each([
  ['Judiciary', 'Judiciary and Public Safety'],
  ['Education Subcommittee', 'Education'],
  ['Education', 'Education Subcommittee'],
  ['Education', 'Higher Education'],
  ['Senate Judiciary', 'Judiciary'],
  ['Judiciary', 'Senate Judiciary'],
  ['Committee', 'Judiciary'],
])('%j is not %j', (sought, name) => {
  expect(found(sought, read([apiCommittee(name, 'lower')]))).toBe('none');
});

test('a committee of the other chamber is never taken', () => {
  const senate = apiCommittee('Criminal Justice', 'upper');
  const under = apiCommittee('Criminal Justice Subcommittee', senate);
  const committees = read([senate, under]);
  expect(found('Criminal Justice', committees)).toBe('none');
  expect(found('Criminal Justice Subcommittee', committees)).toBe('none');
  expect(found('Criminal Justice Subcommittee', committees, 'upper')).toBe('Criminal Justice Subcommittee');
  expect(found('Criminal Justice', read([apiCommittee('Criminal Justice', 'legislature')]))).toBe('none');
});

test('a subcommittee under a committee of the chamber is found; of one that nobody knows it is not', () => {
  const parent = apiCommittee('Judiciary', 'lower');
  const sub = apiCommittee('Civil Justice Subcommittee', parent);
  expect(found('Civil Justice Subcommittee', read([parent, sub]))).toBe('Civil Justice Subcommittee');
  expect(found('Civil Justice Subcommittee', read([sub]))).toBe('none');
});

test('where nothing tells which organization the chamber is, none is taken', () => {
  const committees = read([apiCommittee('Judiciary', 'lower')]);
  expect(findCommittee({ name: 'Judiciary', chamber: 'lower', chamber_id: undefined }, committees)).toBe(
    'none',
  );
});

test('of two that fit none is taken; the same one twice is one', () => {
  const one = apiCommittee('Education', 'lower');
  expect(found('Education', read([one, apiCommittee('Education Committee', 'lower')]))).toBe('several');
  expect(found('Education', read([one, one]))).toBe('Education');
});

test('members have their ids where OpenStates knows them, and nobody is left out for a missing one', () => {
  const committee = apiCommittee('Education', 'lower', [
    ['Member 1', compactPerson('lower', 1), 'chair'],
    ['Smith'],
  ]);
  const memberships = [
    ...(committee.memberships as unknown[]),
    { role: 'member' },
    { person_name: 'Jones', role: null },
  ];
  expect(membersOf(read([{ ...committee, memberships }])[0]!)).toEqual([
    { name: 'Member 1', person_id: compactPerson('lower', 1).id, role: 'chair' },
    { name: 'Smith', role: 'member' },
    { name: 'Jones', role: 'member' },
  ]);
  for (const none of [[], null, undefined])
    expect(membersOf(read([{ ...committee, memberships: none }])[0]!)).toBeUndefined();
});

test('names of one committee of one chamber are told to be the same', () => {
  expect(isSameCommitteeName('Committee on Rules', 'Rules')).toBe(true);
  expect(isSameCommitteeName('Rules Subcommittee', 'Rules')).toBe(false);
});

const real = HAS_REAL_OPENSTATES ? test : test.skip;
if (!HAS_REAL_OPENSTATES) console.warn('skipped: ../shared/data/openstates/api-v3 is not here');

real(
  'of the real committees of Florida none is the House’s Criminal Justice Subcommittee, though the Senate has one',
  () => {
    const { results } = realReply('rendered/committees-fl.json') as { results: unknown[] };
    const committees = read(results);
    const { parent_id: upper } = committees.find(({ name }) => name === 'Criminal Justice')!;
    const { parent_id: lower } = committees.find(({ name }) => name === 'Commerce')!;
    const find = (name: string, chamber: 'upper' | 'lower', chamber_id: string | undefined) =>
      findCommittee({ name, chamber, chamber_id }, committees);
    expect(find('Criminal Justice Subcommittee', 'lower', lower)).toBe('none');
    expect(find('Criminal Justice', 'lower', lower)).toBe('none');
    expect(find('Criminal Justice', 'upper', upper)).toMatchObject({ name: 'Criminal Justice' });
    expect(find('Commerce Committee', 'lower', lower)).toMatchObject({ name: 'Commerce' });
  },
);
