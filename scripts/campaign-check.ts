// npm run campaign -- check: what is wrong with campaigns, before anyone sees them.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { NOTHING_KNOWN } from '../server/bills/known-bills.ts';
import { calendarDay } from '../server/calendar.ts';
import { disagreements } from '../server/campaigns/disagreements.ts';
import { campaignNeedsReview, localesNeedReview } from '../server/campaigns/needs-review.ts';
import { namesPeople, peopleWarnings } from '../server/campaigns/people-warnings.ts';
import { positionWarnings } from '../server/campaigns/position-warnings.ts';
import { type CampaignRead, readCampaigns } from '../server/campaigns/read-campaigns.ts';
import { type FileFault, formatFault } from '../server/errors.ts';
import { checkCorrections } from '../server/legislators/check-corrections.ts';
import { correctRoster } from '../server/legislators/correct-roster.ts';
import type { Correction } from '../server/legislators/correction.ts';
import { readCorrections } from '../server/legislators/corrections-file.ts';
import { openRosters } from '../server/legislators/open-rosters.ts';
import { stateFacts } from '../server/legislators/states.ts';
import { billsAtHand } from './bills-at-hand.ts';
import { UsageError } from './command-line.ts';

/** What campaigns are checked with. */
export interface CheckParts {
  campaigns_dir: string;
  data_dir: string;
  now: () => Date;
}

/** Prints all that is wrong or doubtful in every campaign, or in the one named; a fault sets the exit code to 1. */
export async function checkCampaigns(parts: CheckParts, slug: string | undefined): Promise<void> {
  const { campaigns_dir, data_dir, now } = parts;
  const read = await readCampaigns(campaigns_dir, interfaceLanguages());
  const slugs = read.campaigns_read.map((one) => one.slug);
  if (slug !== undefined && !slugs.includes(slug)) {
    throw new UsageError(`There is no campaign '${slug}'. There are: ${slugs.join(', ') || 'none'}.`);
  }
  const checked = read.campaigns_read.filter((one) => slug === undefined || one.slug === slug);
  const all_corrections = await readCorrections(campaigns_dir);
  const corrections = slug === undefined ? all_corrections : undefined;
  const compared = await checkCorrections(corrections?.corrections ?? [], { data_dir, now });
  const seen = await compareCampaigns(checked, all_corrections.corrections, parts);
  const faults = [
    ...checked.flatMap((one) => one.faults),
    ...(corrections?.faults ?? []),
    ...compared.faults,
  ];
  const warnings = [...checked.flatMap((one) => one.warnings), ...seen.warnings];
  const gaps = checked.flatMap((one) => one.gaps);
  const hints = corrections?.hints ?? [];
  const reviews = await unreviewed(campaigns_dir, checked, slug === undefined);
  for (const fault of [...faults, ...warnings, ...gaps, ...compared.notes, ...hints, ...reviews])
    process.stdout.write(`${formatFault(fault)}\n`);
  for (const sentence of [...seen.unchecked, ...compared.unchecked]) process.stderr.write(`${sentence}\n`);
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const found = [
    count(checked.length, 'campaign'),
    ...(corrections?.corrections.length ? [count(corrections.corrections.length, 'correction')] : []),
    faults.length === 0 ? 'no faults' : count(faults.length, 'fault'),
    // All that follow stop nothing.
    ...(warnings.length === 0 ? [] : [count(warnings.length, 'warning')]),
    ...(gaps.length === 0 ? [] : [`${count(gaps.length, 'text')} missing in a language`]),
    ...(compared.notes.length === 0 ? [] : [`${count(compared.notes.length, 'correction')} to take out`]),
    ...(hints.length === 0 ? [] : [count(hints.length, 'hint')]),
    ...(reviews.length === 0
      ? []
      : [`${count(reviews.length, 'text')} that ${reviews.length === 1 ? 'needs' : 'need'} review`]),
  ];
  process.stderr.write(`${found.join(', ')}\n`);
  if (faults.length > 0) process.exitCode = 1;
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

/** The languages that the program itself speaks: each has a file of its strings. */
function interfaceLanguages(): string[] {
  const files = readdirSync(LOCALES);
  return files.map((file) => basename(file, '.json')).toSorted();
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
    if (!roster && own.some(({ campaign }) => campaign && namesPeople(campaign))) {
      const why = rosters.faults[0]?.message ?? 'its real legislators are not at hand.';
      unchecked.push(
        `The legislators that campaigns of ${stateFacts(state).name} name were compared with nobody: ${why}`,
      );
    }
    for (const { campaign, placeOf } of own) {
      if (!campaign || !placeOf) continue;
      const known = roster ? await billsAtHand(campaign, { data_dir, roster, today }) : NOTHING_KNOWN;
      const told = [
        ...positionWarnings(campaign, known, today),
        ...disagreements(campaign, known, today),
        ...(roster ? peopleWarnings(campaign, known, roster) : []),
      ].map(({ path, message }) => ({ ...placeOf(path), message }));
      warnings.push(...told.toSorted((one, other) => one.line - other.line || one.column - other.column));
    }
  }
  return { warnings, unchecked };
}
