import type { Letters } from './letter.ts';

/** For a site that sends no letters: none is offered, and none is there. */
export const NO_LETTERS: Letters = {
  modeOf: () => undefined,
  expected: async () => new Map(),
  handIn: async () => ({ outcome: 'not_sent', why: 'no_address' }),
  see: async () => undefined,
  confirm: async () => 'gone',
  withdraw: async () => 'gone',
  disown: async () => 'gone',
  noteAnswer: async () => 'noted_before',
};
