import { createRequire } from 'node:module';
import type * as PhoneNumbers from 'libphonenumber-js/min';
import { whenNeeded } from '../when-needed.ts';

/** A telephone number to read and to dial. */
export interface Telephone {
  /** '850-487-5005 ext. 12', as American offices write it. */
  display: string;
  /** 'tel:+18504875005;ext=12' (RFC 3966). */
  href: string;
}

const require = createRequire(import.meta.url);
const phoneNumbers = whenNeeded(() => require('libphonenumber-js/min') as typeof PhoneNumbers);

/** Area code and exchange begin with 2 to 9 (North American Numbering Plan): '000-000-0000' stands for no number. */
const NORTH_AMERICAN = /^[2-9]\d\d[2-9]\d{6}$/;

/**
 * Makes a number that can be dialled from what a source writes ('1-850-487-5005 ext. 12'); undefined where that is not
 * one possible number. Possible is enough: a directory of valid ranges would refuse 555-01xx, and ages.
 */
export function telephone(voice: string): Telephone | undefined {
  const number = phoneNumbers().parsePhoneNumberFromString(voice, 'US');
  if (!number?.isPossible()) return undefined;
  const { nationalNumber: national, ext } = number;
  const isAmerican = number.countryCallingCode === '1';
  if (isAmerican && !NORTH_AMERICAN.test(national)) return undefined;
  const display = isAmerican
    ? `${national.slice(0, 3)}-${national.slice(3, 6)}-${national.slice(6)}`
    : number.format('INTERNATIONAL', { formatExtension: (formatted) => formatted });
  return { display: ext ? `${display} ext. ${ext}` : display, href: number.getURI() };
}
