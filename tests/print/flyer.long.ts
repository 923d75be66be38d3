import { type Flyer, flyerOf, unprintableOn } from '../../server/print/flyer.ts';
import { flyerFits, flyerPdf } from '../../server/print/flyer-pdf.ts';
import type { FlyerSize } from '../../server/print/flyer-sizes.ts';
import { shortLink } from '../../server/print/short-link.ts';
import { madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';
import { localeOf } from '../support/message-words.ts';
import { type Box, type PdfPage, readPdf } from '../support/pdf-pages.ts';

const NOW = new Date('2026-11-24T15:00:00Z');
/** Three centimetres in points: what a phone reads at arm's length. */
const THREE_CM = (3 / 2.54) * 72;
const LONG = {
  title: 'An act that asks every state agency to answer, in plain words, whoever writes to it',
  summary: `${'This is a sentence of a summary that goes on for long, as some do. '.repeat(8)}`.trim(),
  partner: 'The Coalition of Neighbourhood Associations and Wolfeschlegelsteinhausen Friends of Clean Water',
};

/** A flyer of a made-up campaign, in a language, of a partner. */
function flyerIn(
  language: string,
  { partner = '', special = {} }: { partner?: string; special?: Parameters<typeof madeUpCampaign>[0] } = {},
): Flyer {
  const { flyer } = localeOf(language);
  const words = {
    ...flyer,
    ask: flyer.ask.support.replace('{{bills}}', 'SB 1'),
    say: flyer.say.support,
    preview: '',
    partner: partner === '' ? '' : flyer.partner.replace('{{name}}', LONG.partner),
  };
  const campaign = madeUpCampaign(special);
  const link = shortLink(campaign, { site: 'https://act.example.org', partner, language });
  return flyerOf(campaign, { language, words, link });
}

/** The flyers of a sheet, by where each lies. */
function cells(size: FlyerSize, { width, height }: PdfPage): Box[] {
  if (size === 'letter') return [{ x: 0, y: 0, width, height }];
  const [half, middle] = [width / 2, height / 2];
  return [0, half].flatMap((x) => [0, middle].map((y) => ({ x, y, width: half, height: middle })));
}

/** Where its code lies: a smaller picture is searched sooner. */
function lowerPart({ x, y, width, height }: Box): Box {
  return { x, y: y + height * 0.5, width: width * 0.6, height: height * 0.45 };
}

const within = (inner: Box, outer: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
const overlap = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

const CASES = (['letter', 'four'] as const).flatMap((size) =>
  ['en', 'es'].flatMap((language) => ['', 'jira'].map((partner) => ({ size, language, partner }))),
);

test.each(CASES)('each code of $size, $language, partner "$partner" says its link', async (one) => {
  const { size, language, partner } = one;
  const flyer = flyerIn(language, { partner });
  const { pages, ...facts } = await readPdf(await flyerPdf(flyer, size, NOW));
  expect(facts).toEqual({ title: `${flyer.ask} – Clean water`, language, is_tagged: true });
  expect(pages).toHaveLength(1);
  const [page] = pages as [PdfPage];
  expect([page.width, page.height]).toEqual([612, 792]);
  for (const cell of cells(size, page)) {
    const code = page.codeIn(lowerPart(cell))!;
    const path = partner === '' ? '' : '/jira';
    expect(code.text).toBe(`https://act.example.org/v/clean-water${path}?lang=${language}`);
    expect(code.box.width).toBeGreaterThan(THREE_CM);
    const own = page.pieces.filter((piece) => overlap(piece, cell));
    expect(own.filter((piece) => !within(piece, cell))).toEqual([]);
    // Four modules of white belong to the code.
    const quiet = 4 * code.module - 1;
    const { x, y, width, height } = code.box;
    const white = { x: x - quiet, y: y - quiet, width: width + 2 * quiet, height: height + 2 * quiet };
    expect(own.filter((piece) => overlap(piece, white))).toEqual([]);
    const text = own.map((piece) => piece.text).join(' ');
    for (const said of [flyer.ask, flyer.title, flyer.link.to_type, flyer.privacy, flyer.partner])
      expect(text.replace(/\s+/g, ' ')).toContain(said);
  }
});

test.each(['letter', 'four'] as const)('of a preview every page of %s is marked', async (size) => {
  const say = Array.from({ length: 40 }, (_, nth) => ({ text: `Say this too, part ${nth}.`, is_item: true }));
  const { pages } = await readPdf(
    await flyerPdf({ ...flyerIn('en'), say, preview: 'PREVIEW: wait' }, size, NOW),
  );
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) {
    expect(page.text.match(/PREVIEW: wait/g)).toHaveLength(size === 'four' ? 4 : 1);
    for (const cell of cells(size, page)) {
      const own = page.pieces.filter((piece) => overlap(piece, cell));
      expect(own.filter((piece) => !within(piece, cell))).toEqual([]);
      const mark = own.find(({ text }) => text === 'PREVIEW: wait')!;
      expect(own.filter((piece) => piece !== mark && overlap(piece, mark))).toEqual([]);
    }
  }
});

test('a summary that says the ask over again is left out, one that says more is not', () => {
  const summed = (en: string) => flyerIn('en', { special: { summary: { en } } }).summary;
  expect(summed('Ask your legislators to support SB 1.')).toBe('');
  expect(summed('Ask your legislators to support SB 1: it keeps water clean.')).not.toBe('');
});

test('the same flyer made at the same moment has the same bytes', async () => {
  const [one, other] = await Promise.all([0, 1].map(() => flyerPdf(flyerIn('en'), 'four', NOW)));
  expect(one!.equals(other!)).toBe(true);
});

test.each(['letter', 'four'] as const)(
  'long texts shrink, and what does not fit %s goes on overleaf',
  async (size) => {
    const special = { title: { en: LONG.title }, summary: { en: LONG.summary } };
    const short = flyerIn('en', { partner: 'jira', special: { title: { en: LONG.title } } });
    expect(flyerFits(short, size)).toBe(true);
    const say = Array.from({ length: 30 }, (_, nth) => ({
      text: `Say this too, part ${nth + 1}.`,
      is_item: true,
    }));
    const long = { ...flyerIn('en', { partner: 'jira', special }), say };
    expect(flyerFits(long, size)).toBe(false);
    const { pages } = await readPdf(await flyerPdf(long, size, NOW));
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      for (const cell of cells(size, page)) {
        const own = page.pieces.filter((piece) => overlap(piece, cell));
        expect(own.filter((piece) => !within(piece, cell))).toEqual([]);
        const rows = own.filter((piece) =>
          own.some((other) => other !== piece && overlap(piece, shrunk(other))),
        );
        expect(rows).toEqual([]);
      }
    }
    const text = pages.map((page) => page.text).join(' ');
    for (const { text: said } of say) expect(text).toContain(said);
    expect(pages[0]!.codeIn(lowerPart(cells(size, pages[0]!).at(-1)!))!.text).toBe(long.link.url);
  },
);

/** Letters hang a little into the line below, and no more. */
function shrunk({ x, y, width, height }: Box): Box {
  return { x: x + 0.5, y: y + height * 0.3, width: width - 1, height: height * 0.4 };
}

test('letters of many languages are printed, and those that are not at hand are named', () => {
  expect(
    unprintableOn({ ...flyerIn('en'), ask: 'Ẹ kọ̀wé – ¿Señor? “Ann fè l”, Điện thoại, Привет, नमस्ते' }),
  ).toEqual([]);
  expect(unprintableOn({ ...flyerIn('en'), ask: 'مرحبا' })).toHaveLength(5);
  expect(unprintableOn({ ...flyerIn('en'), ask: '电话' })).toEqual(['电', '话']);
});
