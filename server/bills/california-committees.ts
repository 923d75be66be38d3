/**
 * What California's clerks write for committees of either chamber, without points and blanks. Only those that mean one
 * committee beyond doubt; of the others the members stay unknown, and all of the chamber are asked.
 */
const SPELLED_OUT: Readonly<Record<string, string>> = {
  AGRI: 'Agriculture',
  APPR: 'Appropriations',
  'B&F': 'Banking and Finance',
  'B&FR': 'Budget and Fiscal Review',
  'B&P': 'Business and Professions',
  'BP&ED': 'Business, Professions and Economic Development',
  ED: 'Education',
  EQ: 'Environmental Quality',
  'EU&C': 'Energy, Utilities and Communications',
  GO: 'Governmental Organization',
  'H&CD': 'Housing and Community Development',
  HIGHERED: 'Higher Education',
  HUMANS: 'Human Services',
  HUMS: 'Human Services',
  INS: 'Insurance',
  JUD: 'Judiciary',
  'L&E': 'Labor and Employment',
  LGOV: 'Local Government',
  'LPE&R': 'Labor, Public Employment and Retirement',
  'M&VA': 'Military and Veterans Affairs',
  NATRES: 'Natural Resources',
  'NR&W': 'Natural Resources and Water',
  'P&CP': 'Privacy and Consumer Protection',
  PUBS: 'Public Safety',
  RLS: 'Rules',
  TRANS: 'Transportation',
  'U&E': 'Utilities and Energy',
  'WP&W': 'Water, Parks, and Wildlife',
};

/**
 * The name of a committee as a reader knows it: 'Committee on PUB. S' is 'Committee on Public Safety'. Of two to which a bill
 * goes in turn ('Coms. on PUB. S. and APPR.') the first, which has it first. Every other name comes back as it is.
 */
export function spelledOut(name: string): string {
  const [, list] = /^coms\.? on (.+)$/i.exec(name) ?? [];
  if (list) return `Committee on ${lookUp(list.split(/ and /)[0]!) ?? list}`;
  const rest = /^committee on (.+)$/i.exec(name)?.[1];
  const long = rest && lookUp(rest);
  if (long) return `Committee on ${long}`;
  // Of the suspense file it is written alone. Other legislatures cut names short in other ways.
  return name === 'APPR' ? 'Appropriations' : name;
}

function lookUp(short: string): string | undefined {
  const bare = short.replaceAll(/[.,\s]/g, '');
  return Object.hasOwn(SPELLED_OUT, bare) ? SPELLED_OUT[bare] : undefined;
}
