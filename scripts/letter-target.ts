// To whom a trial letter speaks: a legislator at hand, or what stands for one.
import { join } from 'node:path';
import { calendarDay } from '../server/calendar.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import { type Target, targetingOf } from '../server/campaigns/targets.ts';
import { bracketTarget, type StandInWords, wordingExamples } from '../server/campaigns/wording-examples.ts';
import { correctRoster } from '../server/legislators/correct-roster.ts';
import { readCorrections } from '../server/legislators/corrections-file.ts';
import { openRosters } from '../server/legislators/open-rosters.ts';
import { stateFacts } from '../server/legislators/states.ts';
import type { Settings } from '../server/settings.ts';
import { billsAtHand } from './bills-at-hand.ts';
import { UsageError } from './command-line.ts';

const sample_dir = join(import.meta.dirname, '../sample-data');

/** Whom a letter is to speak to: as typed, one of the three at most. */
export interface WhomWanted {
  legislator: string | undefined;
  division: string | undefined;
  wording: string | undefined;
}

/** The target that is meant; UsageError where there is none such. Without a wish: somebody of whom nothing is known. */
export function letterTarget(
  campaign: Campaign,
  { legislator, division, wording }: WhomWanted,
  { settings, now, stand_ins }: { settings: Settings; now: Date; stand_ins: StandInWords },
): Promise<Target> | Target {
  if ([legislator, division, wording].filter((one) => one !== undefined).length > 1)
    throw new UsageError('Give one of --legislator, --division and --wording.');
  const today = calendarDay(now, stateFacts(campaign.state).time_zone);
  if (legislator !== undefined || division !== undefined)
    return targetAtHand(campaign, { legislator, division }, { settings, today });
  const examples = wordingExamples(campaign);
  const example = examples.find((one) => one.wording === (wording ?? 'plain'));
  if (!example)
    throw new UsageError(
      `The campaign has no wording '${wording}'. It has: ${examples.map((one) => one.wording).join(', ')}.`,
    );
  const chamber = campaign.targets.chambers[0]!;
  return bracketTarget(campaign, example.who, { chamber, words: stand_ins, today });
}

/** A legislator at hand, as a supporter who lives in their district is asked to contact them. */
async function targetAtHand(
  campaign: Campaign,
  { legislator, division }: Pick<WhomWanted, 'legislator' | 'division'>,
  { settings, today }: { settings: Settings; today: string },
): Promise<Target> {
  const { data_dir, campaigns_dir, is_production } = settings;
  const states = [campaign.state];
  const rosters = await openRosters({ data_dir, sample_dir, allow_sample: !is_production, states });
  const { corrections } = await readCorrections(campaigns_dir);
  const place = rosters.get(campaign.state);
  if (!place)
    throw new UsageError(
      `The legislators of ${stateFacts(campaign.state).name} are not at hand: npm run legislators -- pull ${campaign.state}`,
    );
  const { roster } = correctRoster(place, corrections, today);
  const division_id = division ?? roster.legislator(legislator!)?.current_role.division_id ?? '';
  const representation = roster.representation(division_id);
  if (!representation) {
    const made_up = roster.is_sample ? ' At hand are only made-up legislators.' : '';
    throw new UsageError(
      division === undefined
        ? `No legislator at hand has the id '${legislator}'.${made_up}`
        : `There is no district '${division}' in ${stateFacts(campaign.state).name}. An id looks like ${roster.districts[0]?.division_id}.`,
    );
  }
  const known = await billsAtHand(campaign, { data_dir, roster, today });
  const { targets } = targetingOf(campaign, { representations: [representation], known, roster, today });
  const target = targets.find(
    (one) => legislator === undefined || one.legislator.id === roster.legislator(legislator)?.id,
  );
  if (!target) throw new UsageError('The campaign asks nobody there to be contacted now.');
  return target;
}
