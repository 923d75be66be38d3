import type { Response } from 'express';
import { ACTION_TYPES } from '../actions/action.ts';
import type { Target, Targeting } from '../campaigns/targets.ts';
import { drawVariants } from '../campaigns/variants.ts';
import type { District, Representation } from '../legislators/legislator.ts';
import { emptyChambers } from '../legislators/roster-summary.ts';
import { sharersOf, withSharers } from '../legislators/shared-places.ts';
import { isAtLarge } from '../legislators/undrawn-districts.ts';
import { chamberIn, districtIn, languageIn, stateIn } from '../words/names.ts';
import { correctionLines, departuresFrom, latestOf } from './corrections.ts';
import { offersFor } from './letter-offer.ts';
import { messageLanguageOf } from './message-words.ts';
import { missingChambers } from './missing-chambers.ts';
import { notAskedCards } from './not-asked.ts';
import { canBeReached } from './office-contacts.ts';
import { chamberPage } from './official-finders.ts';
import { overlapsIn } from './overlaps.ts';
import { type CampaignPage, drawPage, placeOf } from './page.ts';
import { PageError } from './page-error.ts';
import { datedBy } from './roster-date.ts';
import {
  doneMark,
  isReached,
  isToDo,
  isWaiting,
  type Standing,
  standingPairs,
  waitingMark,
} from './standing.ts';
import { type ActOptions, type Card, targetCard } from './target-card.ts';
import { targetingIn } from './targeting.ts';
import { visitHref } from './visit.ts';

/** Who represents the districts; 404 where one of them is not of this state. */
export function representationsOf(page: CampaignPage, divisions: string[]): Representation[] {
  return divisions.map((id) => {
    const representation = placeOf(page).roster.representation(id);
    if (!representation) throw new PageError(404, 'unknown_district');
    return representation;
  });
}

/** Who represents these districts, and who shares them or has the whole state: a link made by hand may leave those out. */
function everyoneOf(page: CampaignPage, divisions: string[]): Representation[] {
  const { roster } = placeOf(page);
  const districts = representationsOf(page, divisions).map(({ district }) => district);
  return withSharers(roster.districts, districts).map(
    ({ division_id }) => roster.representation(division_id)!,
  );
}

/** A letter that was begun while its legislator was a target is not lost when they no longer are. */
function withBegun(targeting: Targeting, legislator_id: string | undefined): Targeting {
  const begun = targeting.untargeted.find(({ legislator }) => legislator.id === legislator_id);
  if (!begun) return targeting;
  return {
    ...targeting,
    targets: [...targeting.targets, { ...begun, reason: undefined, is_fallback: false }],
  };
}

/** The page with the variants of its visit: drawn here for a form that was drawn before there were any, or lost them. */
function withVariants(page: CampaignPage): CampaignPage {
  const { campaign, visit, site } = page;
  const variants = drawVariants(campaign, visit.variants, site.parts.random);
  return { ...page, visit: { ...visit, variants } };
}

/** Draws the supporter's legislators, each with the call and the e-mail. */
export async function drawAct(
  opened: CampaignPage,
  res: Response,
  standing: Standing,
  options: ActOptions = {},
): Promise<void> {
  const page = withVariants(opened);
  const representations = everyoneOf(page, standing.divisions);
  const { targets, untargeted, chambers } = withBegun(
    targetingIn(page, representations),
    options.composed?.legislator_id,
  );
  const asked = representations.filter(({ district }) => chambers.includes(district.org_classification));
  const open =
    targets.find((target) => target.legislator.id === options.open) ??
    targets.find(({ legislator }) => canBeReached(legislator) && isToDo(standing, legislator.id));
  const isAsked = ({ legislator }: Target) =>
    !untargeted.some((other) => other.legislator.id === legislator.id);
  const offers = await offersFor(page, targets.filter(isAsked));
  const cards: Card[] = targets.map((target, index) =>
    targetCard(page, target, {
      anchor: `target-${index + 1}`,
      is_done: isReached(standing, target.legislator.id),
      counted: ACTION_TYPES.filter((type) => standing.done.includes(doneMark(type, target.legislator.id))),
      is_open: target === open,
      again: againHref(page, standing, { legislator_id: target.legislator.id, index }),
      is_asked: isAsked(target),
      offer: offers.by_target.get(target.legislator.id),
      ...options,
    }),
  );
  const next = open && cards[targets.indexOf(open)];
  const faults = options.composed?.faults ?? [];
  const faulty = cards.find((card) => card.legislator_id === options.composed?.legislator_id);
  // Someone who no longer sits there, or whom a form made up: nothing of a draft to them could be shown.
  if (options.composed && !faulty) throw new PageError(404, 'unknown_district');
  drawPage(
    page,
    res,
    'act',
    {
      heading: page.t('act.title'),
      state_name: stateIn(page.t, page.campaign.state),
      cards,
      not_asked: notAskedCards(page, untargeted, targets),
      share: visitHref(page.visit, `/campaigns/${page.campaign.slug}/thanks`, standingPairs(standing)),
      vacant: vacantSeats(page, asked, targets.length > 0),
      crowded: crowdedDistricts(page, asked),
      missing: missingChambers(page, standing),
      overlaps: overlapsIn(page, standing),
      divisions: standing.divisions,
      done: standing.done,
      continuing: standingPairs(standing),
      without: (division_id: string) => standingPairs(standingWithout(page, standing, division_id)),
      message_switch: messageSwitch(page, standing),
      offices_speak: officesSpeak(page),
      speaks_own: messageLanguageOf(page) === page.visit.page_language,
      is_passing: !offers.is_whole,
      confirm: options.confirm,
      asked: options.asked && { ...options.asked, next: next && { anchor: next.anchor, who: next.short } },
      // What stands in the form goes along, edits since it was drawn included.
      form: faulty && `${faulty.anchor}-compose`,
      has_errors: faults.length > 0,
      errors: faulty
        ? faults.map(({ field, message }) => ({ field: `${faulty.anchor}-${field}`, message }))
        : [],
    },
    faults.length > 0 ? 422 : 200,
  );
}

