import { type ActionLog, createActionLog } from '../../server/actions/action-log.ts';
import { purgeSpentIds } from '../../server/actions/action-queries.ts';
import { noteReply, officeReplies } from '../../server/actions/office-replies.ts';
import type { OfficeReply } from '../../server/actions/office-reply.ts';
import { readReplies } from '../../server/actions/office-reply-queries.ts';
import type { Store } from '../../server/store/open-store.ts';
import { madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';
import { logEntry, STORE_KINDS } from '../support/temp-store.ts';

const SLUGS = ['visible-act'];

describe.each(STORE_KINDS)('$name', ({ create }) => {
  let now: Date;
  let database: Awaited<ReturnType<typeof create>>;
  let store: Store;
  let log: ActionLog;

  beforeEach(async () => {
    now = new Date('2026-11-24T15:30:00Z');
    database = await create();
    store = await database.open();
    log = createActionLog({ store, now: () => now });
  });
  afterEach(async () => {
    await log.close();
    await store.close();
    await database.drop();
  });

  type Changes = Partial<Parameters<typeof logEntry>[0]>;
  const heard = (nonce: string, reply: OfficeReply, changes: Changes = {}, where = store) =>
    noteReply(where, { ...logEntry({ nonce, ...changes }), reply }, now);
  /** A call that was counted, and what the office said in it. */
  const callAnd = async (nonce: string, reply: OfficeReply, changes: Changes = {}) => {
    await log.log(logEntry({ nonce, ...changes }));
    return heard(nonce, reply, changes);
  };
  const read = (scope: { is_sample?: boolean; partner?: string } = {}) =>
    readReplies(store.read, SLUGS, { is_sample: false, ...scope });

  test('a reply counts once for each call, from many tabs and two processes at once, and the first answer stands', async () => {
    const other = await database.open();
    await log.log(logEntry({ nonce: 'a' }));
    expect(await heard('a', 'supports')).toBe('noted');
    expect(await heard('a', 'opposes')).toBe('noted_before');
    await Promise.all(['b', 'c', 'd'].map((nonce) => log.log(logEntry({ nonce }))));
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        heard('bcd'[index % 3]!, 'undecided', {}, index % 2 ? store : other),
      ),
    );
    await other.close();
    expect(outcomes.filter((outcome) => outcome === 'noted').length).toBe(3);
    expect(outcomes.filter((outcome) => outcome === 'noted_before').length).toBe(27);
    const of = { legislator_id: 'ocd-person/1', day: '2026-11-24' };
    expect(await read()).toEqual([
      { ...of, reply: 'supports', replies: 1 },
      { ...of, reply: 'undecided', replies: 3 },
    ]);
  });

  test('it counts only where a conversation was counted, and is forgotten with its form', async () => {
    expect(await heard('a', 'supports')).toBe('no_contact');
    await log.log(logEntry({ nonce: 'a', status_code: 'voicemail' }));
    await log.log(logEntry({ nonce: 'b', status_code: 'unavailable' }));
    expect([await heard('a', 'supports'), await heard('b', 'supports')]).toEqual([
      'no_contact',
      'no_contact',
    ]);
    await log.log(logEntry({ nonce: 'b' }));
    expect(await heard('b', 'supports')).toBe('noted');
    now = new Date('2026-12-10T00:00:00Z');
    await purgeSpentIds(store, now);
    expect(await store.read.selectFrom('spent_action_ids').selectAll().execute()).toEqual([]);
    expect((await read()).length).toBe(1);
  });

  test('samples, partners and campaigns are kept apart, and read together where that is asked', async () => {
    await callAnd('a', 'supports', { is_sample: true });
    await callAnd('b', 'opposes', { partner: 'jira' });
    await callAnd('c', 'opposes', { partner: 'jira', time_zone: 'Pacific/Kiritimati' });
    await callAnd('d', 'opposes', { campaign_slug: 'former' });
    await callAnd('e', 'opposes', { campaign_slug: 'another' });
    const of = { legislator_id: 'ocd-person/1', reply: 'opposes' };
    expect((await read({ is_sample: true })).map(({ reply }) => reply)).toEqual(['supports']);
    expect(await read({ partner: '' })).toEqual([]);
    expect(await read({ partner: 'jira' })).toEqual([
      { ...of, day: '2026-11-24', replies: 1 },
      { ...of, day: '2026-11-25', replies: 1 },
    ]);
    const campaign = madeUpCampaign({ slug: 'visible-act', former_slugs: ['former'] });
    const [all, ...others] = await officeReplies(store.read, campaign, {
      is_sample: false,
      today: '2026-11-25',
    });
    expect(others).toEqual([]);
    expect(all).toMatchObject({
      replies: { supports: 0, opposes: 3, undecided: 0, would_not_say: 0 },
      first_day: '2026-11-24',
      last_day: '2026-11-25',
      proposed: { position: 'says_oppose', session: '2026', date: '2026-11-25' },
    });
  });

  test('a position that the campaign has is told beside the replies, and not proposed again', async () => {
    for (const nonce of ['a', 'b', 'c']) await callAnd(nonce, 'supports');
    await callAnd('d', 'would_not_say', { legislator_id: 'ocd-person/2' });
    const known = {
      person_id: 'ocd-person/1',
      session: '2026',
      date: '2026-01-05',
      source: 'https://example.org/statement',
    };
    const told = (position: 'says_support' | 'sponsor') =>
      officeReplies(
        store.read,
        madeUpCampaign({ slug: 'visible-act', positions: [{ ...known, position }] }),
        {
          is_sample: false,
          today: '2026-11-24',
        },
      );
    const [same, other] = await told('says_support');
    expect(same!.positions).toMatchObject([{ position: 'says_support', by: 'campaign' }]);
    expect(same!.proposed).toBeUndefined();
    expect(other).toMatchObject({ legislator_id: 'ocd-person/2', positions: [], proposed: undefined });
    const [sponsor] = await told('sponsor');
    expect(sponsor!.positions).toMatchObject([{ position: 'sponsor' }]);
    expect(sponsor!.proposed).toMatchObject({ position: 'says_support' });
  });
});
