declare module 'which-polygon' {
  import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';

  /** Finds the properties of the features that cover a [longitude, latitude]; null where there is none. */
  interface Query<Properties> {
    (point: [number, number], multi: true): Properties[] | null;
    /** Of the features that touch [west, south, east, north]; a feature of several polygons may come twice. */
    bbox(bbox: [number, number, number, number]): Properties[];
  }

  export default function whichPolygon<Properties>(
    data: FeatureCollection<Polygon | MultiPolygon, Properties>,
  ): Query<Properties>;
}
