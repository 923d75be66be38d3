import { billRecordSchema } from '../../server/bills/bill-record.ts';
import { recordOf } from '../../server/bills/fetch-bill.ts';
import { OperationalError } from '../../server/errors.ts';
import { billSchema } from '../../server/legislators/openstates-bill-replies.ts';
import {
  apiAction,
  apiBill,
  apiRollCall,
  apiSponsorship,
  chamberOrganization,
  committeeOrganization,
  compactPerson,
  companionTo,
} from '../fixtures/openstates/bills.ts';
import { florida } from '../support/bills.ts';
import { HAS_REAL_OPENSTATES, realReply } from '../support/stub-openstates.ts';

const AT = '2026-02-10T17:00:00.000Z';
/** What is made of the made-up HB 1 with these changes; as it would be read again from the disk. */
function fetched(changes: Record<string, unknown> = {}) {
  const made = recordOf(billSchema.parse({ ...apiBill('HB 1'), ...changes }), florida('HB 1'), AT);
  expect(billRecordSchema.parse(made.record)).toEqual(made.record);
  return made;
}

test('actions stand in their order, whatever the order of the reply, and those of one place by their days', () => {
  const action = (order: number | null, date: string) => ({ ...apiAction(date, `${order} ${date}`), order });
  const { record } = fetched({
    actions: [
      action(null, '2026-03-02'),
      action(3, '2026-01-01'),
      action(1, '2026-02-01'),
      action(2, '2026-02-03'),
      action(2, '2026-02-02'),
      action(null, '2026-03-01'),
    ],
  });
  expect(record.actions.map(({ description }) => description)).toEqual([
    '1 2026-02-01',
    '2 2026-02-02',
    '2 2026-02-03',
    '3 2026-01-01',
    'null 2026-03-01',
    'null 2026-03-02',
  ]);
});

test.each([
  ['2026-02-01', '2026-02-01'],
  ['2026-02-01T23:30:00-05:00', '2026-02-01'],
  [' 2026-02-01 10:00', '2026-02-01'],
  ['2026-02', undefined],
  ['2026', undefined],
  ['2026-02-30', undefined],
  ['', undefined],
  ['soon', undefined],
])('an action and a vote of %j are of the day %s', (date, day) => {
  const { record, notes } = fetched({ actions: [apiAction(date, 'Read')], votes: [apiRollCall(date, [])] });
  expect(record.actions.map((one) => one.date)).toEqual(day ? [day] : []);
  expect(record.roll_calls.map((one) => one.date)).toEqual(day ? [day] : []);
  expect(notes.length).toBe(day ? 0 : 2);
});

test('the chamber of an action is the one where it happened; a committee is named, the governor is not', () => {
  const by = (organization: unknown, related: unknown[] = []) => ({
    ...apiAction('2026-02-01', 'Something'),
    organization,
    related_entities: related,
  });
  const entity = (name: string, entity_type = 'organization', classification?: string) => ({
    name,
    entity_type,
    ...(classification ? { organization: { id: 'ocd-organization/1', name, classification } } : {}),
  });
  const { record } = fetched({
    actions: [
      by(chamberOrganization('upper')),
      by(chamberOrganization('legislature')),
      by({ id: 'ocd-organization/1', name: 'Governor', classification: 'executive' }),
      by(committeeOrganization('Rules'), [
        entity('Rules'),
        entity('Ways & Means', 'organization', 'committee'),
      ]),
      by(chamberOrganization('lower'), [
        entity('Judiciary'),
        entity('Member 13', 'person'),
        entity('Senate', 'organization', 'upper'),
        entity('House'),
        { name: '' },
        null,
      ]),
      by(null),
    ],
  });
  expect(record.actions.map(({ chamber, committees }) => [chamber, committees])).toEqual([
    ['upper', []],
    ['legislature', []],
    [undefined, []],
    [undefined, ['Rules', 'Ways & Means']],
    ['lower', ['Judiciary']],
    [undefined, []],
  ]);
});

