import { z } from 'zod';
import { ORG_CLASSIFICATIONS, type OrgClassification } from '../legislators/legislator.ts';
import { webAddress } from '../legislators/member.ts';

const dayPattern = z.iso.date();

/** The ISO date that a date or a time begins with; undefined where it is none: '', '2026', '2026-02-30'. */
export function dayOf(text: string | undefined): string | undefined {
  return dayPattern.safeParse(text?.trim().slice(0, 'YYYY-MM-DD'.length)).data;
}

/** Of a person whom OpenStates knows, the id; of others nothing. */
export function personId(person: { id?: string | undefined } | null | undefined): { person_id?: string } {
  return person?.id?.startsWith('ocd-person/') ? { person_id: person.id } : {};
}

/** The chamber that an organization is; undefined where it is a committee, the governor, or none. */
export function chamberOf(
  organization: { classification?: string | undefined } | null | undefined,
): OrgClassification | undefined {
  return ORG_CLASSIFICATIONS.find((one) => one === organization?.classification);
}

/** The first of these addresses that is a page on the web, as a bill's record takes one; undefined where none is. */
export function firstPage(urls: readonly (string | undefined)[]): string | undefined {
  return urls.map((url) => url?.trim()).find((url) => webAddress.safeParse(url).success);
}
