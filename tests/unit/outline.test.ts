import CheapRuler from 'cheap-ruler';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { Boundaries } from '../../server/legislators/boundaries.ts';
import type { District, Point } from '../../server/legislators/legislator.ts';
import { type Box, covers, geometryOf, linesIn, outlineOf } from '../../server/legislators/outline.ts';
import { sampleFlorida } from '../fixtures/boundaries/sample-florida.ts';
import { numbersFrom } from '../support/numbers-from.ts';

/*
 * What an index over runs of lines says beside plain scans of every line. Made-up outlines stand on a grid so coarse that
 * points on corners, on lines and level with corners come up all the time.
 */

type Shape = Polygon | MultiPolygon;
type Line = [Position, Position];

const GRID = 1 / 8;
const onGrid = (degrees: number) => Math.round(degrees / GRID) * GRID;

/** A ring around a point that goes in and out, of any number of corners. */
function ringAround([x, y]: [number, number], size: number, random: () => number): Position[] {
  const count = 4 + Math.floor(random() ** 2 * 200);
  const corners = Array.from({ length: count }, (_, index): Position => {
    const [angle, far] = [(2 * Math.PI * index) / count, size * (0.3 + 0.7 * random())];
    return [onGrid(x + far * Math.cos(angle)), onGrid(y + far * Math.sin(angle))];
  });
  return [...corners, corners[0]!];
}

/** Up to three areas beside or over one another, each perhaps with a hole. */
function shapeOf(random: () => number): Shape {
  const polygons = Array.from({ length: 1 + Math.floor(random() * 3) }, (): Position[][] => {
    const middle: [number, number] = [-80 + random() * 6, 30 + random() * 6];
    const outer = ringAround(middle, 3, random);
    return random() < 0.5 ? [outer] : [outer, ringAround(middle, 0.8, random)];
  });
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: polygons[0]! }
    : { type: 'MultiPolygon', coordinates: polygons };
}

const polygonsOf = ({ type, coordinates }: Shape) => (type === 'Polygon' ? [coordinates] : coordinates);

const linesOf = (ring: Position[]): Line[] => ring.slice(1).map((corner, index) => [ring[index]!, corner]);

/** Every line, in turn, from the point due east. */
function plainlyCovers(shape: Shape, longitude: number, latitude: number): boolean {
  const isCrossed = ([[x, y], [next_x, next_y]]: Line) =>
    y! > latitude !== next_y! > latitude &&
    longitude < next_x! + ((x! - next_x!) * (latitude - next_y!)) / (y! - next_y!);
  return polygonsOf(shape).some((rings) => rings.flatMap(linesOf).filter(isCrossed).length % 2 === 1);
}

function plainLinesIn(shape: Shape, [west, south, east, north]: Box): Line[] {
  return polygonsOf(shape)
    .flat()
    .flatMap(linesOf)
    .filter(
      ([[x, y], [next_x, next_y]]) =>
        Math.max(x!, next_x!) >= west &&
        Math.min(x!, next_x!) <= east &&
        Math.max(y!, next_y!) >= south &&
        Math.min(y!, next_y!) <= north,
    );
}

/** On corners, on lines, level with corners, and anywhere. */
function pointsAbout(shape: Shape, random: () => number): Position[] {
  const lines = polygonsOf(shape).flat().flatMap(linesOf);
  return Array.from({ length: 40 }, (_, index): Position => {
    const [[x, y], [next_x, next_y]] = lines[Math.floor(random() * lines.length)]! as [Position, Position];
    const anywhere: Position = [-84 + random() * 14, 26 + random() * 14];
    return [[x!, y!], [(x! + next_x!) / 2, (y! + next_y!) / 2], [anywhere[0]!, y!], anywhere][index % 4]!;
  });
}

