import { type GeoProjection, geoAzimuthalEqualArea, geoBounds, geoPath } from 'd3-geo';
import type { MultiPoint, MultiPolygon, Polygon, Position } from 'geojson';
import type { Boundaries } from '../legislators/boundaries.ts';
import type { District, OrgClassification } from '../legislators/legislator.ts';

/** A shape on a map, and whose it is: Idaho's seats A and B of a district are one place. */
export interface Outline {
  districts: District[];
  /** Path data of SVG in the units of the map; to be filled by the rule evenodd, since rings may run either way. */
  path: string;
}

/** The districts of a chamber, ready to be drawn. */
export interface ChamberOutlines {
  /** What an SVG takes: left, top, width and height in the units of the map. */
  view_box: string;
  outlines: Outline[];
}

/** A corner on the map's grid. */
type Corner = [x: number, y: number];

/** The longer side of a map in its units, of which a large screen shows about one a pixel. */
const SIDE = 900;
/** Room for the line around the state. */
const MARGIN = 2;

/** Each roster's own, and gone with it: a map takes a tenth of a second to make, and fifty thousand letters to keep. */
const kept = new WeakMap<Boundaries, Map<OrgClassification, ChamberOutlines | undefined>>();

/** The map of a chamber, made once for each roster; undefined where no district of it has a boundary. */
export function outlinesOf(boundaries: Boundaries, chamber: OrgClassification): ChamberOutlines | undefined {
  const maps = kept.get(boundaries) ?? new Map<OrgClassification, ChamberOutlines | undefined>();
  kept.set(boundaries, maps);
  if (!maps.has(chamber)) maps.set(chamber, drawChamber(boundaries, chamber));
  return maps.get(chamber);
}

function drawChamber({ features }: Boundaries, chamber: OrgClassification): ChamberOutlines | undefined {
  const own = features.filter(({ district }) => district.org_classification === chamber);
  if (own.length === 0) return undefined;
  const coordinates = own.flatMap(({ geometry }) => ringsOf(geometry).flat());
  const all: MultiPoint = { type: 'MultiPoint', coordinates };
  const projection = projectionOf(all);
  const byPath = new Map<string, District[]>();
  for (const { district, geometry } of own) {
    const path = pathOf(ringsOf(geometry).map((ring) => onGrid(ring, projection)));
    byPath.set(path, [...(byPath.get(path) ?? []), district]);
  }
  const [[left, top], [right, bottom]] = geoPath(projection).bounds(all);
  const [x, y] = [Math.floor(left) - MARGIN, Math.floor(top) - MARGIN];
  return {
    view_box: [x, y, Math.ceil(right) + MARGIN - x, Math.ceil(bottom) + MARGIN - y].join(' '),
    outlines: [...byPath].map(([path, districts]) => ({ districts, path })),
  };
}

const ringsOf = ({ type, coordinates }: Polygon | MultiPolygon): Position[][] =>
  type === 'Polygon' ? coordinates : coordinates.flat();

/**
 * A projection that keeps areas, with the middle of the state in the middle and north above it. It takes corners one by one,
 * and lines between them stay straight, so that neighbours keep their common line; and it never asks which way a ring runs,
 * which in files of every origin is not certain. Turned to the state, it cuts the earth far from it: Alaska, on both sides of
 * the 180th meridian, stays whole.
 */
function projectionOf(corners: MultiPoint): GeoProjection {
  const [[west, south], [east, north]] = geoBounds(corners);
  const middle = (west + east + (west > east ? 360 : 0)) / 2;
  const projection = geoAzimuthalEqualArea().rotate([-middle, -(south + north) / 2]);
  return projection.fitSize([SIDE, SIDE], corners);
}

/** A ring on the grid of whole units, without the corners that add nothing to it there. */
function onGrid(ring: Position[], projection: GeoProjection): Corner[] {
  const corners: Corner[] = [];
  for (const position of ring) {
    const [x, y] = projection(position as Corner)!.map(Math.round) as Corner;
    const before = corners.at(-1);
    if (before?.[0] !== x || before[1] !== y) corners.push([x, y]);
  }
  const [first, last] = [corners[0]!, corners.at(-1)!];
  if (corners.length > 1 && first[0] === last[0] && first[1] === last[1]) corners.pop();
  return corners.filter((corner, index) => {
    const before = corners.at(index - 1)!;
    const after = corners[(index + 1) % corners.length]!;
    return !isBetween(corner, before, after);
  });
}

/** Whether a corner lies on the straight line between two others: then it can go, from neighbours too, and leaves no gap. */
function isBetween([x, y]: Corner, [x1, y1]: Corner, [x2, y2]: Corner): boolean {
  const [ax, ay, bx, by] = [x - x1, y - y1, x2 - x, y2 - y];
  return ax * by === ay * bx && ax * bx + ay * by > 0;
}

/** The rings that are areas; of a district that is smaller than a unit a square of one, so that none is lost. */
function pathOf(rings: Corner[][]): string {
  const areas = rings.filter((ring) => ring.length > 2);
  if (areas.length > 0) return areas.map(ringPath).join('');
  const [x, y] = rings[0]![0] ?? [0, 0];
  return `M${x},${y}l1,0 0,1-1,0z`;
}

/** From corner to corner by steps, which are shorter to write than places. */
function ringPath([first, ...others]: Corner[]): string {
  let [x, y] = first!;
  const steps = others.map(([nextX, nextY]) => {
    const step = `${nextX - x},${nextY - y}`;
    [x, y] = [nextX, nextY];
    return step;
  });
  // A minus parts numbers as well as a comma or a space does.
  return `M${first}l${steps.join(' ').replaceAll(/[, ]-/g, '-')}z`;
}
