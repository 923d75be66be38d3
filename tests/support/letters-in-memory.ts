import type {
  Expected,
  HandedIn,
  HandInOutcome,
  Letters,
  MailMode,
  NotSent,
} from '../../server/mail/letter.ts';

/** Letters that are only noted, for pages that hand them in: what they say is set by the test. */
export interface NotedLetters {
  letters: Letters;
  handed_in: HandedIn[];
  /** How often it was asked when letters would go. */
  asked: number;
  mode: MailMode | undefined;
  outcome: HandInOutcome;
  expected: () => Expected | NotSent;
}

/** Letters that go at once as far as anyone can tell. */
export function noteLetters(goes_at: Date): NotedLetters {
  const noted: NotedLetters = {
    handed_in: [],
    asked: 0,
    mode: 'live',
    outcome: { outcome: 'taken' },
    expected: () => ({ goes_at, is_in_time: true }),
    letters: {
      see: async () => undefined,
      confirm: async () => 'gone',
      withdraw: async () => 'gone',
      disown: async () => 'gone',
      noteAnswer: async () => 'noted_before',
      modeOf: ({ email }) => (email.send ? noted.mode : undefined),
      expected: async (_, targets) => {
        noted.asked += 1;
        return new Map(targets.map(({ legislator_id }) => [legislator_id, noted.expected()]));
      },
      handIn: async (letter) => {
        noted.handed_in.push(letter);
        return noted.outcome;
      },
    },
  };
  return noted;
}
