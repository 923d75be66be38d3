import type {
  AnswerNoted,
  Expected,
  Letter,
  LetterContent,
  Letters,
  NotSent,
} from '../../server/mail/letter.ts';
import { type LetterState, mayMove } from '../../server/mail/letter-states.ts';

/** A letter on its way to the made-up senator of district 5 in Florida. */
export function madeUpLetter(changes: Partial<Letter> = {}): Letter {
  return {
    id: 'letter-1',
    campaign_slug: 'visible-act',
    type: 'email',
    legislator_id: 'ocd-person/00000000-0000-0000-0000-000000000000',
    division_id: 'ocd-division/country:us/state:fl/sldu:5',
    partner: 'jira',
    page_language: 'en',
    message_language: 'en',
    variant: '',
    is_sample: true,
    mode: 'live',
    state: 'confirming',
    reason: '',
    held: [],
    handed_in_at: '2026-11-24T14:00:00.000Z',
    confirmed_at: '',
    changed_at: '2026-11-24T14:00:00.000Z',
    deliver_by: '',
    ...changes,
  };
}

/** What its writer handed over. */
export const CONTENT: LetterContent = {
  name: 'Ana Núñez',
  email: 'ana@example.org',
  street: '1 Example Street',
  city: 'Jacksonville',
  zip: '32202',
  subject: 'Please bring back the VISIBLE Act',
  text: 'Dear Senator,\n\nI live in your district.  Two blanks & <b>no tags</b>.\n\nAna Núñez',
};

/** Letters in memory, with what was asked of them. */
export interface MadeUpLetters extends Letters {
  put: (letter: Letter, content?: LetterContent) => void;
  stateOf: (id: string) => LetterState | undefined;
  /** Its writer has sent it themselves. */
  sendOneself: (id: string) => void;
  /** What is said of when letters go. */
  goes: Expected | NotSent | undefined;
  answers: AnswerNoted[];
  disowned: string[];
}

/** Letters in memory that move as the table of moves has it. */
export function madeUpLetters(): MadeUpLetters {
  const kept = new Map<string, { letter: Letter; content: LetterContent | undefined }>();
  const answers: AnswerNoted[] = [];
  const disowned: string[] = [];
  const sent = new Set<string>();
  const move = (id: string, to: 'confirmed' | 'withdrawn', reason: Letter['reason'] = '') => {
    const one = kept.get(id);
    if (!one) return 'gone';
    if (sent.has(id)) return 'sent_already';
    const { state, confirmed_at } = one.letter;
    if (state === to || (to === 'confirmed' && confirmed_at !== '')) return 'done_before';
    if (!mayMove(state, to)) return 'too_late';
    const content = to === 'confirmed' ? one.content : undefined;
    const moved = to === 'confirmed' ? { confirmed_at: one.letter.changed_at } : {};
    kept.set(id, { letter: { ...one.letter, ...moved, state: to, reason }, content });
    return 'moved';
  };
  const letters: MadeUpLetters = {
    modeOf: () => 'live',
    handIn: async () => ({ outcome: 'taken' }),
    goes: { goes_at: new Date('2026-11-24T15:10:00Z'), is_in_time: true },
    answers,
    disowned,
    put: (letter, content) => void kept.set(letter.id, { letter, content }),
    stateOf: (id) => kept.get(id)?.letter.state,
    sendOneself: (id) => void sent.add(id),
    expected: async (_campaign, targets) =>
      new Map(letters.goes ? targets.map(({ legislator_id }) => [legislator_id, letters.goes!]) : []),
    see: async (id) => {
      const seen = kept.get(id);
      return seen && { ...seen, sender: seen.content ? 'hash-of-address' : '' };
    },
    confirm: async (id) => move(id, 'confirmed'),
    withdraw: async (id) => move(id, 'withdrawn', 'by_supporter'),
    disown: async (id) => {
      const { state, reason } = kept.get(id)?.letter ?? {};
      const is_over = state !== undefined && state !== 'confirming' && state !== 'confirmed';
      const is_done = disowned.includes(id) || reason === 'not_me';
      // One that is over stays as it is; others with its address are taken back, and no more are taken.
      const if_over = is_done ? 'done_before' : 'moved';
      const outcome = is_over ? if_over : move(id, 'withdrawn', 'not_me');
      if (outcome === 'moved') disowned.push(id);
      return outcome;
    },
    noteAnswer: async (answer) => {
      if (answers.some(({ nonce }) => nonce === answer.nonce)) return 'noted_before';
      answers.push(answer);
      return 'noted';
    },
  };
  return letters;
}
