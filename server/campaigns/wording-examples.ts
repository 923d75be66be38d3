import { POSITIONS } from '../bills/position.ts';
import type { OrgClassification } from '../legislators/legislator.ts';
import { type Campaign, type MessageTemplate, STANCES, type Stance } from './campaign.ts';
import type { Target } from './targets.ts';
import { standIn } from './wording-cases.ts';
import { everyPosition, namesOthers, type Producible, textsMet } from './wordings.ts';

/** A position, a stance, or 'plain': what a file's name says of those for whom it is. */
export type Wording = MessageTemplate['wording'];

/** Somebody who stands for all who get one wording. */
export interface WordingExample {
  wording: Wording;
  /** What those are to the campaign who get it; empty where nobody does. */
  met_by: Producible[];
  /** What the one who stands for them is. */
  who: Producible;
}

/** The order in which wordings are looked at: the one for all others first. */
const WORDINGS: readonly Wording[] = ['plain', ...STANCES, ...POSITIONS];

/** An example of everyone for whom the campaign has words of their own, and of those for whom it has none: 'plain'. */
export function wordingExamples(campaign: Campaign): WordingExample[] {
  const met = textsMet(campaign);
  return WORDINGS.flatMap((wording): WordingExample[] => {
    const own = campaign.templates.filter((template) => template.wording === wording);
    if (own.length === 0) return [];
    const getting = new Set(
      own.flatMap((template) => met.get(template)?.map(({ position }) => position) ?? []),
    );
    const all = everyPosition(campaign.ask);
    const met_by = all.filter(({ position }) => getting.has(position));
    const meant = all.find(({ position, stance }) => position === wording || stance === wording);
    return [{ wording, met_by, who: met_by[0] ?? meant ?? all[0]! }];
  });
}

/** Words in brackets that stand for what is known of a real legislator. */
export interface StandInWords {
  name: string;
  given_name: string;
  family_name: string;
  party: string;
  district: string;
  /** How members of the chamber are addressed, as OpenStates writes it. */
  title: string;
  committee: string;
  reason: string;
}

/** A made-up target of this position and stance, all that is known of a real one in brackets. `today` is an ISO date. */
export function bracketTarget(
  campaign: Campaign,
  { position, stance }: { position: Producible['position']; stance: Stance },
  { chamber, words, today }: { chamber: OrgClassification; words: StandInWords; today: string },
): Target {
  const is_named = !campaign.targets.stances.includes(stance) && namesOthers(campaign);
  const target = standIn(campaign, {
    position,
    stance,
    chamber,
    on_committee: false,
    is_constituent: true,
    is_named,
    is_bare: false,
  });
  const { name, given_name, family_name, party, district, title } = words;
  const seat = { ...target.district, district };
  const current_role = { ...target.legislator.current_role, title, district };
  const known = target.position && { ...target.position, date: today };
  return {
    ...target,
    district: seat,
    legislator: { ...target.legislator, name, given_name, family_name, party, current_role },
    position: known,
    positions: known ? [known] : [],
    reason: is_named ? bracketReason(campaign, words) : undefined,
  };
}

function bracketReason({ message_languages }: Campaign, { reason }: StandInWords): Record<string, string> {
  return Object.fromEntries(message_languages.map((language) => [language, reason]));
}

/** One more form of a text: what it says where one thing is otherwise. */
export type OtherForm = 'elsewhere' | 'on_committee' | 'with_reason';

/** The same target where one thing is otherwise: what texts may ask by `{{#if}}`. Those that can't be are left out. */
export function otherForms(campaign: Campaign, target: Target, words: StandInWords): [OtherForm, Target][] {
  const forms: [OtherForm, Target][] = [];
  if (target.committee === '') forms.push(['on_committee', { ...target, committee: words.committee }]);
  if (!namesOthers(campaign)) return forms;
  if (target.is_constituent) forms.push(['elsewhere', { ...target, is_constituent: false }]);
  if (!target.reason) forms.push(['with_reason', { ...target, reason: bracketReason(campaign, words) }]);
  return forms;
}
