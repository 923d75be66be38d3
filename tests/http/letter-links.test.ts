import type { Campaign } from '../../server/campaigns/campaign.ts';
import { fixedCampaigns, type LiveCampaigns } from '../../server/campaigns/live-campaigns.ts';
import { OperationalError } from '../../server/errors.ts';
import { type AnswerNoted, HOLD_REASONS, type Letter } from '../../server/mail/letter.ts';
import { END_REASONS, type LetterState, MOVES } from '../../server/mail/letter-states.ts';
import { LETTER_RIGHTS, type LetterRight } from '../../server/mail/letter-token.ts';
import { type Answer, formFields } from '../support/client.ts';
import { CONTENT, madeUpLetter, madeUpLetters } from '../support/made-up-letters.ts';
import { rawAnswer } from '../support/raw-answer.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const DIVISION = 'ocd-division/country:us/state:fl/sldu:5';
const PAGE = '/campaigns/visible-act';
const NOW = new Date('2026-11-24T15:00:00Z');

let app: TestApp;
let now = NOW;
let senator: string;
let campaigns: LiveCampaigns;
const letters = madeUpLetters();
const { see } = letters;

beforeAll(async () => {
  app = await startTestApp({
    now: () => now,
    parts: (parts) => {
      const all = parts.campaigns;
      campaigns = all;
      const live: LiveCampaigns = {
        ...all,
        all: () => campaigns.all(),
        get: (slug) => campaigns.get(slug),
        byName: (name) => campaigns.byName(name),
      };
      return { letters, campaigns: live };
    },
  });
  senator = app.parts.rosters.get('fl')!.roster.representation(DIVISION)!.legislators[0]!.id;
});
afterAll(() => app.close());

let ids = 0;
beforeEach(() => {
  now = NOW;
  letters.see = see;
  letters.goes = { goes_at: new Date('2026-11-24T15:10:00Z'), is_in_time: true };
});

/** A letter with an id of its own, its content at hand unless it is over. */
function put(changes: Partial<Letter> = {}, content = CONTENT): string {
  const id = `letter-${++ids}`;
  const letter = madeUpLetter({ id, legislator_id: senator, ...changes });
  letters.put(letter, ['withdrawn', 'expired', 'failed'].includes(letter.state) ? undefined : content);
  return id;
}

const linkTo = (right: LetterRight, id: string) =>
  `/letters/${right}/${app.parts.letter_tokens.issue(right, id)}`;
const titleOf = ({ $ }: Answer) => $('h1').text();
/** Presses the button of a page as it stands there. */
async function press(path: string) {
  const { $ } = await app.get(path);
  expect($('main form').attr('method')).toBe('post');
  return app.post($('main form').attr('action')!, formFields($, 'main form'));
}