test('sponsors are people: by their id where OpenStates knows them, by their name else', () => {
  const { record } = fetched({
    sponsorships: [
      apiSponsorship('Member 13', compactPerson('lower', 13)),
      apiSponsorship('Smith', undefined, false),
      apiSponsorship('Member 14', { ...compactPerson('lower', 14), id: 'ocd-organization/1' }),
      { ...apiSponsorship('Judiciary Committee'), entity_type: 'organization' },
      { ...apiSponsorship('Jones', undefined, false), primary: null, classification: 'primary' },
    ],
  });
  expect(record.sponsorships).toEqual([
    { name: 'Member 13', person_id: compactPerson('lower', 13).id, is_primary: true },
    { name: 'Smith', is_primary: false },
    { name: 'Member 14', is_primary: true },
    { name: 'Jones', is_primary: true },
  ]);
});

test('a vote of a chamber is one of the floor; of a committee nobody says here of which chamber', () => {
  const { record } = fetched({
    votes: [
      apiRollCall('2026-02-02', [['yes', 'Smith']], { organization: committeeOrganization('Rules') }),
      apiRollCall('2026-02-01', [
        ['no', compactPerson('lower', 13)],
        ['not voting', 'Jones'],
      ]),
    ],
  });
  expect(record.roll_calls).toMatchObject([
    {
      date: '2026-02-01',
      chamber: 'lower',
      is_floor: true,
      organization: 'House',
      votes: [
        { option: 'no', name: 'Made-Up Member 13', person_id: compactPerson('lower', 13).id },
        { option: 'not voting', name: 'Jones' },
      ],
    },
    { date: '2026-02-02', is_floor: false, organization: 'Rules', votes: [{ option: 'yes', name: 'Smith' }] },
  ]);
  expect(record.roll_calls[1]).not.toHaveProperty('chamber');
});

test('a broken action, sponsor or vote alone is left out and told of; a broken choice takes no vote down', () => {
  const vote = apiRollCall('2026-02-01', [['yes', 'Smith']]);
  const { record, notes } = fetched({
    actions: [apiAction('2026-01-01', 'Filed'), { description: 'Read' }, null],
    sponsorships: [apiSponsorship('Smith'), { name: 7 }],
    votes: [
      { ...vote, votes: [...(vote.votes as unknown[]), { option: 'yes' }, 'Jones'] },
      { id: 'ocd-vote/1' },
    ],
  });
  expect([record.actions.length, record.sponsorships.length, record.roll_calls[0]!.votes.length]).toEqual([
    1, 1, 1,
  ]);
  expect(notes).toEqual([
    '2 of its actions at OpenStates could not be read and are left out.',
    '1 of its sponsors at OpenStates could not be read and are left out.',
    '1 of its votes at OpenStates could not be read and are left out.',
  ]);
});

test.each([
  [['https://example.org/vote'], ['https://example.org/bill'], 'https://example.org/vote'],
  [['javascript:alert(1)'], ['https://example.org/bill'], 'https://example.org/bill'],
  [['ftp://example.org/vote', 'http://example.org/b'], [], 'http://example.org/b'],
  [['not an address'], ['mailto:a@example.org'], 'https://example.org/openstates/HB1'],
  [['https:example.org/vote'], ['http:/example.org/bill'], 'https://example.org/openstates/HB1'],
  [['https:example.org/vote'], [' https://example.org/bill '], 'https://example.org/bill'],
])('of %j and %j a vote has the source %s', (of_vote, of_bill, source) => {
  const links = (urls: string[]) => urls.map((url) => ({ url, note: '' }));
  const { record } = fetched({
    votes: [apiRollCall('2026-02-01', [], { sources: links(of_vote) })],
    sources: links(of_bill),
  });
  expect(record.roll_calls[0]!.source).toBe(source);
});

test('a bill without any page on the web has OpenStates’ page of it', () => {
  const { record } = fetched({ sources: [], openstates_url: 'data:text/html,x' });
  expect(record.source).toBe('https://open.pluralpolicy.com/fl/bills/2026/HB1');
});

