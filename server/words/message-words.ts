import type { MessageWords } from '../campaigns/messages.ts';
import type { StandInWords } from '../campaigns/wording-examples.ts';
import { dayIn } from './dates.ts';
import type { Translate } from './locale.ts';
import { chamberIn, stateIn, titleIn } from './names.ts';

/** What a language calls that of which a message to a legislator of this state speaks. */
export function messageWords(t: Translate, state: string): MessageWords {
  return {
    supporter: placeholdersIn(t),
    state_name: stateIn(t, state),
    chamberName: (chamber) => chamberIn(t, state, chamber),
    titleOf: (legislator) => titleIn(t, legislator),
    positionLabel: (position, is_current) => {
      const past = t(`message.position.${position}`);
      return is_current ? t(`message.position_now.${position}`, { defaultValue: past }) : past;
    },
    the_bill: t('message.the_bill'),
    dayInWords: (iso) => dayIn(t, iso),
  };
}

/** The words in brackets that stand for what the supporter has not typed yet. */
export function placeholdersIn(t: Translate): MessageWords['supporter'] {
  return {
    name: t('message.placeholders.name'),
    street: t('message.placeholders.street'),
    city: t('message.placeholders.city'),
    zip: t('message.placeholders.zip'),
  };
}

/** Words in brackets that stand for what is known of a real legislator, `title` for the title as OpenStates has it. */
export function standInWords(t: Translate, title: string): StandInWords {
  const word = (name: string) => t(`preview.stand_in.${name}`);
  return {
    name: word('name'),
    given_name: word('given_name'),
    family_name: word('family_name'),
    party: word('party'),
    district: word('district'),
    title,
    committee: word('committee'),
    reason: word('reason'),
  };
}
