import type { Legislator, Office } from '../legislators/legislator.ts';
import { telephone } from '../legislators/phone-numbers.ts';
import type { CampaignPage } from './page.ts';

/** Every office of a legislator, with what it is called and its number. */
export function officesOf(page: CampaignPage, { offices }: Legislator) {
  return offices.map((office) => ({
    ...office,
    label: officeLabel(page, office),
    number: numberOf(office.voice),
  }));
}

/** Whether any way to reach a legislator is known: a number, an e-mail address or a page. */
export function canBeReached({ offices, email, links }: Legislator): boolean {
  return offices.some(({ voice }) => voice) || Boolean(email) || links.length > 0;
}

/** One page of each site about a legislator: sources name several that hardly differ, some of past terms. */
export function sitesOf({ links }: Legislator): { url: string; label: string }[] {
  const sites = Map.groupBy(links, ({ url }) => new URL(url).hostname.replace(/^www\./, ''));
  return [...sites].map(([label, [first]]) => ({ url: first!.url, label }));
}

/**
 * The numbers of a legislator: `calls` to be offered as buttons, the Capitol's first and the first district office's beside
 * it, or the only one there is; and the `others`. `calls` is empty where no number is known.
 */
export function numbersOf(page: CampaignPage, legislator: Legislator) {
  const offices = legislator.offices.toSorted((a, b) => rankOf(a) - rankOf(b));
  const numbers = offices.flatMap((office) => {
    const number = numberOf(office.voice);
    return number ? [{ office, label: officeLabel(page, toCall(office)), number }] : [];
  });
  const main = numbers.find(({ number }) => number.href) ?? numbers[0];
  const beside =
    main && isCapitol(main.office) ? numbers.find(isDistrictBeside(main.number.href)) : undefined;
  const calls = [main, beside].filter((one) => one !== undefined);
  return { calls, others: numbers.filter((one) => !calls.includes(one)) };
}

/** An office as one calls it: that its mail goes elsewhere is of no concern then. */
function toCall(office: Office): Office {
  return { ...office, classification: office.classification.replace(/-mail$/, '') };
}

/** Sources give some district offices the Capitol's number, which is no second way. */
function isDistrictBeside(capitol: string | undefined) {
  return ({ office, number }: { office: Office; number: OfficeNumber }) =>
    office.classification.startsWith('district') && number.href !== undefined && number.href !== capitol;
}

/** The office itself before where its mail goes, and one at home after all others. */
const IN_ORDER = ['capitol', 'capitol-mail', 'district', 'district-mail'];

function rankOf({ classification }: Office): number {
  const rank = IN_ORDER.indexOf(classification);
  return rank < 0 ? IN_ORDER.length : rank;
}

function isCapitol(office: Office): boolean {
  return office.classification.startsWith('capitol');
}

/** A number as shown, with its link; a number that can't be read is shown as the source writes it, without one. */
interface OfficeNumber {
  display: string;
  href?: string;
}

function numberOf(voice: string | undefined): OfficeNumber | undefined {
  return voice ? (telephone(voice) ?? { display: voice }) : undefined;
}

function officeLabel(page: CampaignPage, office: Office): string {
  const known = ['capitol', 'district', 'capitol-mail', 'district-mail'].includes(office.classification);
  // Sources call most offices alike: that is said in the page's own language.
  const is_particular = office.name && !/^(capitol|district) office$/i.test(office.name);
  return is_particular ? office.name! : page.t(`act.office.${known ? office.classification : 'other'}`);
}