test('the link of the mail shows to whom, from whom and word for word what is sent, and about when, and one button', async () => {
  const { status, headers, $ } = await app.get(linkTo('confirm', put()));
  expect([status, headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual([
    200,
    'no-store',
    'noindex',
  ]);
  expect(headers.get('referrer-policy')).toBe('same-origin');
  expect($('h1').text()).toBe('Send your e-mail?');
  expect($('main').text()).toContain('Sample Senator');
  for (const written of [CONTENT.name, CONTENT.email, CONTENT.subject])
    expect($('.card').text()).toContain(written);
  expect($('.exact').text()).toBe(CONTENT.text);
  expect($('main').text()).toContain(
    'If you confirm it now, it leaves today, between 10 am and 11 am (Eastern time).',
  );
  expect($('main button').toArray().length).toBe(1);
  expect($('main button').text()).toBe('Confirm and send');
  expect($('link[rel=canonical], meta[property^="og:"]').length).toBe(0);
});

test('a letter in the language of the office says so on a page in another, and shows the campaign’s text in that', async () => {
  const link = linkTo('confirm', put({ page_language: 'es' }));
  const { $ } = await app.get(link);
  const card = $('section.card');
  expect(card.text()).toContain('Está en inglés, porque la oficina lee inglés.');
  expect(card.find('details summary').text()).toBe('Leer el texto de la campaña en español');
  expect(card.find('details .hint').text()).toContain('Lo que usted agregó o cambió no está aquí.');
  expect(card.find('.translation').text()).toMatch(/Vivo en su distrito/);
  expect(card.find('.translation').text()).not.toContain('Two blanks');
  const in_english = await app.get(`${link}?lang=en`);
  expect(in_english.$('section.card').text()).not.toMatch(/since the office/);
  expect(in_english.$('details')).toHaveLength(0);
});

test('scanners follow every link, by GET and HEAD and again, and nothing changes; then the person confirms', async () => {
  const id = put();
  for (const right of LETTER_RIGHTS) {
    for (const method of ['GET', 'HEAD', 'GET', 'HEAD']) {
      const { status } = await rawAnswer(`${app.url}${linkTo(right, id)}`, { accept: '*/*' }, method);
      expect(status).toBe(200);
    }
  }
  expect([letters.stateOf(id), letters.disowned]).toEqual(['confirming', []]);
  const done = await press(linkTo('confirm', id));
  expect([done.status, titleOf(done), letters.stateOf(id)]).toEqual([
    200,
    'Your e-mail is confirmed',
    'confirmed',
  ]);
  expect(done.headers.get('cache-control')).toBe('no-store');
});

test('once confirmed, the page says when it goes, how to withdraw it, and leads on with partner and language', async () => {
  const { $ } = await press(`${linkTo('confirm', put())}?lang=en`);
  expect($('main').text()).toContain('It leaves today, between 10 am and 11 am (Eastern time).');
  const hrefs = $('main a')
    .toArray()
    .map(({ attribs }) => attribs.href!);
  expect(hrefs).toEqual([
    expect.stringMatching(/^\/letters\/withdraw\//),
    `/campaigns/visible-act/act?division=${DIVISION}&partner=jira&lang=en`,
    '/campaigns/visible-act?partner=jira&lang=en',
  ]);
  expect((await app.get(hrefs[1]!)).status).toBe(200);
  const withdrawn = await press(hrefs[0]!);
  expect(titleOf(withdrawn)).toBe('Your e-mail is taken back');
});

test('confirming twice does nothing the second time, and says so', async () => {
  const id = put();
  await press(linkTo('confirm', id));
  const again = await app.post(linkTo('confirm', id), {});
  expect([again.status, letters.stateOf(id)]).toEqual([200, 'confirmed']);
  expect(again.$('main').text()).toContain('You had confirmed it before.');
  const seen = await app.get(linkTo('confirm', id));
  expect([seen.status, titleOf(seen), seen.$('main button').length]).toEqual([
    200,
    'Your e-mail is confirmed',
    0,
  ]);
});

test.each([
  ['later today', '2026-11-24T20:20:00Z', 'it leaves today, between 3 pm and 4 pm (Eastern time)'],
  ['another day', '2026-11-30T17:10:00Z', 'it leaves about Monday, November 30'],
])('when it goes is said by the state’s clock: %s', async (_name, goes_at, words) => {
  letters.goes = { goes_at: new Date(goes_at), is_in_time: true };
  const { $ } = await app.get(linkTo('confirm', put()));
  expect($('main').text()).toContain(words);
});

test('where the letter would come too late, or none can be sent, the page says so before it is confirmed', async () => {
  letters.goes = { goes_at: new Date('2026-12-30T15:10:00Z'), is_in_time: false };
  expect((await app.get(linkTo('confirm', put()))).text).toContain('That is too late');
  letters.goes = 'set_aside';
  expect((await app.get(linkTo('confirm', put()))).text).toContain("we can't send e-mail to this office");
});

test('a letter that waits for the organizer says so, and why, before and after it is confirmed', async () => {
  const id = put({ held: [...HOLD_REASONS] });
  for (const { $ } of [await app.get(linkTo('confirm', id)), await press(linkTo('confirm', id))]) {
    expect($('.notice h2').text()).toBe('Someone from the campaign looks at it first');
    expect(
      new Set(
        $('.notice li')
          .toArray()
          .map((one) => $(one).text()),
      ).size,
    ).toBe(HOLD_REASONS.length);
    expect($('main').text()).not.toContain('it leaves');
  }
});

test('withdrawing is a button too, works until the letter leaves, and erases what was written', async () => {
  for (const state of ['confirming', 'confirmed'] as const) {
    const id = put({ state });
    const asked = await app.get(linkTo('withdraw', id));
    expect([asked.status, asked.$('.exact').text()]).toEqual([200, CONTENT.text]);
    const done = await press(linkTo('withdraw', id));
    expect([done.status, titleOf(done), letters.stateOf(id)]).toEqual([
      200,
      'Your e-mail is taken back',
      'withdrawn',
    ]);
    expect(done.text).not.toContain('Núñez');
    const again = await app.post(linkTo('withdraw', id), {});
    expect([again.status, titleOf(again)]).toEqual([410, 'This e-mail was taken back']);
    const late = await app.post(linkTo('confirm', id), {});
    expect([late.status, titleOf(late), letters.stateOf(id)]).toEqual([
      410,
      'This e-mail was taken back',
      'withdrawn',
    ]);
  }
});

test('‘this was not me’ says what it does, does it by a button, and leads to no legislators', async () => {
  const id = put();
  const asked = await app.get(linkTo('not-me', id));
  expect(asked.text).toContain('nothing more to your address for 28 days');
  expect(asked.text).toContain('every other e-mail that was given to us with your address');
  expect(asked.text).not.toContain('Núñez');
  const done = await press(linkTo('not-me', id));
  expect([done.status, titleOf(done), letters.disowned]).toEqual([200, 'Thank you for telling us', [id]]);
  expect(done.$('main a').length).toBe(0);
  const again = await app.get(linkTo('confirm', id));
  expect(again.status).toBe(410);
  expect(again.text).toContain('you did not write it');
});

test.each([
  ['withdrawn', 'by_supporter'],
  ['withdrawn', 'written_anew'],
  ['expired', 'not_confirmed'],
  ['expired', 'too_late'],
] as const)('‘this was not me’ is still of use once the letter is %s: %s', async (state, reason) => {
  const id = put({ state, reason });
  const told: string[] = [];
  for (const lang of ['en', 'es', 'ht']) {
    const { status, $ } = await app.get(`${linkTo('not-me', id)}?lang=${lang}`);
    expect([lang, status, $('main form').length, letters.disowned.includes(id)]).toEqual([
      lang,
      200,
      1,
      false,
    ]);
    told.push($('.lead').text());
  }
  expect(told[0]).toContain('We do not send it: it was taken back, or its time is over.');
  expect(told[0]).toContain('every other e-mail that was given to us with your address');
  expect(new Set(told).size).toBe(3);
  expect(told.join('')).not.toMatch(/\{\{|undefined/);
  const done = await press(linkTo('not-me', id));
  expect([done.status, titleOf(done), letters.disowned.includes(id)]).toEqual([
    200,
    'Thank you for telling us',
    true,
  ]);
  expect(done.text).toContain('is taken back and erased here');
  const again = await app.post(linkTo('not-me', id), {});
  expect(again.status).toBe(410);
  expect(again.$('main a').length).toBe(0);
});

test.each(['sending', 'accepted', 'bounced'] as const)(
  'whoever says ‘this was not me’ of a letter that left meanwhile (%s) is not told that nothing was sent',
  async (state) => {
    const done = await app.post(linkTo('not-me', put({ state, confirmed_at: NOW.toISOString() })), {});
    expect([done.status, titleOf(done)]).toEqual([200, 'Thank you for telling us']);
    expect(done.text).toContain('has left: we can’t take it back');
    expect(done.text).not.toContain('We send nothing');
  },
);

/** The status of a look at each state, and of pressing a button to confirm or to withdraw that is no longer there. */
const LATE: [state: LetterState, reason: Letter['reason'], seen: number, withdrawn: number][] = [
  ['sending', '', 200, 409],
  ['accepted', '', 200, 409],
  ['bounced', '', 200, 409],
  ['failed', 'refused_by_server', 410, 410],
  ['withdrawn', 'not_me', 410, 410],
  ['expired', 'too_late', 410, 410],
];

test('every state in which a letter can be stopped no more has a page of its own, and no link changes it', async () => {
  const titles = new Set<string>();
  for (const [state, reason, status, withdrawn] of LATE) {
    const id = put({ state, reason, confirmed_at: NOW.toISOString() });
    const page = await app.get(linkTo('confirm', id));
    expect(page.$('main form').length).toBe(0);
    titles.add(titleOf(page));
    const answers = [
      page,
      await app.post(linkTo('confirm', id), {}),
      await app.get(linkTo('withdraw', id)),
      await app.post(linkTo('withdraw', id), {}),
    ];
    expect([state, ...answers.map((answer) => answer.status)]).toEqual([
      state,
      ...[status, status, status, withdrawn],
    ]);
    expect(new Set(answers.map(titleOf)).size).toBe(1);
    expect(letters.stateOf(id)).toBe(state);
  }
  expect(titles.size).toBe(LATE.length);
  expect(Object.keys(MOVES).length).toBe(LATE.length + 2);
});

test('every reason why a letter ended is told in words of its own, in each language', async () => {
  const stateOf = (reason: string): LetterState => {
    const at = END_REASONS.indexOf(reason as (typeof END_REASONS)[number]);
    return at < END_REASONS.indexOf('by_supporter')
      ? 'failed'
      : at < END_REASONS.indexOf('not_confirmed')
        ? 'withdrawn'
        : 'expired';
  };
  const told = new Set<string>();
  for (const reason of END_REASONS) {
    const id = put({ state: stateOf(reason), reason });
    for (const lang of ['en', 'es', 'ht']) {
      const { $ } = await app.get(`${linkTo('confirm', id)}?lang=${lang}`);
      told.add($('.lead').text());
      expect($('main').text()).not.toMatch(/\{\{|undefined/);
    }
  }
  expect(told.size).toBe(END_REASONS.length * 3);
});

const LATER: [name: string, hours: number, letter: Partial<Letter>, words: string][] = [
  ['after 72 hours', 72, {}, 'not confirmed within 72 hours'],
  ['after its last day', 70, { deliver_by: '2026-11-27T05:00:00.000Z' }, 'The last day'],
  ['whose legislator left', 1, { legislator_id: 'ocd-person/nobody' }, 'no longer writes to your legislator'],
];
test.each(LATER)(
  'a letter %s can’t be confirmed any more, but still be withdrawn',
  async (_name, hours, letter, words) => {
    const id = put({ handed_in_at: NOW.toISOString(), ...letter });
    now = new Date(NOW.getTime() + hours * 3_600_000);
    for (const answer of [await app.get(linkTo('confirm', id)), await app.post(linkTo('confirm', id), {})]) {
      expect([answer.status, titleOf(answer), answer.$('main form').length]).toEqual([
        410,
        'This e-mail was not sent',
        0,
      ]);
      expect(answer.text).toContain(words);
    }
    expect(letters.stateOf(id)).toBe('confirming');
    expect((await press(linkTo('not-me', id))).status).toBe(200);
  },
);

test('a letter that is no longer there, or can’t be read, is a page that says so', async () => {
  letters.put(madeUpLetter({ id: 'unreadable' }), undefined);
  for (const id of ['never-was', 'unreadable']) {
    for (const right of LETTER_RIGHTS) {
      const seen = await app.get(`${linkTo(right, id)}?lang=es`);
      expect([seen.status, titleOf(seen)]).toEqual([410, 'Este correo ya no está aquí']);
    }
    expect((await app.post(linkTo('confirm', 'never-was'), {})).status).toBe(410);
  }
});

test('a letter that its writer has sent meanwhile is not sent once more', async () => {
  const id = put();
  letters.sendOneself(id);
  const answer = await app.post(linkTo('confirm', id), {});
  expect([answer.status, titleOf(answer), letters.stateOf(id)]).toEqual([
    409,
    'You sent this e-mail yourself',
    'confirming',
  ]);
});

test('a forged or cut token, and one for another right, is a 404 page that shows and changes nothing', async () => {
  const id = put();
  const good = linkTo('confirm', id);
  const token = good.split('/').at(-1)!;
  const wrong = [
    good.slice(0, -1),
    good.slice(0, good.indexOf('.')),
    `${good}x`,
    '/letters/confirm/x',
    `/letters/confirm/${'x'.repeat(5000)}`,
    `/letters/confirm/%00`,
    `/letters/withdraw/${token}`,
    `/letters/not-me/${token}`,
    `/letters/answered/${token}`,
  ];
  for (const path of wrong) {
    for (const answer of [await app.get(path), await app.post(path, {})]) {
      expect([path, answer.status, titleOf(answer)]).toEqual([path, 404, 'This link is not whole']);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.text).not.toContain('Núñez');
      expect(answer.text).toContain('copy the whole address');
    }
  }
  expect(letters.stateOf(id)).toBe('confirming');
});

test('no line of the log holds a token, the id of a letter or what was written', async () => {
  const id = put();
  const paths = LETTER_RIGHTS.map((right) => linkTo(right, id));
  const from = app.log.length;
  for (const path of paths) await app.get(path);
  for (const path of paths) await app.post(path, {});
  await app.get(`${paths[0]}x`);
  letters.see = () => Promise.reject(new Error('a bug'));
  expect((await app.get(paths[0]!)).status).toBe(500);
  const lines = app.log.slice(from).join('\n');
  expect(lines).toContain('/letters/confirm/:token');
  expect(lines).toContain('a bug');
  for (const path of paths) {
    const [payload, signature] = path.split('/').at(-1)!.split('.');
    for (const secret of [payload!, signature!, `"${id}"`, 'Núñez', 'ana@'])
      expect(lines).not.toContain(secret);
  }
});

test('while the database can’t be reached, the page says that nothing was lost', async () => {
  const path = linkTo('confirm', put());
  letters.see = () =>
    Promise.reject(new OperationalError('store_unreachable', 'No answer.', { status: 503 }));
  for (const answer of [await app.get(path), await app.post(path, {})])
    expect([answer.status, titleOf(answer)]).toEqual([503, "We can't do this just now"]);
});

test('the page is in the letter’s language, unless its address asks for another, which then lives on', async () => {
  const id = put({ page_language: 'es' });
  const path = linkTo('confirm', id);
  const own = await app.get(path, { 'accept-language': 'ht' });
  expect([own.$('html').attr('lang'), titleOf(own)]).toEqual(['es', '¿Enviamos su correo?']);
  expect(own.$('.exact').attr('lang')).toBe('en');
  const other = own.$('.languages a[hreflang=ht]').attr('href')!;
  expect(other).toBe(`${path}?partner=jira&lang=ht`);
  const done = await press(other);
  expect(done.$('html').attr('lang')).toBe('ht');
  // The answer to the form can be had in another language without sending it again.
  expect(done.$('.languages a[hreflang=en]').attr('href')).toBe(`${path}?partner=jira&lang=en`);
  expect(done.$('main a.primary').attr('href')).toContain('lang=ht');
});

test('a letter that was handed in on a trial says that nothing leaves', async () => {
  const { $ } = await app.get(linkTo('confirm', put({ mode: 'preview' })));
  expect($('[data-trial]').text()).toContain('nothing leaves this site');
  expect((await app.get(linkTo('confirm', put()))).$('[data-trial]').length).toBe(0);
});

/** Runs with the campaign changed; without any where `changes` is undefined. */
async function withCampaign(
  changes: Partial<Campaign> | undefined,
  walk: () => Promise<void>,
): Promise<void> {
  const all = campaigns;
  const campaign = all.get('visible-act')!;
  campaigns = fixedCampaigns(changes ? [{ ...campaign, former_slugs: ['visible'], ...changes }] : []);
  await walk();
  campaigns = all;
}

const LIVES: [name: string, slug: string, changes: Partial<Campaign> | undefined, ways: string[]][] = [
  ['gone', 'another', undefined, []],
  ['a draft', 'visible-act', { status: 'draft' }, []],
  ['paused', 'visible-act', { status: 'paused' }, [PAGE]],
  ['renamed', 'visible', {}, [`${PAGE}/act`, PAGE]],
];
test.each(LIVES)(
  'the link of a letter of a campaign that is %s still confirms and withdraws',
  async (_name, slug, changes, ways) => {
    await withCampaign(changes, async () => {
      const id = put({ campaign_slug: slug });
      const asked = await app.get(linkTo('confirm', id));
      const done = await app.post(linkTo('confirm', id), {});
      const withdrawn = await app.post(linkTo('withdraw', id), {});
      expect([asked, done, withdrawn].map((answer) => answer.status)).toEqual([200, 200, 200]);
      expect(letters.stateOf(id)).toBe('withdrawn');
      expect(asked.text).toContain('Sample Senator');
      expect(asked.text.includes('Your e-mail waits until it goes on')).toBe(changes?.status === 'paused');
      const onward = done
        .$('main a.button')
        .toArray()
        .map(({ attribs }) => attribs.href!.replace(/\?.*/, ''));
      expect(onward).toEqual(ways);
      expect(done.text.includes('/campaigns/')).toBe(ways.length > 0);
    });
  },
);

test('once the campaign is over nothing can be confirmed, and the page says why; what was written can be withdrawn', async () => {
  await withCampaign({ status: 'won' }, async () => {
    const id = put();
    for (const answer of [await app.get(linkTo('confirm', id)), await app.post(linkTo('confirm', id), {})]) {
      expect([answer.status, letters.stateOf(id)]).toEqual([410, 'confirming']);
      expect(answer.text).toContain('The campaign ended before your e-mail could be sent.');
    }
    expect(titleOf(await press(linkTo('withdraw', id)))).toBe('Your e-mail is taken back');
  });
});

const ANSWER: AnswerNoted = {
  campaign_slug: 'visible-act',
  legislator_id: '',
  division_id: DIVISION,
  partner: 'jira',
  is_sample: true,
  nonce: 'one',
  expires_at: '2026-12-24T15:00:00.000Z',
};
const answerLink = (changes: Partial<AnswerNoted> = {}) =>
  `/letters/answered/${app.parts.letter_tokens.issueAnswer({ ...ANSWER, legislator_id: senator, ...changes })}`;

test('that an office answered is counted once, by a button, without a name', async () => {
  const path = answerLink();
  const asked = await app.get(path);
  expect([asked.status, asked.headers.get('cache-control'), asked.headers.get('x-robots-tag')]).toEqual([
    200,
    'no-store',
    'noindex',
  ]);
  expect(asked.text).toContain('Sample Senator');
  expect(letters.answers).toEqual([]);
  const done = await press(`${path}?lang=en`);
  expect(done.text).toContain('Your name and your e-mail are not part of it.');
  expect(letters.answers).toEqual([{ ...ANSWER, legislator_id: senator }]);
  const again = await app.post(path, {});
  expect([again.status, letters.answers.length]).toEqual([200, 1]);
  expect(again.text).toContain('It counts once');
  expect(again.$('main a.primary').attr('href')).toMatch(/^\/campaigns\/visible-act\?partner=jira/);
});

test('a link for answers that has expired says so, and counts nothing', async () => {
  const path = answerLink({ nonce: 'late', expires_at: NOW.toISOString() });
  const before = letters.answers.length;
  for (const answer of [await app.get(path), await app.post(path, {})])
    expect([answer.status, titleOf(answer)]).toEqual([410, 'This link has expired']);
  expect(letters.answers.length).toBe(before);
});

test('a link for answers of a campaign that is gone still counts', async () => {
  const path = answerLink({ nonce: 'gone', campaign_slug: 'gone' });
  expect((await app.get(path)).text).toContain('Sample Senator');
  await app.post(path, {});
  expect(letters.answers.at(-1)).toMatchObject({ campaign_slug: 'gone', nonce: 'gone' });
});

test('a form from another site confirms nothing; that of our page does, however it was reached', async () => {
  const id = put();
  const path = linkTo('confirm', id);
  // As a webmail's page opens it.
  const page = await app.get(path, { 'sec-fetch-site': 'cross-site', referer: 'https://mail.example.org/' });
  expect(page.status).toBe(200);
  for (const site of ['cross-site', 'same-site', 'none'])
    expect((await app.post(path, {}, { 'sec-fetch-site': site })).status).toBe(403);
  expect(letters.stateOf(id)).toBe('confirming');
  expect((await app.post(path, formFields(page.$, 'main form'))).status).toBe(200);
  expect(letters.stateOf(id)).toBe('confirmed');
});

describe('over the letters that the database holds', () => {
  let real: TestApp;
  let campaign: Campaign;
  const outside = { campaigns: [] as Campaign[] };
  beforeAll(async () => {
    real = await startTestApp({
      now: () => now,
      settings: { lookups_per_minute: 60 },
      parts: (parts) => {
        campaign = { ...parts.campaigns.get('visible-act')!, email: { send: true } };
        outside.campaigns = [campaign];
        return {
          campaigns: {
            ...parts.campaigns,
            all: () => outside.campaigns,
            get: (slug) => fixedCampaigns(outside.campaigns).get(slug),
            byName: (name) => fixedCampaigns(outside.campaigns).byName(name),
          },
        };
      },
    });
  });
  afterAll(() => real.close());

  let forms = 0;
  /** Hands a letter in, and gives back what leads to it. */
  async function handIn(email = 'ana@example.org') {
    const { state: _s, reason: _r, id: _i, mode: _m, held: _h, ...rest } = madeUpLetter();
    const { handed_in_at: _a, confirmed_at: _c, changed_at: _d, deliver_by: _b, ...context } = rest;
    const outcome = await real.parts.letters.handIn({
      campaign,
      context: { ...context, legislator_id: senator },
      nonce: `form-${++forms}`,
      content: { ...CONTENT, email },
      to: 'senator@example.org',
      held: [],
      is_proven: true,
    });
    const { id } = await real.store.read
      .selectFrom('letters')
      .orderBy('handed_in_at', 'desc')
      .select('id')
      .where('state', '=', 'confirming')
      .executeTakeFirstOrThrow();
    const link = (right: LetterRight) => `/letters/${right}/${real.parts.letter_tokens.issue(right, id)}`;
    return { outcome, id, link, state: async () => (await real.parts.letters.see(id))?.letter.state };
  }

  test('a letter is looked at, confirmed once, and withdrawn until it leaves', async () => {
    const { link, state } = await handIn();
    const asked = await real.get(link('confirm'));
    expect(asked.$('.exact').text()).toBe(CONTENT.text);
    expect(asked.$('[data-trial]').length).toBe(1);
    expect(asked.text).toContain(
      'If you confirm it now, it leaves today, between 10 am and 11 am (Eastern time).',
    );
    expect(await state()).toBe('confirming');
    expect(titleOf(await real.post(link('confirm'), {}))).toBe('Your e-mail is confirmed');
    const again = await real.post(link('confirm'), {});
    expect(again.text).toContain('You had confirmed it before.');
    expect(titleOf(await real.post(link('withdraw'), {}))).toBe('Your e-mail is taken back');
    const late = await real.post(link('confirm'), {});
    expect([late.status, titleOf(late), await state()]).toEqual([
      410,
      'This e-mail was taken back',
      'withdrawn',
    ]);
    expect(late.text).toContain('is erased here');
    expect(late.text).not.toContain('Núñez');
  });

  test('whoever did not write it is written to no more', async () => {
    const { link } = await handIn('other@example.org');
    expect((await real.post(link('not-me'), {})).status).toBe(200);
    await expect(handIn('other@example.org')).rejects.toThrow();
  });

  test('while the campaign’s files can’t be read, nothing is confirmed and nothing is lost', async () => {
    const { link, state } = await handIn('late@example.org');
    outside.campaigns = [];
    const answer = await real.post(link('confirm'), {});
    outside.campaigns = [campaign];
    expect([answer.status, titleOf(answer), await state()]).toEqual([
      409,
      "This can't be confirmed right now",
      'confirming',
    ]);
    expect((await real.post(link('confirm'), {})).status).toBe(200);
    expect(await state()).toBe('confirmed');
  });

  test('an answer is counted in the database, once', async () => {
    const path = answerLink({ nonce: 'real' });
    expect((await real.post(path, {})).text).toContain('It is counted');
    expect((await real.post(path, {})).text).toContain('It was counted before');
    const rows = await real.store.read.selectFrom('letter_answers').selectAll().execute();
    expect(rows).toMatchObject([{ campaign_slug: 'visible-act', partner: 'jira', answers: 1 }]);
  });

  // Last, for it uses up what this app allows.
  test('following links is limited as lookups are', async () => {
    const { link, state } = await handIn('many@example.org');
    let answer = await real.get('/letters/confirm/cut');
    for (let nth = 0; nth < 60 && answer.status === 404; nth++)
      answer = await real.get('/letters/confirm/cut');
    expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await real.post(link('confirm'), {})).status).toBe(429);
    expect(await state()).toBe('confirming');
  });
});
