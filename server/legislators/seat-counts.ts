import { districtKey } from './district-names.ts';
import type { OrgClassification } from './legislator.ts';

/** How many members the districts of a chamber elect: most of them `seats`, and these others. */
interface ChamberSeats {
  seats: number;
  /** Districts by how many they elect: 'Belknap 2 8, Carroll 2' for Belknap 2, Belknap 8 and Carroll 2. */
  others?: Record<number, string>;
}

/**
 * Chambers with districts that elect more than one member. Source: OpenStates' metadata, as of August 2026, which counts as
 * the states' own laws do. Puerto Rico's seats at large hold those added for the minority (Constitution, article III, 7).
 */
const MULTI_MEMBER: Record<string, Partial<Record<OrgClassification, ChamberSeats>>> = {
  az: { lower: { seats: 2 } },
  dc: { legislature: { seats: 1, others: { 4: 'At-Large' } } },
  md: {
    lower: {
      seats: 3,
      others: {
        1: '1A 1B 1C 2B 7B 9B 11A 12B 27A 27B 27C 29A 29B 29C 30B 33A 33B 33C 34B 35B 37A 38A 38B 38C 42A 42B 42C 43B 44A 47B',
        2: '2A 7A 9A 11B 12A 30A 34A 35A 37B 43A 44B 47A',
      },
    },
  },
  nd: { lower: { seats: 2, others: { 1: '4A 4B' } } },
  nh: {
    lower: {
      seats: 1,
      others: {
        2: 'Belknap 2 8, Carroll 2 3 4 6 8, Cheshire 6 10 15 18, Coos 1 5, Grafton 5, Hillsborough 14 15 16 17 18 19 20 21 22 23 24 25 26 28 33 35 36 38 39 44, Merrimack 3 4 5 7 12 13 27, Rockingham 5 9 12 14 15 18 24 30 31, Strafford 1, Sullivan 8',
        3: 'Belknap 7, Carroll 1, Grafton 1 8, Hillsborough 3 4 5 6 7 8 9 10 11 30 32 34 41 42, Merrimack 8, Rockingham 1 2 4 10 20, Strafford 2 4 11 19 21, Sullivan 3 6',
        4: 'Belknap 5 6, Grafton 12, Hillsborough 1 29 40 43, Merrimack 9 10, Rockingham 11 17 29, Strafford 10 12',
        6: 'Hillsborough 13',
        7: 'Hillsborough 2, Rockingham 16',
        8: 'Hillsborough 12',
        9: 'Rockingham 25',
        10: 'Rockingham 13',
      },
    },
  },
  nj: { lower: { seats: 2 } },
  pr: {
    upper: { seats: 2, others: { 12: 'At-Large' } },
    lower: { seats: 1, others: { 13: 'At-Large' } },
  },
  sd: { lower: { seats: 2, others: { 1: '26A 26B 28A 28B' } } },
  vt: {
    upper: {
      seats: 1,
      others: {
        2: 'Addison, Bennington, Franklin, Windham',
        3: 'Chittenden Central, Chittenden Southeast, Rutland, Washington, Windsor',
      },
    },
    lower: {
      seats: 1,
      others: {
        2: 'Addison 1 3 4, Bennington 2 4 5, Caledonia 3, Caledonia-Essex, Chittenden 2 3 13 14 15 16 18 19 20 21 22 23, Chittenden-Franklin, Franklin 1 4 5, Grand Isle-Chittenden, Lamoille 2, Lamoille-Washington, Orange-Washington-Addison, Orleans-Lamoille, Rutland 2, Washington 1 2 3 4, Washington-Chittenden, Washington-Orange, Windham 3, Windsor 1 3 6, Windsor-Orange 2',
      },
    },
  },
  wa: { lower: { seats: 2 } },
  wv: { upper: { seats: 2 } },
};

/** Seats by state, chamber and key of the district, where they are not those of most. */
const OTHERS = new Map(
  Object.entries(MULTI_MEMBER).flatMap(([state, chambers]) =>
    Object.entries(chambers).flatMap(([chamber, { others = {} }]) =>
      Object.entries(others).flatMap(([seats, list]) =>
        namesIn(list).map((name) => [`${state} ${chamber} ${districtKey(name)}`, Number(seats)] as const),
      ),
    ),
  ),
);

/** 'Belknap 2 8, Addison' → 'Belknap 2', 'Belknap 8', 'Addison'. */
function namesIn(list: string): string[] {
  return list.split(', ').flatMap((group) => {
    const [, place = '', numbers = ''] = /^(\D*?) ?((?:\d+[A-Z]? ?)*)$/.exec(group) ?? [];
    return numbers === '' ? [place] : numbers.split(' ').map((number) => `${place} ${number}`);
  });
}

/** How many members a district elects, by its name at OpenStates or any spelling of it. */
export function seatsOf(state: string, chamber: OrgClassification, district: string): number {
  const most = MULTI_MEMBER[state]?.[chamber]?.seats ?? 1;
  return OTHERS.get(`${state} ${chamber} ${districtKey(district)}`) ?? most;
}
