declare module 'zipcodes' {
  /** A ZIP code (or a Canadian postal code) and the middle of where its mail goes, in degrees. */
  interface ZipCode {
    zip: string;
    latitude: number;
    longitude: number;
    city: string;
    /** 'FL' */
    state: string;
    country: 'US' | 'Canada';
  }

  const zipcodes: { codes: Record<string, ZipCode> };
  export default zipcodes;
}
