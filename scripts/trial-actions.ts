// What is told of trial actions, those of sample pages, to whoever tries things out.

/** What the totals of trial actions lack. */
export const TRIAL_TOTALS =
  'Codes in links that no partner has, marked blocks, corrections and figures for the press are of real actions alone: trial actions, made on sample pages, have none of these.\n';

/** Why trial actions are in no list of corrections. */
export const TRIAL_CORRECTIONS =
  'These lists are of real actions alone. The trial actions of this campaign, made on sample pages, are in none of them, and need no correction: they never count.\n';

/** That an entry counts, where pages show trial numbers. */
export const REAL_ENTRY =
  'This is a real entry, and counts. You do not see it on pages here: with made-up legislators they show trial numbers.\n';
