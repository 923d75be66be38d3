import type { Store } from '../../server/store/open-store.ts';
import type { LettersTable } from '../../server/store/tables.ts';
import { addFigure, type Figures } from './known-counts.ts';
import { wallDay } from './known-days.ts';
import { KNOWN_CAMPAIGNS, type KnownCampaign, MAIN, SEATS, WESTERN, WESTERN_SEATS } from './known-world.ts';
import { numbersFrom } from './numbers-from.ts';
import { letterRow, writeLetters } from './write-letters.ts';

/** Where letters stand, and what of them is told: with the reasons that there are. */
const ENDS: [state: string, reason: string, held: string][] = [
  ['confirming', '', ''],
  ['confirming', '', 'links'],
  ['confirmed', '', ''],
  ['confirmed', '', 'short'],
  ['confirmed', '', 'links,disposable_domain'],
  ['sending', '', ''],
  ['accepted', '', ''],
  ['bounced', '', ''],
  ['failed', 'refused_by_server', ''],
  ['failed', 'refused_by_organizer', 'links'],
  ['withdrawn', 'by_supporter', ''],
  ['withdrawn', 'not_me', 'short'],
  ['expired', 'not_confirmed', ''],
];
const ADDRESSES = ['senate-5@example.org', 'house-7@example.org'];

/** Letters, addresses and answers of which all is known, and what is so of them, counted apart. */
export interface KnownLetters {
  write: (store: Pick<Store, 'transaction'>) => Promise<void>;
  figures: (campaign: KnownCampaign, scope?: { is_sample?: boolean | undefined }) => Figures;
}

/** So many letters of all campaigns, some samples, some of a preview; two addresses that are set aside, and one that is not. */
export function knownLetters(seed: number, count: number): KnownLetters {
  const random = numbersFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const slugs = KNOWN_CAMPAIGNS.flatMap(({ slug, former_slugs }) => [slug, ...former_slugs]);
  const moment = () => new Date(Date.UTC(2026, 10, 10) + Math.floor(random() * 1_000_000_000)).toISOString();
  const letters = Array.from({ length: count }, (_, index): LettersTable => {
    const [state, reason, held] = pick(ENDS);
    const [handed_in_at, later] = [moment(), moment()].toSorted() as [string, string];
    return letterRow({
      id: `known-${index}`,
      campaign_slug: pick(slugs),
      is_sample: Number(random() < 0.2),
      mode: random() < 0.2 ? 'preview' : 'live',
      ...{ state, reason, held, handed_in_at },
      confirmed_at: state === 'confirming' ? '' : later,
    });
  });
  const answers = Array.from({ length: count }, (_, index) => {
    const campaign_slug = pick(slugs);
    const seats = campaign_slug === WESTERN.slug ? WESTERN_SEATS : SEATS;
    return {
      campaign_slug,
      is_sample: Number(random() < 0.2),
      partner: '',
      legislator_id: pick(seats.slice(0, 9)).legislator_id,
      // Each in a row of its own.
      day: new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10),
      answers: 1 + Math.floor(random() * 5),
    };
  });
  const addresses = [...ADDRESSES, 'once@example.org'].map((address, index) => ({
    address,
    hard_bounces: 3 - index,
    last_bounce_at: '2026-11-20T15:00:00.000Z',
    set_aside_at: address === 'once@example.org' ? '' : '2026-11-20T15:00:00.000Z',
  }));
  return {
    write: async (store) => {
      await writeLetters(store, letters);
      await store.transaction(async (trx) => {
        await trx.insertInto('letter_answers').values(answers).execute();
        await trx.insertInto('target_addresses').values(addresses).execute();
      });
    },
    figures: ({ slug, former_slugs }, { is_sample = false } = {}) => {
      const isOwn = (one: { campaign_slug: string; is_sample: number }) =>
        [slug, ...former_slugs].includes(one.campaign_slug) && one.is_sample === Number(is_sample);
      const figures: Figures = {};
      const oldest = new Map<string, string>();
      for (const one of letters.filter((row) => isOwn(row) && (is_sample || row.mode === 'live'))) {
        const is_held = one.state === 'confirmed' && one.held !== '';
        const name = is_held ? `held/${one.held.split(',')[0]}` : `${one.state}/${one.reason}`;
        addFigure(figures, `letters/${name}`, 1);
        if (!['confirming', 'confirmed', 'sending'].includes(one.state)) continue;
        const since = one.state === 'confirming' ? one.handed_in_at : one.confirmed_at;
        oldest.set(name, [since, oldest.get(name) ?? since].toSorted()[0]!);
      }
      for (const [name, since] of oldest)
        addFigure(figures, `letters_oldest/${name}/${since.slice(0, 13)}:00:00.000Z`, 1);
      for (const one of answers.filter(isOwn))
        addFigure(figures, `letter_answers/${one.legislator_id}`, one.answers);
      if (!is_sample)
        for (const { address, hard_bounces, set_aside_at } of addresses.slice(0, 2))
          addFigure(figures, `set_aside/${address}/${wallDay(MAIN.slug, set_aside_at)}`, hard_bounces);
      return figures;
    },
  };
}
