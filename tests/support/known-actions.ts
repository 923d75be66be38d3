import type { Action } from '../../server/actions/action.ts';
import { MAIN, PARTNERS, RENAMED, SEATS, WESTERN, WESTERN_SEATS } from './known-world.ts';
import { numbersFrom } from './numbers-from.ts';

/** A form on its way, of which it is known beforehand whether it counts. */
export interface KnownReport {
  action: Action;
  /** ISO date and time in UTC, to the millisecond. */
  moment: string;
  nonce: string;
  /** Name of the marked block of addresses that it comes from, '' for none. */
  block: string;
  counts: boolean;
}

/** The first of sixty days, among them November 1, 2026, on which clocks go back an hour. */
export const FIRST_DAY = Date.UTC(2026, 9, 4);
/** So many days. */
export const DAYS = 60;
/** A day of UTC. */
export const DAY_MS = 86_400_000;
/** A moment after all of them. */
export const AFTERWARDS = new Date(FIRST_DAY + DAYS * DAY_MS);
/** Hours in UTC: first those that are midnight in Florida and in California with daylight saving, and the day before without. */
const HOURS = [3, 4, 7, 5, 8, 17, 6, 13, 15, 20, 22];
/** Languages that are spoken here. */
export const LANGUAGES = ['en', 'es', 'ht'];
const VARIANTS = ['', 'short', 'long'];
const CODES = Object.keys(PARTNERS);
const OUTCOMES: [share: number, type: Action['type'], status_code: Action['status_code']][] = [
  [30, 'phone', 'contact'],
  [20, 'phone', 'voicemail'],
  [12, 'phone', 'unavailable'],
  [10, 'email', 'started'],
  [22, 'email', 'sent'],
  [2, 'email', 'confirmed'],
  [2, 'email', 'accepted'],
  [1, 'email', 'bounced'],
  [1, 'email', 'failed'],
];
const OUTCOME_OF = OUTCOMES.flatMap(([share, ...outcome]) => Array<typeof outcome>(share).fill(outcome));
/** The hours of each day, as they stand in the log. */
const HOURS_OF = Array.from({ length: DAYS }, (_, day) =>
  HOURS.map((hour) => new Date(FIRST_DAY + day * DAY_MS + hour * 3_600_000).toISOString()),
);

/**
 * Reports of actions in the order of their days until `count` of them count: of three campaigns, real and sample, web and
 * offline, credited to twelve partners or none. Some ids come twice, some with a second outcome. Each day has actions in up to
 * eleven hours, or in as many of them as `hours` says. The same for the same seed.
 */
export function* knownReports({
  seed,
  count,
  hours = HOURS.length,
}: {
  seed: number;
  count: number;
  hours?: number;
}): Generator<KnownReport> {
  const random = numbersFrom(seed);
  const held: KnownReport[] = [];
  for (let made = 0, counted = 0; counted < count; ) {
    const isHeld = held.length > 0 && random() < 0.5;
    const report = isHeld
      ? held.shift()!
      : makeReport(random, {
          day: Math.floor((counted / count) * DAYS),
          hours,
          seed,
          made: made++,
        });
    if (!isHeld) held.push(...secondReport(report, random));
    if (report.counts) counted += 1;
    yield report;
  }
}

function makeReport(
  random: () => number,
  { day, hours, seed, made }: { day: number; hours: number; seed: number; made: number },
): KnownReport {
  const [type, status_code] = OUTCOME_OF[Math.floor(random() * 100)]!;
  const share = random();
  const isWestern = share > 0.9;
  const seats = isWestern ? WESTERN_SEATS : SEATS;
  // Some are acted on far more than others, and some partners bring far more.
  const seat = seats[Math.floor(random() ** 2 * seats.length)]!;
  const isOffline = status_code !== 'accepted' && random() < 0.05;
  // Whoever counts letters by hand may not know whom they went to, or in what language.
  const isVague = isOffline && random() < 0.3;
  const action_date = HOURS_OF[day]![Math.floor(random() * hours)]!;
  return {
    action: {
      campaign_slug: isWestern ? WESTERN.slug : share > 0.75 ? renamedOn(day) : MAIN.slug,
      type,
      status_code,
      legislator_id: isVague ? '' : seat.legislator_id,
      division_id: isVague ? seat.division_id.replace(/\/sld.*/, '') : seat.division_id,
      partner: random() < 0.4 ? '' : CODES[Math.floor(random() ** 2 * CODES.length)]!,
      page_language: isVague ? '' : LANGUAGES[Math.floor(random() ** 2 * LANGUAGES.length)]!,
      message_language: isVague ? '' : LANGUAGES[Math.floor(random() ** 3 * LANGUAGES.length)]!,
      variant: isOffline ? '' : VARIANTS[Math.floor(random() * VARIANTS.length)]!,
      origin: isOffline ? 'offline' : 'web',
      is_sample: !isOffline && random() < 0.03,
      action_date,
    },
    moment: action_date.slice(0, 'YYYY-MM-DDTHH:'.length) + MOMENTS[Math.floor(random() * MOMENTS.length)],
    nonce: `known ${seed} ${made}`,
    block: !isOffline && random() < 0.08 ? `block-${day % 12}` : '',
    counts: true,
  };
}

/** Within their hour: the first moment, the last, and one between. */
const MOMENTS = ['00:00.000Z', '59:59.999Z', '30:15.250Z'];

/** The name of the renamed campaign on a day: it was renamed twice. */
export function renamedOn(day: number): string {
  const [earlier, first] = RENAMED.former_slugs as [string, string];
  if (day < DAYS / 3) return first;
  return day < (2 * DAYS) / 3 ? earlier : RENAMED.slug;
}

/** Now and then the form of a report comes once more: the same again, with what it led to, or saying something else. */
function secondReport(report: KnownReport, random: () => number): KnownReport[] {
  const share = random();
  if (share > 0.2) return [];
  const { status_code } = report.action;
  const again = (status: Action['status_code'], counts: boolean): KnownReport[] => [
    { ...report, action: { ...report.action, status_code: status }, counts },
  ];
  if (share > 0.1) return again(status_code, false);
  if (status_code === 'unavailable') return again('contact', true);
  if (status_code === 'started') return again('sent', true);
  if (status_code === 'voicemail') return again('contact', false);
  return status_code === 'contact' ? again('voicemail', false) : [];
}

/** Hours after the sixty days: before a figure is fixed, its own hour, and later ones. */
const LATER = ['03T13', '03T14', '03T15', '03T23', '04T05', '05T02'];

/** Reports as they come on the days after the sixty, as many of which count as is said. */
export function laterReports(wanted: { seed: number; count: number }): KnownReport[] {
  const places = new Map<string, string>();
  return [...knownReports(wanted)].map((report) => {
    const hour = places.get(report.nonce) ?? LATER[places.size % LATER.length]!;
    places.set(report.nonce, hour);
    const action_date = `2026-12-${hour}:00:00.000Z`;
    return { ...report, action: { ...report.action, action_date }, moment: action_date };
  });
}
