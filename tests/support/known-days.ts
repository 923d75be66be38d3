import { KNOWN_CAMPAIGNS } from './known-world.ts';

const ZONES = new Map(
  KNOWN_CAMPAIGNS.flatMap(({ slug, former_slugs, time_zone }) =>
    [slug, ...former_slugs].map((name) => [name, time_zone]),
  ),
);
const days = new Map<string, string>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** The zone of the state whose campaign has this slug, or had it. */
export function zoneOfSlug(slug: string): string {
  return ZONES.get(slug)!;
}

/** The day by the clock on the wall of the campaign's state: YYYY-MM-DD. */
export function wallDay(slug: string, moment: string): string {
  const zone = zoneOfSlug(slug);
  const known = days.get(zone + moment);
  if (known) return known;
  const parts = partsAt(zone, moment);
  const day = ['year', 'month', 'day'].map((name) => parts[name]).join('-');
  days.set(zone + moment, day);
  return day;
}

/** The hour of UTC in which the clock on the wall of the campaign's state shows noon of a day. */
export function noonOf(slug: string, day: string): string {
  // West of Greenwich noon comes later, and in no state as late as the next day of UTC.
  for (let hour = 12; hour < 24; hour++) {
    const moment = `${day}T${hour}:00:00.000Z`;
    if (partsAt(zoneOfSlug(slug), moment).hour === '12') return moment;
  }
  throw new Error(`${day} has no noon`);
}

function partsAt(time_zone: string, moment: string): Record<string, string> {
  const format =
    formats.get(time_zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: time_zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(time_zone, format);
  return Object.fromEntries(format.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
}
