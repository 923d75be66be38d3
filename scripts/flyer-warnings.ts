// What of campaigns does not fit their printed flyers: measured on the flyers themselves.
import type { Campaign } from '../server/campaigns/campaign.ts';
import type { FileFault } from '../server/errors.ts';
import { type Flyer, flyerOf, unprintableOn } from '../server/print/flyer.ts';
import { flyerFits } from '../server/print/flyer-pdf.ts';
import { FLYER_SIZES, type FlyerSize } from '../server/print/flyer-sizes.ts';
import { flyerWords } from '../server/print/flyer-words.ts';
import { shortLink } from '../server/print/short-link.ts';
import type { Locales } from '../server/words/locale.ts';

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
    const words = flyerWords(locales.translate(language), campaign, {
      partner_name: partner.name,
      url: link.to_type,
      is_preview: false,
    });
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
