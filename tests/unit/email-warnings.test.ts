import { emailWarnings } from '../../server/campaigns/email-warnings.ts';
import { createRoster } from '../../server/legislators/roster.ts';
import { type MadeUpCampaign, madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';
import { madeUpRoster } from '../fixtures/people/made-up-roster.ts';

/** A Friday. */
const TODAY = '2026-11-20';
const written = madeUpRoster([
  { chamber: 'upper', district: '1', members: ['Ada Sample'] },
  { chamber: 'lower', district: '2', members: ['Ben Sample'] },
]);
const [ADA, BEN] = written.legislators.map(({ id }) => id) as [string, string];

/** The roster, in which these people alone have an address. */
const withAddress = (...ids: string[]) =>
  createRoster({
    ...written,
    legislators: written.legislators.map((one) =>
      ids.includes(one.id) ? { ...one, email: 'office@example.org' } : one,
    ),
  });

const told = (special: MadeUpCampaign, roster = withAddress(ADA, BEN)) =>
  emailWarnings(madeUpCampaign(special), TODAY, roster).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
const by = (deliver_by: string) => ({ email: { send: true, deliver_by } });

test('a day on which offices are open is no matter, today and the last of the campaign too, nor is none', () => {
  expect(told({})).toEqual([]);
  expect(told({ email: { send: true } })).toEqual([]);
  expect(told({ ...by(TODAY), dates: { ends: TODAY } })).toEqual([]);
  expect(told(by('2026-11-23'))).toEqual([]);
});

test.each<[string, MadeUpCampaign, RegExp]>([
  [
    'without send: true',
    { email: { send: false, deliver_by: '2026-11-23' } },
    /^email\.deliver_by: Nothing is sent from here.*Write send: true beside it, or take it out\.$/,
  ],
  ['that is past', by('2026-11-19'), /This day is past \(in the state it is 2026-11-20\).*comes too late\./],
  [
    'after the last one of the campaign',
    { ...by('2026-11-24'), dates: { ends: '2026-11-23' } },
    /The campaign ends before this day, on 2026-11-23\./,
  ],
  [
    'on which offices are closed',
    by('2026-11-22'),
    /Offices are closed on this day: it is a Sunday\. .* the last before it on 2026-11-20\./,
  ],
  [
    'that is a holiday after another',
    {
      ...by('2026-11-27'),
      office_hours: { ...madeUpCampaign().office_hours, holidays: ['2026-11-26', '2026-11-27'] },
    },
    /it is one of your holidays\. .* the last before it on 2026-11-25\./,
  ],
])('a day %s is told, and what helps', (_, special, message) => {
  expect(told(special)).toEqual([expect.stringMatching(message)]);
});

test('where nobody who is asked has an address, that is told: of the chambers, or named', () => {
  const upper = { ...madeUpCampaign().targets, chambers: ['upper' as const] };
  const send = { email: { send: true } };
  const none = [
    expect.stringMatching(/^email\.send: None of those whom you ask has an e-mail address, as of /),
  ];
  expect(told({ ...send, targets: upper }, withAddress(ADA))).toEqual([]);
  expect(told({ ...send, targets: upper }, withAddress(BEN))).toEqual(none);
  expect(told(send, withAddress())).toEqual(none);
  expect(told({}, withAddress())).toEqual([]);
  const extra = [{ person_id: BEN, reason: { en: 'Chairs the committee' } }];
  expect(told({ ...send, targets: { ...upper, extra } }, withAddress(BEN))).toEqual([]);
  // Without a roster nobody knows.
  expect(emailWarnings(madeUpCampaign(send), TODAY, undefined)).toEqual([]);
});

test('of a campaign that is over none of it is told', () => {
  expect(told({ ...by('2026-11-19'), dates: { ends: '2026-11-19' } })).toEqual([]);
  expect(told({ ...by('2026-11-19'), status: 'won' })).toEqual([]);
});
