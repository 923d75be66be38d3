import { NOTHING_KNOWN } from '../../server/bills/known-bills.ts';
import type { Whereabouts } from '../../server/bills/whereabouts.ts';
import { oneBill } from '../fixtures/bills/known-bill.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import type { Answer } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act/bill';

let known = NOTHING_KNOWN;
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    now: () => new Date('2026-11-28T15:00:00Z'),
    parts: () => ({ knownBills: () => known }),
  });
});
afterAll(() => app.close());

/** What stands in bold under HB 419, the second bill of the campaign. */
const sentence = ({ $ }: Answer) =>
  $('section[aria-labelledby=bill-2] .position').text().replaceAll(/\s+/g, ' ').trim();

const SENATE_PASSED = { chamber: 'upper' as const, date: '2026-03-10' };
const HOUSE_PASSED = { chamber: 'lower' as const, date: '2026-03-05' };
const STAGES: [stage: string, is_over: boolean, Partial<Whereabouts>, en: string, es: string][] = [
  [
    'filed',
    false,
    { committees: [] },
    'It was filed in the House on November 13, 2025. No committee is known to have it yet.',
    'Se presentó en la Cámara de Representantes el 13 de noviembre de 2025. No consta que algún comité lo tenga todavía.',
  ],
  [
    'filed',
    true,
    { committees: [] },
    'It was filed in the House on November 13, 2025. No committee is known to have had it. Its session ended on March 13, 2026.',
    'Se presentó en la Cámara de Representantes el 13 de noviembre de 2025. No consta que algún comité lo haya tenido. Su sesión terminó el 13 de marzo de 2026.',
  ],
  [
    'in_committee',
    false,
    {},
    'It is in committee in the House: Example Subcommittee, since November 18, 2025.',
    'Está en comité en la Cámara de Representantes: Example Subcommittee, desde el 18 de noviembre de 2025.',
  ],
  [
    'in_committee',
    true,
    {},
    'It was last in committee in the House: Example Subcommittee, from November 18, 2025 on. Its session ended on March 13, 2026.',
    'Lo último que consta es que estaba en comité en la Cámara de Representantes: Example Subcommittee, desde el 18 de noviembre de 2025. Su sesión terminó el 13 de marzo de 2026.',
  ],
  [
    'reported',
    false,
    { committees: [] },
    'In the House, a committee is done with it, and none is known to have it now.',
    'En la Cámara de Representantes, un comité ya terminó con él, y no consta que otro lo tenga ahora.',
  ],
  [
    'reported',
    true,
    { committees: [] },
    'In the House, a committee was done with it, and none is known to have had it after that. Its session ended on March 13, 2026.',
    'En la Cámara de Representantes, un comité terminó con él, y no consta que otro lo haya tenido después. Su sesión terminó el 13 de marzo de 2026.',
  ],
  [
    'passed_one',
    false,
    { chamber: 'upper', committees: [], passed: [HOUSE_PASSED] },
    'It passed the House on March 5, 2026. It is now in the Senate.',
    'Lo aprobó la Cámara de Representantes el 5 de marzo de 2026. Ahora está en el Senado.',
  ],
  [
    'passed_one',
    false,
    {
      chamber: 'upper',
      committees: [{ name: 'Rules', since: '2026-03-06' }],
      passed: [HOUSE_PASSED],
    },
    'It passed the House on March 5, 2026. It is in committee in the Senate: Rules, since March 6, 2026.',
    'Lo aprobó la Cámara de Representantes el 5 de marzo de 2026. Está en comité en el Senado: Rules, desde el 6 de marzo de 2026.',
  ],
  [
    'passed_one',
    true,
    { chamber: 'upper', committees: [], passed: [HOUSE_PASSED] },
    'It passed the House on March 5, 2026. It was last in the Senate. Its session ended on March 13, 2026.',
    'Lo aprobó la Cámara de Representantes el 5 de marzo de 2026. Lo último que consta es que estaba en el Senado. Su sesión terminó el 13 de marzo de 2026.',
  ],
  [
    'to_agree',
    false,
    { chamber: 'lower', committees: [], passed: [HOUSE_PASSED, SENATE_PASSED] },
    'It passed the House on March 5, 2026. It passed the Senate on March 10, 2026. Both chambers have passed it, and must still agree on its words.',
    'Lo aprobó la Cámara de Representantes el 5 de marzo de 2026. Lo aprobó el Senado el 10 de marzo de 2026. Lo aprobaron las dos cámaras, y todavía tienen que ponerse de acuerdo sobre su texto.',
  ],
  [
    'to_agree',
    true,
    { chamber: 'lower', committees: [], passed: [HOUSE_PASSED, SENATE_PASSED] },
    'It passed the House on March 5, 2026. It passed the Senate on March 10, 2026. Both chambers passed it, and still had to agree on its words. Its session ended on March 13, 2026.',
    'Lo aprobó la Cámara de Representantes el 5 de marzo de 2026. Lo aprobó el Senado el 10 de marzo de 2026. Lo aprobaron las dos cámaras, y todavía tenían que ponerse de acuerdo sobre su texto. Su sesión terminó el 13 de marzo de 2026.',
  ],
  [
    'passed_all',
    false,
    { chamber: undefined, committees: [], passed: [HOUSE_PASSED, SENATE_PASSED] },
    'It passed the House on March 5, 2026. It passed the Senate on March 10, 2026. It needs no other chamber. Nothing is known here yet of a signature or a veto.',
    'Lo aprobó la Cámara de Representantes el 5 de marzo de 2026. Lo aprobó el Senado el 10 de marzo de 2026. No le falta ninguna otra cámara. Aquí todavía no consta que se haya firmado ni vetado.',
  ],
  [
    'passed_all',
    true,
    { chamber: undefined, committees: [], passed: [HOUSE_PASSED, SENATE_PASSED] },
    'It passed the House on March 5, 2026. It passed the Senate on March 10, 2026. It needed no other chamber. Nothing is known here of a signature or a veto. Its session ended on March 13, 2026.',
    'Lo aprobó la Cámara de Representantes el 5 de marzo de 2026. Lo aprobó el Senado el 10 de marzo de 2026. No le faltaba ninguna otra cámara. Aquí no consta que se haya firmado ni vetado. Su sesión terminó el 13 de marzo de 2026.',
  ],
  [
    'failed',
    true,
    { chamber: undefined, committees: [] },
    'It failed: it was voted down, or it died in a committee. Its session ended on March 13, 2026.',
    'No prosperó: fue rechazado en una votación o se quedó en un comité. Su sesión terminó el 13 de marzo de 2026.',
  ],
  [
    'signed',
    false,
    { chamber: undefined, committees: [] },
    'It is law: it was signed, or became law without a signature.',
    'Ya es ley: se firmó, o entró en vigor sin firma.',
  ],
  ['vetoed', false, { chamber: undefined, committees: [] }, 'It was vetoed.', 'Fue vetado.'],
];

