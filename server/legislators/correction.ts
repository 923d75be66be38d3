import type { z } from 'zod';
import { CORRECTION_KINDS, type CorrectionKind, type correctionSchema } from './correction-schema.ts';

/** What someone here knows better than the source, until that has caught up: one entry of legislators.overrides.yaml. */
export interface Correction extends z.infer<typeof correctionSchema> {
  /** Where it is written; line and column count from 1. */
  place: { file: string; line: number; column: number };
}

/** What has become of a correction on a day, beside a roster as its source has it. */
export type CorrectionState =
  /** It is in force. */
  | 'applied'
  /** Its day has not come yet. */
  | 'to_come'
  /** The source says the same by now: it does nothing, and can be taken out. */
  | 'caught_up'
  /** Another correction has taken its place: it does nothing, and can be taken out. */
  | 'superseded'
  /** The person, the number or the seat is not there: it does nothing. */
  | 'no_fit'
  /** Made-up legislators are not corrected. */
  | 'on_sample';

/** A correction and what has become of it. */
export interface CorrectionOutcome {
  correction: Correction;
  state: CorrectionState;
  /** What it does, or why it does nothing and what helps: a sentence for whoever wrote it. It names legislators. */
  message: string;
  /** OpenStates id of whom it is about; undefined for a new member in a district that is not known. */
  legislator_id: string | undefined;
  /** The district whose seat it empties or fills, where it is in force. */
  division_id?: string;
}

/** Which kind of correction an entry is. */
export function kindOf(correction: Correction): CorrectionKind {
  return CORRECTION_KINDS.find((kind) => correction[kind] !== undefined)!;
}
