import type { OrgClassification } from '../legislators/legislator.ts';
import { chamberName, stateFacts } from '../legislators/states.ts';

/**
 * The chamber in which a bill was filed, as far as its identifier tells: 'SB 316' in the Senate, 'HB 419' in the House,
 * 'AB 7' where there is an Assembly. Puerto Rico names the chamber last: 'PS 12' is of the Senado, 'RC 3' of the Cámara.
 * Undefined where it does not tell, as Maine's 'LD 12' or New Hampshire's 'CACR 4'.
 */
export function chamberFiledIn(state: string, identifier: string): OrgClassification | undefined {
  const { chambers } = stateFacts(state);
  if (chambers.length === 1) return chambers[0];
  const letters = /^[^\d\s]*/
    .exec(identifier.trim())![0]
    .replace(/[^A-Za-z]/g, '')
    .toUpperCase();
  if (state === 'pr') {
    const last = /^[PR].*([SC])$/.exec(letters)?.[1];
    return last === undefined ? undefined : last === 'S' ? 'upper' : 'lower';
  }
  if (letters.startsWith('S')) return 'upper';
  if (letters.startsWith('H')) return 'lower';
  return letters.startsWith('A') && chamberName(state, 'lower') === 'Assembly' ? 'lower' : undefined;
}
