import type { Totals } from '../actions/totals.ts';
import { calendarDay } from '../calendar.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import type { Roster } from '../legislators/legislator.ts';
import { stateFacts } from '../legislators/states.ts';
import type { Store } from '../store/open-store.ts';
import { momentIn } from '../words/dates.ts';
import type { Locales, Translate } from '../words/locale.ts';
import type { FrozenFigure } from './frozen-figure.ts';
import { keepFigure } from './frozen-queries.ts';

/** What a figure is made of. */
export interface FigureSources {
  campaign: Campaign;
  /** Of real actions, from the tallies. */
  totals: Totals;
  /** Who sits now; undefined where no roster is at hand. */
  roster: Pick<Roster, 'legislator'> | undefined;
  locales: Locales;
  /** The site's address, without a slash at the end. */
  base: string;
  /** '' for none. */
  note: string;
  /** A number from 0 up to 1. */
  random: () => number;
}

/** Letters and digits that are not taken for one another when they are read aloud or typed off. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const LETTERS = 4;
/** More days' figures than anyone makes would have to be there for as many ids to be taken. */
const TRIES = 20;

/** Fixes a figure for good, under an id that no other has, and gives it back. */
export async function freezeFigure(
  store: Pick<Store, 'transaction'>,
  sources: FigureSources,
): Promise<FrozenFigure> {
  for (let tried = 0; tried < TRIES; tried++) {
    const figure = makeFigure(sources);
    if (await keepFigure(store, figure)) return figure;
  }
  throw new Error('no id is free for a figure');
}

/** The totals with the names and the words that they are read with. */
export function makeFigure(sources: FigureSources): FrozenFigure {
  const { campaign, totals, roster, locales, base, note, random } = sources;
  const { time_zone } = stateFacts(campaign.state);
  const moment = new Date(totals.as_of);
  const id = `${campaign.slug}-${calendarDay(moment, time_zone)}-${randomLetters(random)}`;
  const inEach = <T>(say: (t: Translate) => T): Record<string, T> =>
    Object.fromEntries(locales.languages.map((language) => [language, say(locales.translate(language))]));
  return {
    schema_version: 1,
    id,
    campaign_slug: campaign.slug,
    title: campaign.title,
    browser_url: `${base}/campaigns/${campaign.slug}`,
    figure_url: `${base}/figures/${id}`,
    frozen_at: totals.as_of,
    as_of: totals.as_of,
    time_zone,
    as_of_in_words: inEach((t) => momentIn(t, moment, time_zone)),
    goal: totals.goal,
    completed_actions: totals.completed_actions,
    self_reported: totals.self_reported,
    server_accepted: totals.server_accepted,
    offline: totals.offline,
    by_type: totals.by_type,
    by_day: totals.by_day,
    by_legislator: totals.by_legislator.map(({ legislator_id, completed_actions }) => {
      const legislator = roster?.legislator(legislator_id);
      return {
        legislator_id,
        title: legislator?.current_role.title ?? null,
        name: legislator?.name ?? null,
        completed_actions,
      };
    }),
    by_partner: totals.by_partner.map(({ partner, completed_actions }) => ({
      partner,
      name: campaign.partners.find(({ code }) => code === partner)?.name ?? null,
      completed_actions,
    })),
    by_language: totals.by_language,
    by_message_language: totals.by_message_language,
    corrections: totals.corrections,
    corrections_since: `${base}/figures/${id}/corrections.json`,
    note,
    definition: inEach((t) => [
      t('totals.meaning_actions'),
      t('totals.meaning_completed'),
      t('totals.meaning_other'),
      t('totals.meaning_once'),
    ]),
  };
}

function randomLetters(random: () => number): string {
  return Array.from({ length: LETTERS }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join('');
}
