// What npm run campaign -- check finds, of whatever kind.
import { join } from 'node:path';
import { NOTHING_KNOWN } from '../server/bills/known-bills.ts';
import { calendarDay } from '../server/calendar.ts';
import { billWarnings, otherBillsInYaml, strangersInText } from '../server/campaigns/bill-warnings.ts';
import type { CampaignRead } from '../server/campaigns/campaign-read.ts';
import { campaignTexts } from '../server/campaigns/campaign-texts.ts';
import { dateWarnings } from '../server/campaigns/date-warnings.ts';
import { disagreements } from '../server/campaigns/disagreements.ts';
import { emailWarnings } from '../server/campaigns/email-warnings.ts';
import { lengthWarnings } from '../server/campaigns/length-warnings.ts';
import { campaignNeedsReview, localesNeedReview } from '../server/campaigns/needs-review.ts';
import { partnerWarnings } from '../server/campaigns/partner-warnings.ts';
import { namesPeople, peopleWarnings } from '../server/campaigns/people-warnings.ts';
import { positionWarnings } from '../server/campaigns/position-warnings.ts';
import { readCampaigns } from '../server/campaigns/read-campaigns.ts';
import { readingsOf, type TextReading } from '../server/campaigns/reading-warnings.ts';
import type { FileFault } from '../server/errors.ts';
import { checkCorrections } from '../server/legislators/check-corrections.ts';
import { correctRoster } from '../server/legislators/correct-roster.ts';
import type { Correction } from '../server/legislators/correction.ts';
import { readCorrections } from '../server/legislators/corrections-file.ts';
import { openRosters } from '../server/legislators/open-rosters.ts';
import { findState, stateFacts } from '../server/legislators/states.ts';
import { openLocales } from '../server/words/locale.ts';
import { readText } from '../server/yaml/read-text.ts';
import { billsAtHand } from './bills-at-hand.ts';
import { UsageError } from './command-line.ts';
import { flyerWarnings } from './flyer-warnings.ts';

/** What campaigns are checked with. */
export interface CheckParts {
  campaigns_dir: string;
  data_dir: string;
  /** The site's public address, where it is known: it stands on flyers. */
  base_url?: string | undefined;
  now: () => Date;
}

/** An address of usual length, for flyers of a site whose own is not known yet. */
const USUAL_SITE = 'https://act.example.org';

/**
 * What a finding is. A `fault` keeps a campaign from running, or a correction from holding. All others stop nothing:
 * `warning` is hardly meant so, `missing` a text that a language lacks, `needs_review` a text that nobody has looked over,
 * `correction` one that can be taken out, `hint` what is better mended, `grade` how hard a text is to read.
 */
export type FindingKind = 'fault' | 'warning' | 'missing' | 'needs_review' | 'correction' | 'hint' | 'grade';

/** Something that was found at a place of a file. */
export interface Finding extends FileFault {
  kind: FindingKind;
  /** Of a grade, how the text was measured. */
  reading?: Pick<TextReading, 'language' | 'scale' | 'value'>;
}

/** All that was found, faults first. */
export interface Findings {
  findings: Finding[];
  campaigns: number;
  corrections: number;
  /** What could not be compared, and why: a sentence each. */
  unchecked: string[];
}

/** Looks for all that is wrong or doubtful in every campaign and in the corrections, or in the campaign named alone. */
export async function findingsOf(parts: CheckParts, slug: string | undefined): Promise<Findings> {
  const { campaigns_dir, data_dir, now, base_url: site = USUAL_SITE } = parts;
  const locales = await openLocales(LOCALES);
  const read = await readCampaigns(campaigns_dir, locales.languages.toSorted());
  const slugs = read.campaigns_read.map((one) => one.slug);
  if (slug !== undefined && !slugs.includes(slug))
    throw new UsageError(`There is no campaign '${slug}'. There are: ${slugs.join(', ') || 'none'}.`);
  const checked = read.campaigns_read.filter((one) => slug === undefined || one.slug === slug);
  const all_corrections = await readCorrections(campaigns_dir);
  const corrections = slug === undefined ? all_corrections : undefined;
  const compared = await checkCorrections(corrections?.corrections ?? [], { data_dir, now });
  const seen = await compareCampaigns(checked, all_corrections.corrections, parts);
  const texts = await Promise.all(checked.map(lookAtTexts));
  const printed = checked.flatMap(({ campaign, placeOf }) =>
    campaign && placeOf ? flyerWarnings(campaign, { site, locales, placeOf }) : [],
  );
  const as = (kind: FindingKind, faults: FileFault[]): Finding[] => faults.map((one) => ({ kind, ...one }));
  return {
    findings: [
      ...as('fault', [
        ...checked.flatMap((one) => one.faults),
        ...(corrections?.faults ?? []),
        ...compared.faults,
      ]),
      ...as('warning', [
        ...checked.flatMap((one) => one.warnings),
        ...seen.warnings,
        ...texts.flatMap((one) => one.warnings),
        ...printed,
      ]),
      ...as(
        'missing',
        checked.flatMap((one) => one.gaps),
      ),
      ...as('needs_review', await unreviewed(campaigns_dir, checked, slug === undefined)),
      ...as('correction', compared.notes),
      ...as('hint', [...checked.flatMap((one) => one.hints), ...(corrections?.hints ?? [])]),
      ...texts.flatMap((one) => one.grades),
    ],
    campaigns: checked.length,
    corrections: corrections?.corrections.length ?? 0,
    unchecked: [...seen.unchecked, ...compared.unchecked],
  };
}

