import type { PositionName } from '../bills/position.ts';
import type { OrgClassification } from '../legislators/legislator.ts';
import type { Campaign } from './campaign.ts';
import type { LocalText } from './local-text.ts';
import type { MessageWords } from './messages.ts';
import type { Target } from './targets.ts';
import { namesOthers, type Producible } from './wordings.ts';

/** All of a legislator and of the supporter that decides whether a text says anything. */
export interface WordingCase {
  position: PositionName | undefined;
  chamber: OrgClassification;
  /** Whether they sit on the committee that has the bill. */
  on_committee: boolean;
  is_constituent: boolean;
  /** Whether the campaign names them for everybody. */
  is_named: boolean;
  /** Whether what the source often lacks of a legislator is not there: first and last name, party. */
  is_bare: boolean;
}

const EITHER = [false, true] as const;
/** The bill that is spoken of goes by the chamber; where there is one chamber, both lead to the first bill. */
const CHAMBERS = ['upper', 'lower'] as const;

/** Every case in which one who is this to the campaign gets a text. */
export function casesOf(campaign: Campaign, { position, stance }: Producible): WordingCase[] {
  const supporters = [
    ...(campaign.targets.stances.includes(stance) ? [{ is_constituent: true, is_named: false }] : []),
    ...(namesOthers(campaign) ? EITHER.map((is_constituent) => ({ is_constituent, is_named: true })) : []),
  ];
  return supporters.flatMap((supporter) =>
    CHAMBERS.flatMap((chamber) =>
      EITHER.flatMap((on_committee) =>
        EITHER.map((is_bare) => ({ position, chamber, on_committee, is_bare, ...supporter })),
      ),
    ),
  );
}

/** Words that stand for all others where only it counts whether a text is empty. */
export const STAND_IN_WORDS: MessageWords = {
  supporter: { name: 'x', street: 'x', city: 'x', zip: 'x' },
  state_name: 'x',
  chamberName: () => 'x',
  titleOf: () => 'x',
  positionLabel: () => 'x',
  dayInWords: () => 'x',
  the_bill: 'x',
};
const ANY_REASON: LocalText = { en: 'x' };

/** A target who stands for all of one case. */
export function standIn(
  campaign: Campaign,
  { stance, ...one }: WordingCase & Pick<Producible, 'stance'>,
): Target {
  const { position: name, chamber: org_classification, on_committee, is_constituent, is_named } = one;
  const seat = { division_id: 'x', org_classification, district: 'x' };
  const position = name && {
    person_id: 'x',
    position: name,
    session: campaign.bills[0]!.session,
    date: '2026-01-01',
    source: 'x',
    by: 'campaign' as const,
    is_current: false,
  };
  return {
    district: { ...seat, state: campaign.state, name: 'x', seats: 1 },
    legislator: {
      id: 'x',
      name: 'x',
      ...(one.is_bare ? { party: '' } : { party: 'x', given_name: 'x', family_name: 'x' }),
      current_role: { ...seat, title: 'x' },
      offices: [],
      links: [],
    },
    position,
    positions: position ? [position] : [],
    stance,
    is_constituent,
    committee: on_committee ? 'x' : '',
    reason: is_named ? ANY_REASON : undefined,
    is_fallback: false,
  };
}
