import { z } from 'zod';
import type { Legislator, Office, OrgClassification } from './legislator.ts';

/** A legislator as a people source tells of him or her, before the district's boundary is found. */
export interface Member extends Omit<Legislator, 'current_role'> {
  org_classification: OrgClassification;
  /** As the source spells it. */
  district: string;
  /** Since when he or she holds the seat, where the source tells. */
  start_date?: string | undefined;
}

/** What a people source held. */
export interface People {
  /** 'OpenStates people files' or 'OpenStates bulk CSV'. */
  source: string;
  members: Member[];
  /** What was left out or corrected and why, a sentence each, for whoever imports. */
  notes: string[];
  /** ISO date of the newest entry, where the source tells. */
  newest?: string | undefined;
}

/** What is being imported, by which a source tells its own from others. */
export interface PeopleRequest {
  state: string;
  jurisdiction_id: string;
  /** ISO date on which the members are to be in office. */
  as_of: string;
}

/** Above this share of people or seats that can't be used, a source is not what it is taken for. */
export const TOLERATED_SHARE = 0.05;

/** Where in a source something was corrected, counted so that it can be told in one sentence. */
export interface Corrections {
  malformed_emails: string[];
  bad_links: number;
}

const emailSchema = z.email();

/** The e-mail address, or undefined where there is none that mail could reach; a malformed one is noted with its owner. */
export function usableEmail(email: string | undefined, name: string, noted: Corrections): string | undefined {
  const address = email?.trim();
  if (!address) return undefined;
  if (emailSchema.safeParse(address).success) return address;
  noted.malformed_emails.push(name);
  return undefined;
}

/** An address of a web page, as it is kept: what an import lets in, a start must be able to read. */
export const webAddress = z.url({ protocol: /^https?$/ });

/** The links that lead to web pages: a link of another kind on a page of ours could run as a script. */
export function usableLinks<Link extends { url: string }>(links: Link[], noted: Corrections): Link[] {
  const usable = links.filter(({ url }) => webAddress.safeParse(url).success);
  noted.bad_links += links.length - usable.length;
  return usable;
}

/** The office without its empty fields; undefined where nothing but the classification is left. */
export function usableOffice(office: Office): Office | undefined {
  const filled = Object.entries(office).flatMap(([key, value]: [string, string | undefined]) => {
    const text = value?.trim();
    return text ? [[key, text] as const] : [];
  });
  return filled.length > 1 ? (Object.fromEntries(filled) as unknown as Office) : undefined;
}

/** The corrections in words. */
export function correctionNotes({ malformed_emails, bad_links }: Corrections): string[] {
  const notes: string[] = [];
  if (malformed_emails.length > 0) {
    const count = `${malformed_emails.length} malformed e-mail address${malformed_emails.length > 1 ? 'es' : ''}`;
    notes.push(`${count} left out, of: ${malformed_emails.join(', ')}.`);
  }
  if (bad_links > 0) notes.push(`${bad_links} link${bad_links > 1 ? 's' : ''} left out: not web addresses.`);
  return notes;
}
