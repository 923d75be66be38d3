import type { OrgClassification } from './legislator.ts';
import { STATE_TABLE } from './state-table.ts';

/** What is the same about a state whoever holds its seats. */
export interface StateFacts {
  /** Postal code, lower case: 'fl'. */
  state: string;
  /** Two digits, as the Census Bureau numbers the states: '12'. */
  fips: string;
  name: string;
  /** IANA time zone of the capital: the state's days are counted in it. */
  time_zone: string;
  /** True where clocks within the state differ: a time of day is then told with its zone. */
  has_several_time_zones: boolean;
  /** ocd-jurisdiction/country:us/state:fl/government */
  jurisdiction_id: string;
  /** ocd-division/country:us/state:fl */
  division_id: string;
  /** The chambers of its legislature: the upper before the lower, or the only one. */
  chambers: OrgClassification[];
  /** When its legislature, or the chamber with the shorter terms, is elected: so many years apart, in this year among others. */
  elections: { every: 2 | 4; in: number };
}

/** Where one chamber's own page says who represents an address. */
export interface ChamberFinder {
  /** 'Senate'. */
  chamber_name: string;
  url: string;
  /** True where it is the federal government's list of officials, for want of a page of the chamber's own. */
  is_general: boolean;
}

/** One-chamber legislatures, and what they are called. */
const UNICAMERAL: Record<string, string> = { ne: 'Legislature', dc: 'Council' };

/** Lower chambers that are not called House. */
const LOWER_CHAMBERS: Record<string, string> = {
  ca: 'Assembly',
  nj: 'Assembly',
  nv: 'Assembly',
  ny: 'Assembly',
  wi: 'Assembly',
  md: 'House of Delegates',
  va: 'House of Delegates',
  wv: 'House of Delegates',
};

/**
 * States that do not elect (a part of) their legislature in each even year. Source: their constitutions (NJ art. IV, sec. I;
 * VA art. IV, 3; LA art. III, 4 and 5; MS sec. 34 to 37; AL art. IV, 46; MD art. III, 6; PR art. III, 8).
 */
const ELECTIONS: Record<string, StateFacts['elections']> = {
  nj: { every: 2, in: 2025 },
  va: { every: 2, in: 2025 },
  la: { every: 4, in: 2023 },
  ms: { every: 4, in: 2023 },
  al: { every: 4, in: 2022 },
  md: { every: 4, in: 2022 },
  pr: { every: 4, in: 2024 },
};

/**
 * States that lie in two time zones (49 CFR part 71), and Arizona, where the Navajo Nation changes its clocks and the rest
 * does not (15 U.S.C. § 260a leaves that to the state).
 */
const SEVERAL_TIME_ZONES = new Set('ak az fl id in ks ky mi nd ne nv or sd tn tx'.split(' '));

/** A chamber's own page, by state and chamber. Other states get the federal government's list of officials. */
const CHAMBER_FINDERS: Record<string, Partial<Record<OrgClassification, string>>> = {
  fl: {
    upper: 'https://www.flsenate.gov/Senators/Find',
    lower: 'https://www.flhouse.gov/FindYourRepresentative',
  },
  nh: { lower: 'https://gc.nh.gov/house/members/' },
};
const ANY_FINDER = 'https://www.usa.gov/elected-officials';

/** What an OCD id calls the place: DC is a district, Puerto Rico a territory. */
const PLACE_TYPES: Record<string, string> = { dc: 'district', pr: 'territory' };

const ALL = new Map<string, StateFacts>(
  STATE_TABLE.map(([state, fips, name, time_zone]) => {
    const place = `country:us/${PLACE_TYPES[state] ?? 'state'}:${state}`;
    const facts: StateFacts = {
      state,
      fips,
      name,
      time_zone,
      has_several_time_zones: SEVERAL_TIME_ZONES.has(state),
      jurisdiction_id: `ocd-jurisdiction/${place}/government`,
      division_id: `ocd-division/${place}`,
      chambers: state in UNICAMERAL ? ['legislature'] : ['upper', 'lower'],
      elections: ELECTIONS[state] ?? { every: 2, in: 2026 },
    };
    return [state, facts];
  }),
);

/** Every state of the table. */
export const STATES: readonly StateFacts[] = [...ALL.values()];

/** The facts of a state by its postal code, in either case; undefined where there is none by that code. */
export function findState(state: string): StateFacts | undefined {
  return ALL.get(state.toLowerCase());
}

/** The facts of a state known to exist, by its postal code. Throws where it does not: that is a bug of the caller. */
export function stateFacts(state: string): StateFacts {
  const facts = findState(state);
  if (!facts) throw new Error(`'${state}' is not the postal code of a state`);
  return facts;
}

/** The zone whose days a division's campaigns are counted by, that of its state; UTC of a division of no state. */
export function zoneOfDivision(division_id: string): string {
  return stateOf(division_id)?.time_zone ?? 'UTC';
}

/** The postal code of the state that a division is or is in; undefined where it is in none. */
export function stateOfDivision(division_id: string): string | undefined {
  return stateOf(division_id)?.state;
}

function stateOf(division_id: string): StateFacts | undefined {
  return STATES.find((one) => `${division_id}/`.startsWith(`${one.division_id}/`));
}

/** What a chamber is called in its state, in short: 'Senate', 'House', 'Assembly', 'House of Delegates', 'Council'. */
export function chamberName(state: string, chamber: OrgClassification): string {
  if (chamber === 'upper') return 'Senate';
  if (chamber === 'lower') return LOWER_CHAMBERS[state] ?? 'House';
  return UNICAMERAL[state] ?? 'Legislature';
}

/** The page where the chamber itself (or, failing that, the federal government) says who represents whom. */
export function chamberFinder(state: string, chamber: OrgClassification): ChamberFinder {
  return {
    chamber_name: chamberName(state, chamber),
    url: CHAMBER_FINDERS[state]?.[chamber] ?? ANY_FINDER,
    is_general: CHAMBER_FINDERS[state]?.[chamber] === undefined,
  };
}

/** The facts of a state by its postal code or its name, however these are typed: 'fl', 'FL', 'Florida', 'Washington, D.C.'. */
export function stateCalled(typed: string): StateFacts | undefined {
  const bare = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
  const name = bare(typed);
  if (/^(washington)?dc$/.test(name)) return findState('dc');
  return findState(name) ?? STATES.find((facts) => bare(facts.name) === name);
}
