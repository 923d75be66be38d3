import type { CampaignRead } from '../campaigns/campaign-read.ts';
import type { FlyerText } from '../campaigns/flyer-text.ts';
import type { LocalText } from '../campaigns/local-text.ts';
import type { CampaignPage } from './page.ts';
import type { ReadSource, ShownSource } from './preview-sources.ts';

/** A text of campaign.yaml in one language. */
interface ShownLine {
  name: 'title' | 'summary' | 'closing';
  /** Undefined where it lacks the language: then pages show `instead`. */
  text: string | undefined;
  instead: { text: string; language: string };
  /** `campaigns/clean-water/campaign.yaml:3`, where it stands. */
  place: string;
}

/** The texts of the campaign's page in one language. */
export interface ShownTexts {
  language: string;
  lines: ShownLine[];
  /** Undefined where the language has no page.md: then the first language's is shown. */
  page: { html: string; source: ShownSource } | undefined;
  /** Questions for the supporter's own words; empty where the language has none. */
  prompts: string[];
  /** Undefined where the flyer is made of the title and the summary. */
  flyer: FlyerText | undefined;
}

/** The title, the summary, the words at the end, the case, the questions and the flyer, in each language of the campaign's pages. */
export function pageTexts(
  { campaign }: CampaignPage,
  read: CampaignRead | undefined,
  readSource: ReadSource,
): Promise<ShownTexts[]> {
  const { title, summary, closing, languages, pages } = campaign;
  const named: ['title' | 'summary' | 'closing', LocalText][] = [
    ['title', title],
    ['summary', summary],
    ...(closing ? [['closing', closing] as ['closing', LocalText]] : []),
  ];
  const settings = read?.placeOf?.([]).file ?? `campaigns/${campaign.slug}/campaign.yaml`;
  return Promise.all(
    languages.map(async (language): Promise<ShownTexts> => {
      const html = pages[language]?.html;
      const file = settings.replace(/[^/]+$/, `${language}/page.md`);
      return {
        language,
        lines: named.map(([name, texts]) => {
          const [first, text] = Object.entries(texts)[0]!;
          const place = read?.placeOf?.([name, language]);
          return {
            name,
            text: texts[language],
            instead: { text, language: first },
            place: place ? `${place.file}:${place.line}` : settings,
          };
        }),
        page: html === undefined ? undefined : { html, source: await readSource(file) },
        prompts: campaign.prompts[language] ?? [],
        flyer: campaign.flyers[language],
      };
    }),
  );
}