/** The way to write a letter that waits to be confirmed once more, its card unfolded; undefined where none waits. */
export function againHref(
  { visit, campaign }: CampaignPage,
  standing: Standing,
  { legislator_id, index }: { legislator_id: string; index: number },
): string | undefined {
  if (!isWaiting(standing, legislator_id)) return undefined;
  const done = standing.done.filter((mark) => mark !== waitingMark(legislator_id));
  const pairs: [string, string][] = [
    ...standingPairs({ ...standing, done }),
    ['target', legislator_id],
    ['way', 'email'],
  ];
  return `${visitHref(visit, `/campaigns/${campaign.slug}/act`, pairs)}#target-${index + 1}-from`;
}

/** What is left when one district is found wrong: the others and what is done, but nothing else of the same place. */
function standingWithout(page: CampaignPage, standing: Standing, division_id: string): Standing {
  const { roster } = placeOf(page);
  const wrong = roster.representation(division_id)!.district;
  const place = new Set(sharersOf(roster.districts, wrong).map((district) => district.division_id));
  return { ...standing, divisions: standing.divisions.filter((id) => !place.has(id)) };
}

/** The language of the offices, where that is not the one that the supporter reads. */
function officesSpeak({ campaign, visit, t }: CampaignPage): string | undefined {
  const office_language = campaign.message_languages[0]!;
  return office_language === visit.page_language ? undefined : languageIn(t, office_language);
}

/** The languages that the messages can be had in; empty where there is no choice. */
function messageSwitch(page: CampaignPage, standing: Standing) {
  const { message_languages, slug } = page.campaign;
  if (message_languages.length < 2) return [];
  return message_languages.map((language) => ({
    language,
    name: languageIn(page.t, language),
    is_current: language === messageLanguageOf(page),
    href: visitHref(
      { ...page.visit, message_language: language },
      `/campaigns/${slug}/act`,
      standingPairs(standing),
    ),
  }));
}

/** A district with its chamber, where the name does not tell: a card without a legislator has no title that would. */
function seatIn(page: CampaignPage, district: District): string {
  const name = districtIn(page.t, district);
  const chamber = chamberIn(page.t, district.state, district.org_classification);
  return name.includes(chamber) ? name : page.t('act.in_chamber', { name, chamber });
}

/** Those of the districts for which the source names more members than there are seats. */
function crowdedDistricts(page: CampaignPage, representations: Representation[]) {
  return representations
    .filter(({ district, legislators }) => legislators.length > district.seats)
    .map(({ district }) => ({
      text: page.t('act.crowded', { name: seatIn(page, district) }),
      finder: chamberPage(page.t, district.state, district.org_classification),
    }));
}

/** Seats that no one holds, or held before an election. */
function vacantSeats(page: CampaignPage, representations: Representation[], has_others: boolean) {
  const empty = emptyChambers(placeOf(page).roster);
  return representations
    .filter(({ vacant_seats }) => vacant_seats > 0)
    .map(({ district, vacant_seats }, index) => {
      const departures = departuresFrom(page, district.division_id);
      const dated = datedBy(page, district.org_classification, latestOf(departures, 'left_office'));
      const has_elected = (dated.age?.election ?? dated.age?.unseen) !== undefined;
      const is_unknown = departures.length === 0 && empty.includes(district.org_classification);
      const known = has_elected ? 'before_election' : 'now';
      const key = `act.vacant_${district.seats > 1 ? 'some' : 'seat'}.${is_unknown ? 'unknown' : known}`;
      const words = {
        name: seatIn(page, district),
        vacant: vacant_seats,
        seats: district.seats,
        date: dated.as_of,
      };
      // After an election nobody knows here who of the others still does.
      const others = has_others && !has_elected && !is_unknown ? ` ${page.t('act.vacant_others')}` : '';
      return {
        anchor: `vacant-${index + 1}`,
        title: page.t(`${key}.title`, words),
        text: `${page.t(`${key}.text`, words)}${others}`,
        district_name: words.name,
        division_id: district.division_id,
        is_at_large: isAtLarge(district),
        is_unknown,
        corrections: correctionLines(page, departures),
        ...dated,
      };
    });
}
