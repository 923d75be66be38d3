import type { OfflineEntry } from '../../server/actions/offline-queries.ts';
import { DAY_MS, DAYS, FIRST_DAY, LANGUAGES, renamedOn } from './known-actions.ts';
import { MAIN, PARTNERS, SEATS, WESTERN, WESTERN_SEATS } from './known-world.ts';
import { numbersFrom } from './numbers-from.ts';

/** What an organizer counted elsewhere, and the moment at which it is entered: ISO date and time in UTC. */
export interface KnownEntry {
  entry: OfflineEntry;
  entered_at: string;
}

const CODES = ['', ...Object.keys(PARTNERS)];
const EVERY_DAY = Array.from({ length: DAYS }, (_, index) =>
  new Date(FIRST_DAY + index * DAY_MS).toISOString().slice(0, 10),
);
const OUTCOMES = [
  ['phone', 'contact'],
  ['phone', 'voicemail'],
  ['phone', 'unavailable'],
  ['email', 'sent'],
] as const;

/**
 * Entries `<prefix>-0`, `<prefix>-1` and so on, one of each of these days, of the sixty where nothing is said: of the main campaign, every fourth of the renamed one
 * and every fifth of the western one. Every fourth, `<prefix>-2` the first, is of calls that nobody answered.
 */
export function knownEntries(
  prefix: string,
  seed: number,
  entered_on: string,
  days = EVERY_DAY,
): KnownEntry[] {
  const random = numbersFrom(seed);
  const one = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  return days.map((day, index) => {
    const is_western = index % 5 === 4;
    const [type, status_code] = OUTCOMES[index % OUTCOMES.length]!;
    const seat = one(is_western ? WESTERN_SEATS : SEATS);
    const is_vague = random() < 0.3;
    const named = index % 4 === 3 ? renamedOn(index) : MAIN.slug;
    const language = random() < 0.2 ? '' : one(LANGUAGES);
    return {
      entry: {
        id: `${prefix}-${index}`,
        campaign_slug: is_western ? WESTERN.slug : named,
        day,
        type,
        status_code,
        legislator_id: is_vague ? '' : seat.legislator_id,
        division_id: is_vague ? seat.division_id.replace(/\/sld.*/, '') : seat.division_id,
        partner: one(CODES),
        page_language: language,
        message_language: language,
        note: `Phone bank ${prefix} ${index}, "after work", at 6, <table>`,
        actions: 1 + Math.floor(random() * 60),
      },
      entered_at: `${entered_on}T15:${String(index).padStart(2, '0')}:00.000Z`,
    };
  });
}
