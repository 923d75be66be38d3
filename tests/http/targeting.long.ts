import { type KnownBills, NOTHING_KNOWN } from '../../server/bills/known-bills.ts';
import type { Position, PositionName } from '../../server/bills/position.ts';
import type { Whereabouts } from '../../server/bills/whereabouts.ts';
import { billRecord } from '../fixtures/bills/made-up-record.ts';
import { sampleFlorida } from '../fixtures/boundaries/sample-florida.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { formFields } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const SENATE_5 = 'ocd-division/country:us/state:fl/sldu:5';
const HOUSE_14 = 'ocd-division/country:us/state:fl/sldl:14';
const HOUSE_15 = 'ocd-division/country:us/state:fl/sldl:15';
const PATH = '/campaigns/visible-act';
const actPage = (lang: string, divisions = [SENATE_5, HOUSE_14]) =>
  `${PATH}/act?${divisions.map((id) => `division=${id}`).join('&')}&lang=${lang}`;

/** OpenStates ids of the made-up members, by division. */
const ids = new Map<string, string>();
beforeAll(async () => {
  const { roster } = await sampleFlorida();
  for (const { id, current_role } of roster.legislators) ids.set(current_role.division_id, id);
});

let opened: TestApp | undefined;
let drop = () => {};
afterEach(async () => {
  await opened?.close();
  drop();
  opened = undefined;
});

/** The app with the campaign's targets, further lines of campaign.yaml, and what is known of HB 419. */
async function start(options: {
  targets?: string;
  ask?: 'support' | 'oppose';
  known?: () => KnownBills;
}): Promise<TestApp> {
  const changed = changedCampaign((yaml) =>
    yaml
      .replace('  chambers: [upper, lower]', options.targets ?? '  chambers: [upper, lower]')
      .replace('ask: support', `ask: ${options.ask ?? 'support'}`),
  );
  drop = changed.drop;
  opened = await startTestApp({
    campaigns_dir: changed.folder,
    now: () => new Date('2026-02-01T15:00:00Z'),
    parts: () => ({ knownBills: options.known ?? (() => NOTHING_KNOWN) }),
  });
  return opened;
}

function did(division_id: string, position: PositionName, changes: Partial<Position> = {}): Position {
  return {
    person_id: ids.get(division_id)!,
    position,
    bill: 'HB 419',
    session: '2026',
    date: '2026-01-20',
    source: 'https://example.org/record',
    ...changes,
  };
}

function knownOf(
  positions: Position[],
  whereabouts: Partial<Whereabouts> = {},
  member_ids?: string[],
): KnownBills {
  return {
    bills: [
      {
        record: billRecord({ identifier: 'HB 419' }),
        whereabouts: { chamber: 'lower', committees: [], passed: [], stage: 'filed', ...whereabouts },
        committees: member_ids ? [{ name: 'Rules', since: '2026-01-20', member_ids, doubtful_ids: [] }] : [],
        is_over: false,
      },
    ],
    positions,
    unmatched: [],
  };
}

/** The words for each of the cases, by language: no claim here is made of the strings that the campaign itself has. */
const LANGUAGES = {
  en: {
    sponsor: 'Sponsor, 2026 session (HB 419)',
    voted_no: 'Voted no on HB 419 on January 20, 2026',
    thanks: /thank you/i,
    passed: 'The House passed HB 419 on January 30, 2026',
    moved: 'This campaign now asks the Senate',
    committee: /A committee decides next, and .* is not on it: Rules\./,
    ally: /is for what this campaign asks/,
    chamber: 'This campaign asks the Senate only.',
    instead: 'What helps instead: contact',
    share: 'Share this campaign with others',
    reason: 'Chairs the committee that decides next.',
    elsewhere: 'people from all over Florida may call or write',
    member: 'Is on the committee that has HB 419 (Rules)',
  },
  es: {
    sponsor: 'Patrocinó el HB 419, sesión de 2026',
    voted_no: 'Votó en contra del HB 419 el 20 de enero de 2026',
    thanks: /gracias/i,
    passed: 'El HB 419 ya se aprobó el 30 de enero de 2026 (Cámara de Representantes)',
    moved: 'Ahora esta campaña se dirige a: Senado',
    committee: /Ahora decide un comité del que .* no forma parte: Rules\./,
    ally: /está a favor de lo que pide esta campaña/,
    chamber: 'Esta campaña se dirige solo a: Senado.',
    instead: 'Lo que ayuda en su lugar: contacte a',
    share: 'Comparta esta campaña con otras personas',
    reason: 'Preside el comité que decide ahora.',
    elsewhere: 'puede llamar o escribir gente de cualquier parte de Florida',
    member: 'Forma parte del comité que tiene a su cargo el HB 419 (Rules)',
  },
};

