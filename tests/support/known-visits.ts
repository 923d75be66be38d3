import type { BegunVisit } from '../../server/actions/visits.ts';
import { DAY_MS, DAYS, FIRST_DAY, renamedOn } from './known-actions.ts';
import { addFigure, type FigureScope, type Figures } from './known-counts.ts';
import { wallDay, zoneOfSlug } from './known-days.ts';
import { type KnownCampaign, MAIN, PARTNERS, WESTERN } from './known-world.ts';
import { numbersFrom } from './numbers-from.ts';

/** A visit, and the moment at which it begins: ISO date and time in UTC. */
export interface KnownVisit {
  visit: BegunVisit;
  moment: string;
}

/** What has partners' links is mistyped now and then. */
const MISTYPED = ['group1', 'grop-2', 'group-33', 'jira', '…'];
const CODES = Object.keys(PARTNERS);
/** Codes of their own that a campaign keeps (said in visit-queries.ts). */
const KEPT_CODES = 100;

/**
 * Visits in the order of their days, to three campaigns, real and sample, by links of twelve partners, none, or codes that
 * nobody has: more of these, of the western campaign, than are kept.
 */
export function* knownVisits({ seed, count }: { seed: number; count: number }): Generator<KnownVisit> {
  const random = numbersFrom(seed);
  let made_up = 0;
  for (let index = 0; index < count; index++) {
    const day = Math.floor((index / count) * DAYS);
    const share = random();
    const campaign_slug = share > 0.8 ? WESTERN.slug : share > 0.65 ? renamedOn(day) : MAIN.slug;
    const is_unknown = random() < (campaign_slug === WESTERN.slug ? 0.7 : 0.1);
    const own = () => (campaign_slug === WESTERN.slug ? `code-${1000 + (made_up++ % 150)}` : '');
    const unknown_code = own() || MISTYPED[Math.floor(random() ** 2 * MISTYPED.length)]!;
    const partner = random() < 0.3 ? '' : CODES[Math.floor(random() ** 2 * CODES.length)]!;
    yield {
      visit: {
        campaign_slug,
        is_sample: random() < 0.05,
        partner: is_unknown ? '' : partner,
        unknown_code: is_unknown ? unknown_code : '',
        time_zone: zoneOfSlug(campaign_slug),
      },
      moment: new Date(FIRST_DAY + day * DAY_MS + Math.floor(random() * DAY_MS)).toISOString(),
    };
  }
}

/** What is so of visits, counted apart. */
export interface VisitTruth {
  add: (visit: KnownVisit) => void;
  figures: (campaign: KnownCampaign, scope?: FigureScope) => Figures;
}

/** Counts visits in the order in which they come. */
export function createVisitTruth(): VisitTruth {
  const visits: { slug: string; is_sample: boolean; partner: string; day: string; number: number }[] = [];
  const at = new Map<string, (typeof visits)[number]>();
  const codes = new Map<string, Map<string, { first: string; last: string; number: number }>>();
  return {
    add: ({ visit: { campaign_slug: slug, is_sample, partner, unknown_code }, moment }) => {
      const day = wallDay(slug, moment);
      const id = [slug, is_sample, partner, day].join(' ');
      const row = at.get(id) ?? { slug, is_sample, partner, day, number: 0 };
      if (!at.has(id)) visits.push(row);
      at.set(id, row);
      row.number += 1;
      if (unknown_code === '' || is_sample) return;
      const own = codes.get(slug) ?? new Map<string, { first: string; last: string; number: number }>();
      codes.set(slug, own);
      const kept = [...own.keys()].filter((one) => one !== '…');
      const code = own.has(unknown_code) || kept.length < KEPT_CODES ? unknown_code : '…';
      const before = own.get(code) ?? { first: day, last: day, number: 0 };
      own.set(code, {
        first: [before.first, day].toSorted()[0]!,
        last: [before.last, day].toSorted()[1]!,
        number: before.number + 1,
      });
    },
    figures: ({ slug, former_slugs }, { is_sample = false, partner } = {}) => {
      const slugs = [slug, ...former_slugs];
      const figures: Figures = {};
      for (const row of visits) {
        if (!slugs.includes(row.slug) || row.is_sample !== is_sample) continue;
        if (partner !== undefined && row.partner !== partner) continue;
        addFigure(figures, `visits/${row.day}/${row.partner}`, row.number);
        addFigure(figures, `partner_visits/${row.partner}`, row.number);
      }
      // Those of links are told to organizers alone.
      if (partner !== undefined) return figures;
      const rows = slugs.flatMap((one) => [...(codes.get(one) ?? [])]);
      for (const [code, own] of Map.groupBy(rows, ([name]) => name)) {
        const first = own.map(([, one]) => one.first).toSorted()[0]!;
        const last = own
          .map(([, one]) => one.last)
          .toSorted()
          .at(-1)!;
        addFigure(figures, `unknown_first/${code}/${first}`, 1);
        for (const [, { number }] of own) addFigure(figures, `unknown_code/${code}/${last}`, number);
      }
      return figures;
    },
  };
}
