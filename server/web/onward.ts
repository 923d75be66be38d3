import type { Target } from '../campaigns/targets.ts';
import { representationsOf } from './act-page.ts';
import { canBeReached } from './office-contacts.ts';
import type { CampaignPage } from './page.ts';
import { isToDo, type Standing, standingPairs } from './standing.ts';
import { targetingIn } from './targeting.ts';
import { visitHref } from './visit.ts';

/** What the page that a supporter goes on to says and asks. */
export interface Onward {
  /** What was just noted, as the query says it. */
  noted: string;
  /** The signed id of a call, where what the office said is asked. */
  action_id?: string;
}

/** Where to go on: the next target who was not reached yet, or the thanks; to the question that comes first, where there is one. */
export function onwardHref(
  page: CampaignPage,
  standing: Standing,
  { noted, action_id = '' }: Onward,
): string {
  const targets = targetsOf(page, standing);
  const next = targets.findIndex(
    ({ legislator }) => canBeReached(legislator) && isToDo(standing, legislator.id),
  );
  // The thanks say by themselves what was counted.
  if (next === -1) return thanksHref(page, standing, { noted: noted === 'done' ? '' : noted, action_id });
  const anchor = action_id === '' ? `target-${next + 1}` : 'reply';
  return cardHref(
    page,
    standing,
    { legislator_id: targets[next]!.legislator.id, anchor },
    { noted, action_id },
  );
}

/** Back to the card of a legislator where they are a target still, with what was noted; else to the thanks. */
export function sameCardHref(
  page: CampaignPage,
  standing: Standing,
  legislator_id: string,
  noted: string,
): string {
  const index = targetsOf(page, standing).findIndex(({ legislator }) => legislator.id === legislator_id);
  if (index === -1) return thanksHref(page, standing, { noted: '' });
  return cardHref(page, standing, { legislator_id, anchor: `target-${index + 1}` }, { noted });
}

/** The legislators may have gone since: what was done is counted all the same. */
export function targetsOf(page: CampaignPage, { divisions }: Standing): Target[] {
  return page.place ? targetingIn(page, representationsOf(page, divisions)).targets : [];
}

function cardHref(
  page: CampaignPage,
  standing: Standing,
  { legislator_id, anchor }: { legislator_id: string; anchor: string },
  onward: Onward,
): string {
  const pairs: [string, string][] = [
    ...standingPairs(standing),
    ['target', legislator_id],
    ...pairsOf(onward),
  ];
  return `${visitHref(page.visit, `/campaigns/${page.campaign.slug}/act`, pairs)}#${anchor}`;
}

function thanksHref(page: CampaignPage, standing: Standing, onward: Onward): string {
  const pairs = [...standingPairs(standing), ...pairsOf(onward)];
  return visitHref(page.visit, `/campaigns/${page.campaign.slug}/thanks`, pairs);
}

function pairsOf({ noted, action_id = '' }: Onward): [string, string][] {
  return [
    ['noted', noted],
    ['action_id', action_id],
  ];
}