const LOCALES = join(import.meta.dirname, '../views/locales');

/** The texts that say of themselves that they need a review: those of the campaigns and, with all of them, the interface's. */
async function unreviewed(
  campaigns_dir: string,
  checked: CampaignRead[],
  with_locales: boolean,
): Promise<FileFault[]> {
  const own = await Promise.all(checked.map(({ slug }) => campaignNeedsReview(campaigns_dir, slug)));
  return [...own.flat(), ...(with_locales ? await localesNeedReview(LOCALES) : [])];
}

const isState = (code: string) => findState(code) !== undefined;

/** How long and how hard to read the texts of a whole campaign are, and whether they name its own bills. */
async function lookAtTexts({
  campaign,
  placeOf,
  page_sources,
}: CampaignRead): Promise<{ warnings: FileFault[]; grades: Finding[] }> {
  if (!campaign || !placeOf) return { warnings: [], grades: [] };
  const sources = new Map<string, string | undefined>(page_sources.map(({ file, text }) => [file, text]));
  for (const { file } of campaign.templates) sources.set(file, (await readText(file)).text);
  const readings = readingsOf(campaignTexts(campaign, page_sources), {
    placeOf,
    sourceOf: (file) => sources.get(file),
  });
  const in_yaml = [
    ...billWarnings(campaign),
    ...otherBillsInYaml(campaign),
    ...partnerWarnings(campaign),
  ].map(({ path, message }) => ({
    ...placeOf(path),
    message,
  }));
  const strangers = [...sources].flatMap(([file, text = '']) =>
    strangersInText(campaign, { file, source: text, isState }),
  );
  const hard = readings.filter(({ is_hard }) => is_hard);
  return {
    warnings: [...in_yaml, ...strangers, ...hard.map(placeAndMessage), ...lengthWarnings(campaign)],
    grades: readings.map(({ language, scale, value, ...one }) => ({
      kind: 'grade',
      ...placeAndMessage(one),
      reading: { language, scale, value },
    })),
  };
}

function placeAndMessage({ file, line, column, message }: FileFault): FileFault {
  return { file, line, column, message };
}

/** Compares whole campaigns with the day, with the real legislators at hand and with what was kept of their bills. */
async function compareCampaigns(
  checked: CampaignRead[],
  corrections: Correction[],
  { data_dir, now }: CheckParts,
): Promise<{ warnings: FileFault[]; unchecked: string[] }> {
  const warnings: FileFault[] = [];
  const unchecked: string[] = [];
  const states = Map.groupBy(checked, ({ campaign }) => campaign?.state);
  for (const [state, own] of states) {
    if (state === undefined) continue;
    const today = calendarDay(now(), stateFacts(state).time_zone);
    const rosters = await openRosters({ data_dir, sample_dir: '', allow_sample: false, states: [state] });
    const place = rosters.get(state);
    const roster = place && correctRoster(place, corrections, today).roster;
    if (!roster) {
      const names_people = own.some(({ campaign }) => campaign && namesPeople(campaign));
      unchecked.push(withoutLegislators(state, names_people, rosters.faults[0]?.message));
    }
    for (const { campaign, placeOf } of own) {
      if (!campaign || !placeOf) continue;
      const known = roster ? await billsAtHand(campaign, { data_dir, roster, today }) : NOTHING_KNOWN;
      const told = [
        ...dateWarnings(campaign, today),
        ...emailWarnings(campaign, today, roster),
        ...positionWarnings(campaign, known, today),
        ...disagreements(campaign, known, today),
        ...(roster ? peopleWarnings(campaign, known, roster) : []),
      ].map(({ path, message }) => ({ ...placeOf(path), message }));
      warnings.push(...told.toSorted((one, other) => one.line - other.line || one.column - other.column));
    }
  }
  return { warnings, unchecked };
}

/** That a state's real legislators are not at hand, and `why` where they lie there damaged or made up: one line. */
function withoutLegislators(state: string, names_people: boolean, why: string | undefined): string {
  const { name } = stateFacts(state);
  const uncompared = names_people ? 'those whom its campaigns name were compared with nobody' : '';
  if (why !== undefined) return `${why}${uncompared && ` For ${name}, ${uncompared}.`}`;
  return `The real legislators of ${name} are not at hand${uncompared && `, and ${uncompared}`}: npm run legislators -- pull ${state}`;
}
