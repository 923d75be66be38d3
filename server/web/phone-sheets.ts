import { messagesFor } from '../campaigns/messages.ts';
import type { Target } from '../campaigns/targets.ts';
import type { Representation } from '../legislators/legislator.ts';
import type { PhoneBank, PhoneSheet, SheetWords } from '../print/phone-sheet.ts';
import { chamberIn, districtIn, nameIn, partyIn } from '../words/names.ts';
import { scriptOf } from './call-script.ts';
import { correctionsOf, latestOf } from './corrections.ts';
import { usualHoursInWords } from './hours-in-words.ts';
import { messageLanguageOf, wordsOf } from './message-words.ts';
import { notAskedCards } from './not-asked.ts';
import { numbersOf } from './office-contacts.ts';
import { type CampaignPage, sayOn } from './page.ts';
import { positionsInWords } from './position-words.ts';
import { datedBy } from './roster-date.ts';
import { targetingIn } from './targeting.ts';

/** The sheets of all whom a campaign asks callers from these districts to call, and who is not to be called. */
export function phoneBankOf(page: CampaignPage, representations: Representation[]): PhoneBank {
  const { t, campaign, visit } = page;
  const { targets, untargeted } = targetingIn(page, representations);
  return {
    language: visit.page_language,
    title: sayOn(page, campaign.title),
    heading: t('phone_bank.title'),
    words: sheetWords(page),
    sheets: targets.map((target) => sheetOf(page, target)),
    vacant: representations.flatMap((one) => vacantIn(page, one)),
    not_asked: notAskedCards(page, untargeted, []).map(({ who, why }) => ({ who, why })),
  };
}

function vacantIn({ t }: CampaignPage, { district, vacant_seats }: Representation): string[] {
  if (vacant_seats === 0) return [];
  const name = districtIn(t, district);
  const chamber = chamberIn(t, district.state, district.org_classification);
  const seat = name.includes(chamber) ? name : t('act.in_chamber', { name, chamber });
  return [`${seat}: ${t('districts.vacant', { count: vacant_seats })}`];
}

function sheetOf(page: CampaignPage, target: Target): PhoneSheet {
  const { t, campaign, visit } = page;
  const { legislator, district } = target;
  const { phone, voicemail } = messagesFor(campaign, {
    target,
    language: messageLanguageOf(page),
    page_language: visit.page_language,
    wordsIn: (language) => wordsOf(page, language),
    // Not by chance: the same sheet, printed again, says the same.
    pickVariant: ([first]) => first!,
  });
  const { calls, others } = numbersOf(page, legislator);
  const added = latestOf(correctionsOf(page, legislator.id), 'new_member');
  const { as_of } = datedBy(page, district.org_classification, added);
  return {
    legislator_id: legislator.id,
    division_id: district.division_id,
    who: nameIn(t, legislator),
    about: [partyIn(t, legislator.party), districtIn(t, district)].filter(Boolean).join(' · '),
    numbers: [...calls, ...others].map(({ label, number }) => ({ label, number: number.display })),
    positions: positionsInWords(page, target).map(({ label }) => label),
    callers: callersOf(page, target),
    as_of: t('act.as_of', { date: as_of }),
    script: scriptOf(phone),
    machine: scriptOf(voicemail),
  };
}

/** For whom a sheet is: most legislators are called by those who live in the district, some by everybody. */
function callersOf(page: CampaignPage, { legislator, reason, is_constituent, is_fallback }: Target): string {
  if (!reason) return page.t('phone_bank.constituents');
  const key = is_fallback ? 'act.asked_instead' : 'act.asked_because';
  const asked = page.t(key, { who: nameIn(page.t, legislator), reason: sayOn(page, reason) });
  return is_constituent ? `${page.t('phone_bank.constituents')} ${asked}` : asked;
}

function sheetWords(page: CampaignPage): SheetWords {
  const { t, is_sample, is_preview } = page;
  const outcomes = (['contact', 'voicemail', 'unavailable'] as const).map((status) =>
    t(`totals.status.${status}`),
  );
  return {
    sample: is_sample ? t('phone_bank.sample') : '',
    preview: is_preview ? t('phone_bank.preview') : '',
    hours: t('phone_bank.office_hours', { hours: usualHoursInWords(page) }),
    say: t('phone_bank.say'),
    machine: t('phone_bank.machine'),
    no_number: t('phone_bank.no_number'),
    did: t('phone_bank.did'),
    tally: t('phone_bank.tally'),
    outcomes: [...outcomes, t('phone_bank.wrong_number')],
    times: t('phone_bank.times', { returnObjects: true }) as unknown as string[],
    total: t('phone_bank.total'),
    notes: t('phone_bank.notes'),
    vacant: t('phone_bank.vacant'),
    not_asked: t('phone_bank.not_asked'),
    none: t('phone_bank.none'),
  };
}
