import { MAIN, makeKnownWorld, SEATS } from '../support/known-world.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { letterRow, writeLetters } from '../support/write-letters.ts';

let world: Awaited<ReturnType<typeof makeKnownWorld>>;
let app: TestApp;
beforeAll(async () => {
  world = await makeKnownWorld();
  app = await startTestApp({ ...world, allow_sample: false, now: () => new Date('2026-11-25T15:00:00Z') });
});
afterAll(async () => {
  await app.close();
  world.drop();
});

const get = async (file: string, { partner = '', lang = '' } = {}) =>
  app.get(`/reports/${MAIN.slug}${file}?link=${await app.reportLink(MAIN.slug, partner)}${lang}`);

test('where nothing was handed in the report says nothing of it', async () => {
  const { $ } = await get('');
  expect($('#letters, #set-aside, #letter-answers').length).toBe(0);
});

describe('with letters', () => {
  const seat = SEATS.find(({ name }) => name.includes('Senator, District 5'))!;
  beforeAll(async () => {
    await writeLetters(app.store, [
      letterRow({ id: 'a', held: 'short', confirmed_at: '2026-11-24T15:40:00.000Z' }),
      letterRow({ id: 'b' }),
      letterRow({ id: 'c', state: 'accepted' }),
      letterRow({ id: 'd', state: 'failed', reason: 'refused_by_server' }),
      // What a preview would send, and what was made on sample pages, is none of the real ones.
      letterRow({ id: 'e', state: 'accepted', mode: 'preview' }),
      letterRow({ id: 'f', state: 'accepted', is_sample: 1 }),
    ]);
    const came_back = { hard_bounces: 3, last_bounce_at: '', set_aside_at: '2026-11-24T15:00:00.000Z' };
    await app.store.transaction(async (trx) => {
      await trx
        .insertInto('target_addresses')
        .values([
          { ...came_back, address: 'senate-5@example.org' },
          // Of nobody in this state.
          { ...came_back, address: 'elsewhere@example.org' },
        ])
        .execute();
      await trx
        .insertInto('letter_answers')
        .values({
          campaign_slug: MAIN.slug,
          is_sample: 0,
          partner: 'group-1',
          legislator_id: seat.legislator_id,
          day: '2026-11-24',
          answers: 4,
        })
        .execute();
    });
  });

  test('organizers see where they stand and why, whose address mail came back from, and who answered', async () => {
    const { $ } = await get('');
    const rows = (id: string) =>
      $(`#${id} tbody tr`)
        .toArray()
        .map((row) =>
          $(row)
            .children()
            .toArray()
            .map((cell) => $(cell).text()),
        );
    expect(rows('letters')).toEqual([
      ['held for the organizers: hardly any text', '1', 'Nov 24, 10\u00a0am'],
      ['waiting their turn', '1', 'Nov 24, 10\u00a0am'],
      ['accepted by the mail server', '1', '–'],
      ['failed: refused by the mail server', '1', '–'],
    ]);
    expect($('#letters').text()).toContain('npm run mail -- held');
    expect(
      $('#set-aside li')
        .toArray()
        .map((item) => $(item).text()),
    ).toEqual([
      `Senator ${seat.name}, senate-5@example.org: 3 came back, nothing sent since November 24, 2026`,
    ]);
    expect(rows('letter-answers')).toEqual([[`Senator ${seat.name}`, '4']]);
  });

  test('in their language too', async () => {
    const { $ } = await get('', { lang: '&lang=es' });
    expect($('#letters h2').text()).toBe('Correos que envía este sitio');
    expect($('#letters tbody th').first().text()).toBe('retenidos para los organizadores: casi sin texto');
  });

  test('as data, as the page has it', async () => {
    const { letters } = JSON.parse((await get('/report.json')).text);
    expect(letters.queue).toHaveLength(4);
    expect(letters.set_aside.map(({ address }: { address: string }) => address)).toEqual([
      'senate-5@example.org',
    ]);
    const csv = await get('/letters.csv');
    expect(csv.text).toBe(
      'state,reason,letters,oldest_at\r\nheld,short,1,2026-11-24T15:00:00.000Z\r\nconfirmed,,1,2026-11-24T15:00:00.000Z\r\naccepted,,1,\r\nfailed,refused_by_server,1,\r\n',
    );
  });

  test("a partner's report has none of it", async () => {
    const { $, text } = await get('', { partner: 'group-1' });
    expect($('#letters, #set-aside, #letter-answers').length).toBe(0);
    expect(text).not.toContain('senate-5@example.org');
    const { text: json } = await get('/report.json', { partner: 'group-1' });
    expect(JSON.parse(json).letters).toBeUndefined();
    for (const view of ['letters', 'letter_answers', 'set_aside'])
      expect((await get(`/${view}.json`, { partner: 'group-1' })).status).toBe(403);
  });
});