test.each(STAGES)(
  'a bill that is %s (session over: %j) is said to be so in both languages, with the day',
  async (stage, is_over, where, en, es) => {
    const whereabouts = { ...where, stage: stage as Whereabouts['stage'] };
    known = oneBill({ record: { session_end: '2026-03-13' }, whereabouts, is_over });
    const english = await app.get(PATH);
    expect([english.status, sentence(english)]).toEqual([200, en]);
    // As Florida counts its days: it is the 28th there.
    expect(english.text).toContain('As of November 28, 2026, by OpenStates.');
    const spanish = await app.get(`${PATH}?lang=es`);
    expect(sentence(spanish)).toBe(es);
    expect(spanish.text).toContain('Según OpenStates, al 28 de noviembre de 2026.');
    // A committee's name stays the legislature's own.
    const named = spanish.$('.position [lang=en]').length;
    expect(named).toBe(whereabouts.committees?.length ?? 1);
  },
);

test('the day of what OpenStates told is that of the state, and a session that nobody says has ended is not over', async () => {
  known = oneBill({ record: { fetched_at: '2026-11-28T03:00:00Z', session_end: '2026-03-13' } });
  const page = await app.get(PATH);
  expect(page.text).toContain('As of November 27, 2026, by OpenStates.');
  expect(page.text).not.toContain('session ended');
  known = oneBill({ is_over: true });
  expect(sentence(await app.get(PATH))).toContain('Its session is over.');
});

test.each([
  [
    {},
    'It was last in committee in the House: Example Subcommittee, from November 18, 2025 on.',
    'Lo último que consta es que estaba en comité en la Cámara de Representantes: Example Subcommittee, desde el 18 de noviembre de 2025.',
  ],
  [
    { chamber: 'upper', committees: [], passed: [HOUSE_PASSED], stage: 'passed_one' },
    'It passed the House on March 5, 2026. It was last in the Senate.',
    'Lo aprobó la Cámara de Representantes el 5 de marzo de 2026. Lo último que consta es que estaba en el Senado.',
  ],
] satisfies [Partial<Whereabouts>, string, string][])(
  'where nobody knows whether the session runs, %j is told as of the past, and not that it is over',
  async (whereabouts, en, es) => {
    known = oneBill({ whereabouts });
    expect(sentence(await app.get(PATH))).toBe(en);
    expect(sentence(await app.get(`${PATH}?lang=es`))).toBe(es);
  },
);

test('on the last day of the session that the organizer names it still runs, and on the next it is over', async () => {
  const committee = 'in committee in the House: Example Subcommittee';
  for (const [day, said] of [
    ['2026-11-28', `It is ${committee}, since November 18, 2025.`],
    [
      '2026-11-27',
      `It was last ${committee}, from November 18, 2025 on. Its session ended on November 27, 2026.`,
    ],
  ] as const) {
    const changed = changedCampaign((text) =>
      text.replace('identifier: HB 419', `identifier: HB 419\n    session_ends: ${day}`),
    );
    const other = await startTestApp({
      campaigns_dir: changed.folder,
      now: () => new Date('2026-11-28T15:00:00Z'),
      parts: () => ({ knownBills: () => oneBill({}) }),
    });
    try {
      expect(sentence(await other.get(PATH))).toBe(said);
    } finally {
      await other.close();
      changed.drop();
    }
  }
});

test('a session reads on the pages as people write it, never as its code', async () => {
  const changed = changedCampaign((text) =>
    text
      .replaceAll('session: "2026"', 'session: "2027_28"')
      .replace(
        'identifier: SB 316\n    session: "2027_28"',
        'identifier: SB 316\n    session: "109"\n    session_name: {en: 109th, es: 109.ª}',
      ),
  );
  const other = await startTestApp({ campaigns_dir: changed.folder });
  try {
    for (const path of ['/campaigns/visible-act', PATH]) {
      const said = (await other.get(`${path}?lang=en`)).$('main').text();
      expect(said).toContain('SB 316, 109th session');
      expect(said).toContain('HB 419, 2027–2028 session');
      expect(said).not.toContain('2027_28');
      expect((await other.get(`${path}?lang=es`)).$('main').text()).toContain('109.ª');
    }
  } finally {
    await other.close();
    changed.drop();
  }
});
