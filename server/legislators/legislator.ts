/** Chambers as OpenStates names them; `legislature` is the one chamber of Nebraska and DC. */
export const ORG_CLASSIFICATIONS = ['upper', 'lower', 'legislature'] as const;
/** One of these chambers. */
export type OrgClassification = (typeof ORG_CLASSIFICATIONS)[number];

/** One place where a legislator can be reached. `classification` as in OpenStates: capitol, district, capitol-mail … */
export interface Office {
  classification: string;
  name?: string;
  address?: string;
  /** As the source writes it, with an extension where there is one. */
  voice?: string;
  fax?: string;
}

/** A page about a legislator. */
export interface Link {
  url: string;
  note?: string;
}

/** The seat a legislator holds now. */
export interface CurrentRole {
  /** 'Senator', 'Representative' … by state and chamber. */
  title: string;
  org_classification: OrgClassification;
  /** As OpenStates names it: '5', '64A', 'Chittenden 1'. */
  district: string;
  /** OCD id of the district's division. */
  division_id: string;
  /** ISO date (or year, or month) since when, where the source tells. */
  start_date?: string | undefined;
}

/** A member of a state legislature (an OpenStates person with an active role). */
export interface Legislator {
  id: string;
  name: string;
  given_name?: string;
  family_name?: string;
  /** '' where the source names none. */
  party: string;
  email?: string;
  current_role: CurrentRole;
  offices: Office[];
  links: Link[];
}

/** A division that elects someone to a chamber. */
export interface District {
  division_id: string;
  /** Postal code of the state, lower case: 'fl'. */
  state: string;
  org_classification: OrgClassification;
  district: string;
  /** 'State Senate District 5', as the Census names it. */
  name: string;
  /** How many members it elects. */
  seats: number;
  /** The Census's id, '12005', where the boundaries have one: what the Census geocoder answers with. */
  geoid?: string;
  /** Names of the counties that it lies in, 'Duval', that with most of it first; absent where nobody here knows. */
  counties?: string[];
}

/** Where a roster came from and how old it is. */
export interface RosterSource {
  /** 'OpenStates people files', 'OpenStates bulk CSV', 'made-up sample' … */
  source: string;
  /** ISO date (YYYY-MM-DD) as of which the members are true. */
  as_of: string;
  is_sample: boolean;
  /** ISO time at which its servers were last asked for a newer one, where it was pulled. */
  checked_at?: string | undefined;
}

/** A district together with who sits in it; `vacant_seats` = seats without a member. */
export interface Representation {
  district: District;
  legislators: Legislator[];
  vacant_seats: number;
}

/** A point on earth in degrees (WGS 84). */
export interface Point {
  latitude: number;
  longitude: number;
}

/** One state's members and districts, whole in memory. */
export interface Roster extends RosterSource {
  state: string;
  /** ocd-jurisdiction/country:us/state:fl/government */
  jurisdiction_id: string;
  districts: District[];
  legislators: Legislator[];
  /** The district and its members, or undefined where this state has no such district. */
  representation(division_id: string): Representation | undefined;
  legislator(id: string): Legislator | undefined;
}
