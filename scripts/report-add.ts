// npm run report -- add: enters what was counted on paper.
import { ACTION_TYPES, COMPLETED } from '../server/actions/action.ts';
import { enterOffline, type OfflineEntry } from '../server/actions/offline-queries.ts';
import { readCompleted } from '../server/actions/totals.ts';
import { calendarDay, dayInWords, numberFormat } from '../server/calendar.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import { stateFacts } from '../server/legislators/states.ts';
import { oneOf, readArguments, UsageError } from './command-line.ts';
import { type Opened, withCampaign } from './counted-campaign.ts';
import { namedLegislator } from './named-legislator.ts';
import {
  countOf,
  dayOf,
  languagesOf,
  MOST_AT_ONCE,
  noteOf,
  OUTCOME_WORDS,
  outcomeOf,
  partnerOf,
} from './offline-fields.ts';
import { rosterAtHand } from './roster-at-hand.ts';
import { REAL_ENTRY } from './trial-actions.ts';

/** How actions from paper are entered. */
export const ADD_HELP = `npm run report -- add SLUG --type phone|email --count N --note "Phone bank at the library"
  Enters actions that you counted elsewhere, as from phone-bank sheets. The totals show them as counted offline.
  --type        phone or email
  --count       how many, up to ${MOST_AT_ONCE}
  --note        what it was, for you alone; no names of callers
  --status      for phone: contact (spoke with someone; where it is not said), voicemail or unavailable (no answer: shown,
                and not counted as completed). For email: sent
  --date        the day, as 2026-12-01; today where it is not said
  --partner     code of the partner who is credited
  --legislator  whom they called: the name, or the id or its beginning
  --lang        the language of the sheet, one of the campaign's
  To take an entry out again: npm run report -- exclude SLUG --entry ID
`;

/** Enters what the arguments say. */
export async function addEntry(args: string[]): Promise<void> {
  const asked = readAsked(args);
  await withCampaign(asked.slug, async (opened) => {
    process.stdout.write(await enter(asked, opened));
  });
}

/** The same on what is open; gives back what is said of it. UsageError where an argument does not fit. */
export async function addTo(args: string[], opened: Opened): Promise<string> {
  return enter(readAsked(args), opened);
}

function readAsked(args: string[]) {
  const text = { type: 'string' } as const;
  const options = {
    type: text,
    count: text,
    note: text,
    status: text,
    date: text,
    partner: text,
    legislator: text,
    lang: text,
  };
  const { values, positionals } = readArguments({ args, allowPositionals: true, options });
  const [slug] = positionals;
  if (!slug || positionals.length > 1) throw new UsageError('Name one campaign.');
  if (values.type === undefined) throw new UsageError('Say what was done: --type phone or --type email.');
  const type = oneOf(ACTION_TYPES, values.type, '--type');
  return {
    ...values,
    slug,
    type,
    status: outcomeOf(type, values.status),
    actions: countOf(values.count),
    note: noteOf(values.note),
  };
}

async function enter(asked: ReturnType<typeof readAsked>, opened: Opened): Promise<string> {
  const { campaign, store, now } = opened;
  const { time_zone, division_id } = stateFacts(campaign.state);
  const legislator =
    asked.legislator === undefined
      ? undefined
      : await namedLegislator(asked.legislator, campaign, opened.settings, () => now);
  const entry: OfflineEntry = {
    id: `e-${opened.newId()}`,
    campaign_slug: campaign.slug,
    day: dayOf(asked.date, campaign, calendarDay(now, time_zone)),
    type: asked.type,
    status_code: asked.status,
    legislator_id: legislator?.id ?? '',
    division_id: legislator?.current_role.division_id ?? division_id,
    partner: partnerOf(asked.partner, campaign),
    ...languagesOf(asked.lang, campaign),
    note: asked.note,
    actions: asked.actions,
  };
  await enterOffline(store, entry, { time_zone, now });
  const whom = legislator && `${legislator.current_role.title} ${legislator.name}`;
  const allow_sample = !opened.settings.is_production;
  const roster = await rosterAtHand(opened.settings, campaign.state, { allow_sample, now });
  const told = said(entry, campaign, whom, await readCompleted(store, campaign, false));
  return `${told}${roster?.is_sample ? REAL_ENTRY : ''}`;
}

function said(
  entry: OfflineEntry,
  { slug, partners }: Campaign,
  whom: string | undefined,
  total: number,
): string {
  const number = numberFormat('en');
  const what = entry.type === 'phone' ? 'call' : 'e-mail';
  const outcome = OUTCOME_WORDS[entry.status_code as keyof typeof OUTCOME_WORDS];
  const isCompleted = COMPLETED.includes(entry.status_code);
  const partner = partners.find(({ code }) => code === entry.partner)?.name ?? 'no partner';
  return `Entered as ${entry.id}: ${number.format(entry.actions)} ${what}${entry.actions === 1 ? '' : 's'} on ${dayInWords(entry.day, 'en')}, ${outcome}${isCompleted ? '' : ' (shown, and not counted as completed)'}.
  legislator  ${whom ?? 'not said'}
  partner     ${partner}
  language    ${entry.page_language || entry.message_language || 'not said'}
  note        ${entry.note}
${slug} now has ${number.format(total)} completed action${total === 1 ? '' : 's'}.
To take this out again: npm run report -- exclude ${slug} --entry ${entry.id} --reason "Entered twice"
`;
}
