// The flags of npm run campaign -- new: what of a campaign is said on the command line.
import { calendarDay } from '../server/calendar.ts';
import type { Campaign, Partner } from '../server/campaigns/campaign.ts';
import { EVERY_CHAMBER } from '../server/campaigns/field-values.ts';
import type { LocalText } from '../server/campaigns/local-text.ts';
import type { OrgClassification } from '../server/legislators/legislator.ts';
import type { StateFacts } from '../server/legislators/states.ts';
import {
  type Answer,
  readBills,
  readDay,
  readGoal,
  readLanguages,
  readLastDay,
  readLocal,
  readOneOf,
  readPartner,
  readSession,
  readSlug,
  readState,
  type TypedBill,
} from './new-answers.ts';

const many = { type: 'string', multiple: true } as const;
const one = { type: 'string' } as const;
/** The flags, as Node's `parseArgs` takes them. */
export const NEW_OPTIONS = {
  state: one,
  bill: many,
  session: one,
  chamber: one,
  ask: one,
  title: many,
  summary: many,
  languages: one,
  'message-languages': one,
  goal: one,
  starts: one,
  ends: one,
  partner: many,
} as const;

/** The flags as they were typed. */
export type NewFlags = { [Name in keyof typeof NEW_OPTIONS]?: string | string[] | undefined };

/** What is known of a new campaign so far. */
export interface Given {
  slug?: string;
  state?: StateFacts;
  /** Empty where none was named. */
  bills: TypedBill[];
  /** Of the bills that do not say it themselves. */
  session?: string;
  chamber?: OrgClassification;
  ask?: Campaign['ask'];
  title: LocalText;
  summary: LocalText;
  languages?: string[];
  message_languages?: string[];
  goal?: number;
  starts?: string;
  ends?: string;
  partners: Partner[];
}

/** What is asked of a bill. */
export const ASKS = ['support', 'oppose'] as const;

/** Reads a slug and flags; `wrong` has a sentence for each that can't be read. */
export function readFlags(
  slug: string | undefined,
  flags: NewFlags,
  { campaigns_dir, now }: { campaigns_dir: string; now: () => Date },
): { given: Given; wrong: string[] } {
  const wrong: string[] = [];
  const take = <Value>(answer: Answer<Value>): Value | undefined => {
    if ('value' in answer) return answer.value;
    wrong.push(answer.fault);
    return undefined;
  };
  const read = <Value>(name: keyof NewFlags, reader: (typed: string) => Answer<Value>): Value[] =>
    [flags[name] ?? []].flat().flatMap((typed) => take(reader(typed.trim())) ?? []);
  const readTogether = (name: keyof NewFlags) =>
    [flags[name] ?? []].flat().flatMap((typed) => take(readLanguages(typed)) ?? []);

  const languages = readTogether('languages');
  const message_languages = readTogether('message-languages');
  const first = languages[0] ?? 'en';
  const local = (name: 'title' | 'summary'): LocalText =>
    Object.fromEntries(
      read(name, (typed) => readLocal(typed, first)).map(({ language, text }) => [language, text]),
    );
  const [starts] = read('starts', (typed) => readDay(typed));
  const state = read('state', readState)[0];
  // Without a state the day is that of the last clock to reach it.
  const today = calendarDay(now(), state?.time_zone ?? 'Pacific/Honolulu');
  const found = {
    slug: slug === undefined ? undefined : take(readSlug(slug, campaigns_dir)),
    state,
    session: read('session', readSession)[0],
    chamber: read('chamber', (typed) => readOneOf(EVERY_CHAMBER, typed, 'chamber'))[0],
    ask: read('ask', (typed) => readOneOf(ASKS, typed, 'ask'))[0],
    goal: read('goal', readGoal)[0],
    starts,
    ends: read('ends', (typed) => readLastDay(typed, { starts, today }))[0],
    ...(languages.length > 0 ? { languages } : {}),
    ...(message_languages.length > 0 ? { message_languages } : {}),
  };
  const bills = read('bill', readBills).flat();
  const [title, summary] = [local('title'), local('summary')];
  const partners = read('partner', readPartner);
  const codes = partners.map(({ code }) => code);
  const twin = codes.find((code, index) => codes.indexOf(code) !== index);
  if (twin !== undefined) wrong.push(`Two partners have the code '${twin}'. Give one of them another.`);
  const stray = Object.keys({ ...title, ...summary }).find(
    (language) => ![first, ...languages].includes(language),
  );
  if (stray !== undefined)
    wrong.push(
      `There is a text in '${stray}', which is none of the languages. Add it: --languages ${[first, ...languages.slice(1), stray].join(',')}.`,
    );
  return { given: { ...defined(found), bills, title, summary, partners }, wrong };
}

function defined<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: NonNullable<Fields[Name]>;
  };
}

/** A sentence for each thing that a campaign can't be made without and that nobody has said. */
export function whatIsMissing({ slug, state, bills, session, ask }: Given): string[] {
  return [
    ...(slug === undefined
      ? ['Say the name of the campaign, which becomes its address: new clean-water.']
      : []),
    ...(state ? [] : ['Say the state: --state fl.']),
    ...(bills.length > 0 ? [] : ['Say the bill: --bill "SB 316". Say it again for each further one.']),
    ...(session !== undefined || (bills.length > 0 && bills.every((bill) => bill.session !== undefined))
      ? []
      : ['Say the session: --session 2026. Where bills are of several: --bill "SB 316@2026".']),
    ...(ask === undefined ? ['Say what you ask for: --ask support, or --ask oppose.'] : []),
  ];
}