describe.each(Object.entries(LANGUAGES))('a supporter who reads %s', (lang, words) => {
  const cardOf = (page: Awaited<ReturnType<TestApp['get']>>, division_id: string) =>
    page.$(`[data-division-id="${division_id}"]`);

  test('sees what an ally did, with its source, and thanks them; who turns about when the ask does', async () => {
    const known = () => knownOf([did(HOUSE_14, 'sponsor')]);
    const page = await (await start({ known })).get(actPage(lang));
    const card = cardOf(page, HOUSE_14);
    expect(card.find('.position').text()).toContain(words.sponsor);
    expect(card.find('.position a').attr('href')).toBe('https://example.org/record');
    expect(card.find('textarea').text()).toMatch(/Thank you\. You sponsored HB 419 in the 2026 session/);
    if (lang === 'es') expect(card.find('.meaning').text()).toMatch(words.thanks);
    expect(cardOf(page, SENATE_5).find('.position').length).toBe(0);
    expect(cardOf(page, SENATE_5).find('textarea').text()).toContain('Would you tell me where you stand');
    await opened!.close();
    drop();
    const against = await (await start({ known, ask: 'oppose' })).get(actPage(lang));
    expect(cardOf(against, HOUSE_14).find('textarea').text()).toContain('I see it differently');
  });

  test('sees how an opponent voted and when, and asks them to look again', async () => {
    const page = await (await start({ known: () => knownOf([did(SENATE_5, 'voted_no')]) })).get(
      actPage(lang),
    );
    expect(cardOf(page, SENATE_5).find('.position').text()).toContain(words.voted_no);
    expect(cardOf(page, SENATE_5).find('textarea').text()).toContain('you voted no on HB 419');
  });

  test('is told why their legislator is not asked, and what helps instead', async () => {
    const app = await start({
      targets: '  stances: [unknown, opponent]',
      known: () => knownOf([did(HOUSE_14, 'sponsor')]),
    });
    const page = await app.get(actPage(lang));
    const told = page.$('[data-not-asked=stance]');
    expect(told.text()).toMatch(words.ally);
    expect(told.text()).toContain(words.sponsor);
    expect(told.text()).toContain(words.instead);
    expect(told.find('form, textarea, a[href^="tel:"]').length).toBe(0);
    expect(page.$('.target').length).toBe(1);
    const alone = await app.get(actPage(lang, [HOUSE_14]));
    expect(alone.$('.target').length).toBe(0);
    const share = alone.$('[data-not-asked] a').last();
    expect(share.text()).toBe(words.share);
    const thanks = await app.get(share.attr('href')!);
    expect(thanks.status).toBe(200);
    expect(thanks.$('html').attr('lang')).toBe(lang);
  });

  test('is asked to contact the committee that decides next alone, and told so where theirs is not on it', async () => {
    const app = await start({
      targets: '  committee: current',
      known: () =>
        knownOf(
          [did(HOUSE_14, 'on_committee')],
          { stage: 'in_committee', committees: [{ name: 'Rules', since: '2026-01-20' }] },
          [ids.get(HOUSE_14)!],
        ),
    });
    const member = await app.get(actPage(lang, [HOUSE_14]));
    expect(cardOf(member, HOUSE_14).find('.position').text()).toContain(words.member);
    const other = await app.get(actPage(lang, [HOUSE_15]));
    expect(other.$('[data-not-asked=committee]').text()).toMatch(words.committee);
  });

  test('is asked to contact whom the campaign names, with the reason, and counts it, but is not called a constituent', async () => {
    const targets = `  chambers: [upper, lower]
  extra:
    - person_id: ${ids.get(HOUSE_15)}
      reason:
        en: Chairs the committee that decides next.
        es: Preside el comité que decide ahora.`;
    const app = await start({ targets });
    const page = await app.get(actPage(lang));
    const card = cardOf(page, HOUSE_15);
    expect(page.$('.target').length).toBe(3);
    expect(card.text()).toContain(words.reason);
    expect(card.text()).toContain(words.elsewhere);
    expect(card.find('.not-mine').length).toBe(0);
    const form = formFields(
      page.$,
      `[data-division-id="${HOUSE_15}"] form:has(input[name=type][value=phone])`,
    );
    const counted = await app.post(`${PATH}/actions`, { ...form, status_code: 'contact' });
    expect(counted.status).toBe(303);
    const next = await app.get(counted.headers.get('location')!);
    expect(cardOf(next, HOUSE_15).find('.notice.good').length).toBeGreaterThan(0);
    const totals = JSON.parse((await app.get(`${PATH}/totals.json`)).text);
    expect(totals.by_legislator).toEqual([
      expect.objectContaining({ legislator_id: ids.get(HOUSE_15), completed_actions: 1 }),
    ]);
  });

  test('is led to the one whom the campaign falls back on where none of theirs is asked', async () => {
    const targets = `  chambers: [upper]
  fallback:
    person_id: ${ids.get(SENATE_5)}
    reason: Leads the Senate.`;
    const app = await start({ targets });
    const own = await app.get(actPage(lang, [SENATE_5]));
    expect(own.$('.target .notice').text()).not.toContain('Leads the Senate.');
    const page = await app.get(actPage(lang, [HOUSE_14]));
    expect(page.$('.target').attr('data-division-id')).toBe(SENATE_5);
    expect(page.$('.target').text()).toContain('Leads the Senate.');
    const told = page.$('[data-not-asked=chamber]').text();
    expect(told).toContain(words.chamber);
    expect(told).toContain(words.instead);
  });

  test('is told which chamber has passed the bill, and asked for the other alone', async () => {
    const known = () =>
      knownOf([], {
        chamber: 'upper',
        passed: [{ chamber: 'lower', date: '2026-01-30' }],
        stage: 'passed_one',
      });
    const app = await start({ known });
    const campaign = await app.get(`${PATH}?lang=${lang}`);
    expect(campaign.$('main .notice').text()).toContain(words.moved);
    const page = await app.get(actPage(lang));
    expect(page.$('.target').attr('data-division-id')).toBe(SENATE_5);
    expect(page.$('.target').length).toBe(1);
    expect(page.$('[data-not-asked=passed]').text()).toContain(words.passed);
    const list = await app.get(`${PATH}/districts?lang=${lang}`);
    expect(list.$('select[name=division]').length).toBe(1);
    expect((await app.get(actPage(lang, [SENATE_5]))).$('[data-missing]').length).toBe(0);
  });
});