test('a point is covered, and lines come into a box, as if every line of the outline were looked at', () => {
  const random = numbersFrom(20);
  const differing: [round: number, longitude: number, latitude: number][] = [];
  const seen = { covered: 0, lines: 0, points: 0 };
  for (let round = 0; round < 60; round += 1) {
    const shape = shapeOf(random);
    const outline = outlineOf(shape);
    for (const [longitude, latitude] of pointsAbout(shape, random) as [number, number][]) {
      const is_covered = plainlyCovers(shape, longitude, latitude);
      if (covers(outline, longitude, latitude) !== is_covered) differing.push([round, longitude, latitude]);
      const [wide, tall] = [onGrid(random()), onGrid(random())];
      const box: Box = [longitude - wide, latitude - tall, longitude + wide, latitude + tall];
      const lines = plainLinesIn(shape, box);
      if (JSON.stringify(linesIn(outline, box)) !== JSON.stringify(lines))
        differing.push([round, longitude, latitude]);
      seen.points += 1;
      seen.lines += lines.length;
      seen.covered += is_covered ? 1 : 0;
    }
    expect(geometryOf(outline)).toEqual(shape);
  }
  expect(differing).toEqual([]);
  expect(seen.covered).toBeGreaterThan(seen.points / 10);
  expect(seen.covered).toBeLessThan(seen.points / 2);
  expect(seen.lines).toBeGreaterThan(seen.points);
});

test.each([15, 16, 17, 32, 33])('a ring of %i lines is whole: no line is lost where a run ends', (count) => {
  const random = numbersFrom(count);
  const corners = Array.from({ length: count }, (): Position => [onGrid(random() * 9), onGrid(random() * 9)]);
  const ring = [...corners, corners[0]!];
  const outline = outlineOf({ type: 'Polygon', coordinates: [ring] });
  expect(linesIn(outline, [-180, -90, 180, 90])).toEqual(linesOf(ring));
});

test('a ring that its file does not close is closed, for points inside and for those near its last line', () => {
  const open = outlineOf({
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [0, 4],
      ],
    ],
  });
  expect(covers(open, 1, 2)).toBe(true);
  expect(covers(open, -1, 2)).toBe(false);
  expect(linesIn(open, [-1, 1, 1, 2])).toEqual([
    [
      [0, 4],
      [0, 0],
    ],
  ]);
});

describe('all of Florida', () => {
  let boundaries: Boundaries;
  let shapes: { district: District; geometry: Shape }[];
  beforeAll(async () => {
    boundaries = (await sampleFlorida()).boundaries!;
    shapes = boundaries.features.map(({ district, geometry }) => ({ district, geometry }));
  });

  /** Metres to the nearest line that has a part within a tenth of a degree: farther than is asked for. */
  function plainDistance(shape: Shape, { longitude, latitude }: Point): number {
    if (plainlyCovers(shape, longitude, latitude)) return 0;
    const ruler = new CheapRuler(latitude, 'meters');
    const box: Box = [longitude - 0.1, latitude - 0.1, longitude + 0.1, latitude + 0.1];
    const distances = plainLinesIn(shape, box).map(([one, other]) =>
      ruler.pointToSegmentDistance([longitude, latitude], one as [number, number], other as [number, number]),
    );
    return Math.min(Number.POSITIVE_INFINITY, ...distances);
  }

  test('the districts of a point, and those near it with their distances, are those of a look at every line', () => {
    const random = numbersFrom(21);
    const corners = shapes.flatMap(({ geometry }) => polygonsOf(geometry).flat(2));
    for (let round = 0; round < 32; round += 1) {
      const corner = corners[Math.floor(random() * corners.length)] as [number, number];
      // On a corner, beside it, and anywhere.
      const off = [0, 0.0005, 0.02, 3][round % 4]!;
      const point = {
        longitude: corner[0] + (random() - 0.5) * off,
        latitude: corner[1] + (random() - 0.5) * off,
      };
      const plain = shapes.map(({ district, geometry }) => ({
        district,
        distance: plainDistance(geometry, point),
      }));
      expect(boundaries.at(point)).toEqual(
        shapes
          .filter(({ geometry }) => plainlyCovers(geometry, point.longitude, point.latitude))
          .map(({ district }) => district),
      );
      for (const metres of [50, 2000]) {
        const near = plain.filter(({ distance }) => distance <= metres);
        expect(boundaries.near(point, metres)).toEqual(
          near.toSorted((one, other) => one.distance - other.distance),
        );
      }
    }
  });
});
