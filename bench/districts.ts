// From a point to its districts: what is in memory here against a round trip to a database with the same outlines.
import { OperationalError } from '../server/errors.ts';
import { type Boundaries, createBoundaries } from '../server/legislators/boundaries.ts';
import type { Point } from '../server/legislators/legislator.ts';
import { districtsOfPoint } from '../server/legislators/point-districts.ts';
import { numbersFrom } from '../tests/support/numbers-from.ts';
import type { BenchOptions } from './bench-options.ts';
import { FLORIDA_OUTLINES, floridaDistrict } from './made-up-states.ts';
import { type DistrictTable, openPolygons, openPostgis } from './postgis.ts';
import { inTurn, type MeasuredRatio, ratioOfRounds } from './ratio.ts';

/** Metres from a line within which the last digits of a float decide on which side of it a point lies. */
const ON_A_LINE = 0.01;
/** How far off a corner those near a line are, in degrees: some hundred metres. */
const NEAR = 0.001;

/** Points a second, against PostGIS with the same outlines (where one is at hand) and PostgreSQL's own polygons. */
export async function benchDistricts(options: BenchOptions): Promise<MeasuredRatio[]> {
  const { is_quick, postgis_url, say } = options;
  const boundaries = createBoundaries('fl', {
    type: 'FeatureCollection',
    features: FLORIDA_OUTLINES.map((feature) => ({
      ...feature,
      properties: floridaDistrict(feature.properties.division_id),
    })),
  });
  const points = pointsOf(boundaries, is_quick ? 50 : 4000);
  const ratios: MeasuredRatio[] = [];
  say('Opening PostGIS.');
  const postgis = await openPostgis(postgis_url, FLORIDA_OUTLINES);
  ratios.push(...(await benchAgainst(postgis, boundaries, points, options)));
  await postgis.close();
  const polygons = await openPolygons(FLORIDA_OUTLINES);
  ratios.push(...(await benchAgainst(polygons, boundaries, points, options)));
  await polygons.close();
  return ratios;
}

async function benchAgainst(
  table: DistrictTable,
  boundaries: Boundaries,
  points: Point[],
  { is_quick, rounds, say }: BenchOptions,
): Promise<MeasuredRatio[]> {
  const others = await compare(table, boundaries, points);
  say(
    `The same districts here for ${points.length - others} of ${points.length} points as by ${table.what}.`,
  );
  // As many of them near lines as of all.
  const some = points.slice(0, points.length / 10);
  const theirs = (ask: (point: Point) => Promise<unknown>) => async () => {
    const started = performance.now();
    for (const point of some) await ask(point);
    return (some.length / (performance.now() - started)) * 1000;
  };
  const ours = (find: (point: Point) => unknown) => async () => {
    const started = performance.now();
    for (const point of points) find(point);
    return (points.length / (performance.now() - started)) * 1000;
  };
  const compared = async (what: string, here: () => Promise<number>, there: () => Promise<number>) => {
    const pairs = await inTurn(rounds ?? (is_quick ? 2 : 10), there, here);
    const name = `${what}, against a round trip to ${table.what}`;
    const say_rate = (figure: number) => `${Math.round(figure)} a second`;
    return ratioOfRounds(pairs, { name, floor: 10, aim: 20, say: say_rate });
  };
  const ratios = [
    await compared(
      'districts that cover a point',
      ours((point) => boundaries.at(point)),
      theirs(table.at),
    ),
  ];
  if (table.near)
    ratios.push(
      await compared(
        'districts of a point and those within 50 m',
        ours((point) => districtsOfPoint(boundaries, point)),
        theirs(table.near),
      ),
    );
  return ratios;
}

/** Four of five anywhere in the state, the others near its lines; the same each time. */
function pointsOf(boundaries: Boundaries, count: number): Point[] {
  const random = numbersFrom(1);
  const corners = boundaries.features.flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? geometry.coordinates.flat() : geometry.coordinates.flat(2),
  );
  const [west, east] = [-87.7, -79.9];
  const [south, north] = [24.4, 31.1];
  const points: Point[] = [];
  while (points.length < count) {
    const isNear = points.length % 5 === 0;
    const [longitude, latitude] = corners[Math.floor(random() * corners.length)]!;
    const off = (degrees: number) => degrees + (random() - 0.5) * 2 * NEAR;
    const point = isNear
      ? { longitude: off(longitude!), latitude: off(latitude!) }
      : { longitude: west + random() * (east - west), latitude: south + random() * (north - south) };
    if (isNear || boundaries.at(point).length > 0) points.push(point);
  }
  return points;
}

/** Makes sure that both say the same districts of every point; gives back of how many they don't for a reason that is known. */
async function compare(table: DistrictTable, boundaries: Boundaries, points: Point[]): Promise<number> {
  let others = 0;
  for (const point of points) {
    const ours = boundaries.at(point).map(({ division_id }) => division_id);
    const theirs = await table.at(point);
    const differing = new Set(ours).symmetricDifference(new Set(theirs));
    if (differing.size === 0) continue;
    others += 1;
    const on_a_line = boundaries.near(point, ON_A_LINE).map(({ district }) => district.division_id);
    if ([...differing].every((id) => on_a_line.includes(id))) continue;
    const { longitude, latitude } = point;
    if (table.is_exact || others > points.length / 10)
      throw new OperationalError(
        'wrong_figure',
        `${longitude} ${latitude}: ${ours} here, ${theirs} by ${table.what}.`,
      );
  }
  return others;
}