test('once every chamber has passed the bill nobody is asked, and every page says so', async () => {
  const passed = [
    { chamber: 'lower' as const, date: '2026-01-20' },
    { chamber: 'upper' as const, date: '2026-01-30' },
  ];
  const app = await start({ known: () => knownOf([], { chamber: undefined, passed, stage: 'passed_all' }) });
  const page = await app.get(actPage('en'));
  expect([page.status, page.$('.target').length, page.$('[data-not-asked=passed]').length]).toEqual([
    200, 0, 2,
  ]);
  expect((await app.get(PATH)).$('main .notice').text()).toContain('HB 419 has passed the whole legislature');
  expect((await app.get(`${PATH}/districts`)).$('select[name=division]').length).toBe(2);
});

test('an action that was begun before its chamber passed the bill is counted, and leads on to who is asked now', async () => {
  let has_passed = false;
  const app = await start({
    known: () =>
      has_passed
        ? knownOf([], {
            chamber: 'upper',
            passed: [{ chamber: 'lower', date: '2026-01-30' }],
            stage: 'passed_one',
          })
        : knownOf([]),
  });
  const page = await app.get(actPage('en'));
  const form = formFields(page.$, `[data-division-id="${HOUSE_14}"] form:has(input[name=type][value=phone])`);
  has_passed = true;
  const answer = await app.post(`${PATH}/actions`, { ...form, status_code: 'voicemail' });
  expect(answer.headers.get('location')).toContain(
    encodeURIComponent(ids.get(SENATE_5)!).replaceAll('%2F', '/'),
  );
  const compose = formFields(page.$, `[data-division-id="${HOUSE_14}"] form.compose`);
  const composed = await app.post(`${PATH}/compose`, { ...compose, name: 'Ada' });
  // The letter that they wrote is there still, and beside it why nothing is asked there now.
  expect(composed.status).toBe(200);
  expect(composed.$(`.target[data-division-id="${HOUSE_14}"] textarea`).text()).toContain('Sincerely,\nAda');
  expect(composed.$('[data-not-asked=passed]').length).toBe(1);
  // It is for the letter alone: nobody is asked to call there.
  expect(composed.$(`.target[data-division-id="${HOUSE_14}"] a[href^="tel:"].button`).length).toBe(0);
  expect(composed.$(`.target[data-division-id="${HOUSE_14}"] [name=type][value=phone]`).length).toBe(0);
});