test('a companion whose identifier names no bill is none', () => {
  const { record } = fetched({
    related_bills: ['..', '-', 'SB \ud800', 'SB 2'].map((one) => companionTo(one)),
  });
  expect(record.companions).toEqual([{ identifier: 'SB 2', session: '2026' }]);
});

test('companions are those of its own session', () => {
  const { record } = fetched({
    related_bills: [
      companionTo('SB 2'),
      companionTo('S.B. 0002'),
      companionTo('SB 3', '2025'),
      companionTo('HB 1'),
      { ...companionTo('SB 4'), relation_type: 'replaces' },
      { relation_type: 'companion' },
    ],
  });
  expect(record.companions).toEqual([{ identifier: 'SB 2', session: '2026' }]);
});

test.each([
  ['its first action', {}, '2025-11-13'],
  [
    'its earliest action',
    { first_action_date: '', actions: [apiAction('2025-11-20', 'Read'), apiAction('2025-11-14', 'Filed')] },
    '2025-11-14',
  ],
  ['when OpenStates first saw it', { first_action_date: null, actions: [] }, '2025-12-01'],
  ['when it was fetched', { first_action_date: null, actions: [], created_at: null }, '2026-02-10'],
])('it begins on the day of %s', (_, changes, day) => {
  expect(fetched(changes).record.first_action_date).toBe(day);
});

test.each([
  ['another session', { session: '2025' }],
  ['another identifier', { identifier: 'HB 2' }],
  ['another state', { jurisdiction: { id: 'ocd-jurisdiction/country:us/state:ga/government' } }],
])('a bill of %s is not taken', (_, changes) => {
  expect(() => fetched(changes)).toThrow(expect.objectContaining({ code: 'openstates_other_bill' }));
  expect(() => fetched(changes)).toThrow(OperationalError);
});

test('the same bill spelled another way is taken', () => {
  expect(fetched({ identifier: 'HB0001' }).record.identifier).toBe('HB0001');
});

test('where it does not say in which chamber it was filed, the first action says it, or it is not taken', () => {
  const nobody = { id: 'ocd-organization/1', name: 'State', classification: 'government' };
  expect(
    fetched({ from_organization: nobody, actions: [apiAction('2026-01-01', 'Filed', 'upper')] }).record
      .chamber,
  ).toBe('upper');
  expect(() => fetched({ from_organization: null, actions: [] })).toThrow(
    expect.objectContaining({ code: 'openstates_unreadable_bill' }),
  );
});

const real = HAS_REAL_OPENSTATES ? test : test.skip;
if (!HAS_REAL_OPENSTATES) console.warn('skipped: ../shared/data/openstates/api-v3 is not here');

real('the real HB 419 of 2026 is understood whole', () => {
  const reply = billSchema.parse(realReply('rendered/bills-detail-fl-2026-HB419-all-includes.json'));
  const { record, notes, chamber_ids } = recordOf(reply, florida('hb 0419'), AT);
  expect(billRecordSchema.parse(record)).toEqual(record);
  expect(notes).toEqual([]);
  expect(record).toMatchObject({
    identifier: 'HB 419',
    session: '2026',
    chamber: 'lower',
    source: 'https://www.flsenate.gov/Session/Bill/2026/419',
    first_action_date: '2025-11-13',
    sponsorships: [{ is_primary: true, person_id: expect.stringMatching(/^ocd-person\//) }],
    companions: [{ identifier: 'SB 316', session: '2026' }],
    roll_calls: [],
  });
  expect(record.actions.map(({ description }) => description)).toEqual([
    'Filed',
    'Referred to Criminal Justice Subcommittee',
    'Referred to Judiciary Committee',
    'Now in Criminal Justice Subcommittee',
  ]);
  expect(chamber_ids).toEqual({ lower: expect.stringMatching(/^ocd-organization\//) });
});
