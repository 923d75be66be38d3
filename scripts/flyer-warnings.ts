// What of campaigns does not fit their printed flyers: measured on the flyers themselves.
import type { Campaign } from '../server/campaigns/campaign.ts';
import type { FileFault } from '../server/errors.ts';
import { type Flyer, type FlyerWords, flyerOf, unprintableOn } from '../server/print/flyer.ts';
import { FLYER_SIZES, type FlyerSize, flyerFits } from '../server/print/flyer-pdf.ts';
import { type ShortLink, shortLink } from '../server/print/short-link.ts';
import type { Locales, Translate } from '../server/words/locale.ts';
import { listIn } from '../server/words/names.ts';

/** What flyers are measured with. */
export interface FlyerParts {
  /** The site's public address, which stands on every flyer. */
  site: string;
  /** What the program itself speaks: in these languages there are flyers. */
  locales: Locales;
  /** Where in campaign.yaml something stands. */
  placeOf: (path: readonly PropertyKey[]) => Omit<FileFault, 'message'>;
}

const ON_PAPER: Record<FlyerSize, string> = {
  letter: 'a sheet of letter size',
  four: 'a quarter of a sheet',
};

/** Warns of each flyer whose text goes on overleaf, or whose letters its PDF can't have. */
export function flyerWarnings(campaign: Campaign, { site, locales, placeOf }: FlyerParts): FileFault[] {
  const languages = campaign.languages.filter((language) => locales.languages.includes(language));
  const [partner = { code: '', name: '' }] = campaign.partners.toSorted(
    (one, other) => other.name.length - one.name.length,
  );
  return languages.flatMap((language): FileFault[] => {
    const link = shortLink(campaign, { site, partner: partner.code, language });
    const words = wordsOn(campaign, locales.translate(language), partner.name, link);
    const flyer = flyerOf(campaign, { language, words, link });
    const written = campaign.flyers[language];
    const place = written ? { file: written.file, line: 1, column: 1 } : placeOf(['summary']);
    return [...tooLong(flyer), ...lackingLetters(flyer)].map((message) => ({ ...place, message }));
  });
}

function tooLong(flyer: Flyer): string[] {
  const sizes = FLYER_SIZES.filter((size) => !flyerFits(flyer, size));
  if (sizes.length === 0) return [];
  const papers = sizes.map((size) => ON_PAPER[size]).join(' and on ');
  return [
    `The flyer in '${flyer.language}' does not fit on ${papers}, in the smallest letters that can be read: it goes on overleaf. Shorten flyer.md, the title or the summary.`,
  ];
}

function lackingLetters(flyer: Flyer): string[] {
  const signs = unprintableOn(flyer);
  if (signs.length === 0) return [];
  return [
    `The flyer in '${flyer.language}' has signs that the letters of its PDF lack (${signs.slice(0, 5).join(' ')}): there is no PDF of it. Its page can be printed.`,
  ];
}

/** The words that Statehouse adds to a flyer: English stands in for what a language's file lacks. */
function wordsOn(campaign: Campaign, t: Translate, partner_name: string, link: ShortLink): FlyerWords {
  const identifiers = campaign.bills.map(({ identifier }) => identifier);
  const bills = listIn(t, identifiers);
  const lines = (key: string) => t(key, { bills, returnObjects: true }) as unknown as string[];
  return {
    ask: t(`flyer.ask.${campaign.ask}`, { bills }),
    say_title: t('flyer.say_title'),
    say: lines(`flyer.say.${campaign.ask}`),
    steps: lines('flyer.steps'),
    type_it: t('flyer.type_it'),
    privacy: t('flyer.privacy'),
    preview: '',
    partner: partner_name === '' ? '' : t('flyer.partner', { name: partner_name }),
    code_label: t('flyer.code_label', { url: link.to_type }),
  };
}
