import type { FileFault } from '../errors.ts';
import { faultAt } from './template-syntax.ts';

/** Stands, mostly within a comment, where an organizer has something to write: it is shown to nobody, and warned of. */
export const TO_WRITE = 'WRITE HERE';

/** Every place of a file, text or campaign.yaml, where something is still to be written. */
export function placesToWrite(file: string, source: string): FileFault[] {
  return [...source.matchAll(new RegExp(`${TO_WRITE}:?[^\\S\\n]*([^\\n]*)`, 'g'))].map((match) => {
    const [, rest = ''] = match;
    // The first sentence of the note tells what; its last sign may be that of the comment.
    const [what = ''] = /^.*?[.?](?=\s|$)/.exec(rest) ?? [rest.replace(/\s*(?:--)?(?:\}\}|>)\s*$/, '')];
    const message = `Here something is still to be written${what.trim() === '' ? '.' : `: ${what.trim()}`} Write it, and take this note out.`;
    return { file, ...faultAt(source, match.index, message) };
  });
}
