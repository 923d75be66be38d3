import { readFileSync } from 'node:fs';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import { createBoundaries, type DistrictFeature } from '../../server/legislators/boundaries.ts';
import type { District } from '../../server/legislators/legislator.ts';
import { loadRoster } from '../../server/legislators/roster.ts';
import { classesOf } from '../../server/web/count-classes.ts';
import { countedDistricts, districtMap } from '../../server/web/district-map.ts';
import { outlinesOf } from '../../server/web/district-outlines.ts';
import { openLocales } from '../../server/words/locale.ts';
import { madeUpCounts } from '../support/chart-page.ts';

const { translate } = await openLocales('views/locales');
const t = translate('en');
const place = (await loadRoster('sample-data/fl', 'fl'))!;
const { roster, boundaries } = place;

const district = (name: string, state = 'fl'): District => ({
  division_id: `ocd-division/country:us/state:${state}/sldl:${name}`,
  state,
  org_classification: 'lower',
  district: name,
  name: `State House District ${name}`,
  seats: 1,
});

const square = (west: number, south: number, side: number): Position[] => [
  [west, south],
  [west, south + side],
  [west + side, south + side],
  [west + side, south],
  [west, south],
];

/** Boundaries with these outlines, the districts numbered from 1. */
function drawnOf(outlines: (Polygon | MultiPolygon)[], state = 'fl') {
  const features = outlines.map(
    (geometry, index): DistrictFeature => ({
      type: 'Feature',
      properties: district(String(index + 1), state),
      geometry,
    }),
  );
  return createBoundaries(state, { type: 'FeatureCollection', features });
}

/** The corners of each ring of a path, read as SVG has it. */
function ringsOf(path: string): [number, number][][] {
  return path
    .split('z')
    .filter(Boolean)
    .map((ring) => {
      const numbers = ring.match(/-?\d+/g)!.map(Number);
      let [x, y] = [0, 0];
      return Array.from({ length: numbers.length / 2 }, (_, index): [number, number] => {
        x += numbers[2 * index]!;
        y += numbers[2 * index + 1]!;
        return [x, y];
      });
    });
}

/** What a path covers, by the rule evenodd where rings lie within others, in square units. */
const areaOf = (path: string) =>
  Math.abs(
    ringsOf(path).reduce((sum, ring) => {
      const twice = ring.reduce((all, [x, y], index) => {
        const [nextX, nextY] = ring[(index + 1) % ring.length]!;
        return all + x * nextY - nextX * y;
      }, 0);
      return sum + twice / 2;
    }, 0),
  );

describe('the outlines of a chamber', () => {
  test('are all of Florida’s districts, small enough for a page, and made once for a roster', () => {
    const [house, senate] = [outlinesOf(boundaries!, 'lower')!, outlinesOf(boundaries!, 'upper')!];
    expect(house.outlines.flatMap(({ districts }) => districts).length).toBe(120);
    expect(senate.outlines.flatMap(({ districts }) => districts).length).toBe(40);
    const letters = house.outlines.reduce((sum, { path }) => sum + path.length, 0);
    expect(letters).toBeLessThan(50_000);
    expect(outlinesOf(boundaries!, 'lower')).toBe(house);
  });

  test('cover the same land in either chamber, once: neighbours keep their common lines', () => {
    const land = (chamber: 'lower' | 'upper') =>
      outlinesOf(boundaries!, chamber)!.outlines.reduce((sum, { path }) => sum + areaOf(path), 0);
    // Gaps or overlaps of a unit along Florida's inner lines would be some percent.
    expect(land('lower') / land('upper')).toBeCloseTo(1, 2);
  });

  test('lie within the view box', () => {
    const { view_box, outlines } = outlinesOf(boundaries!, 'lower')!;
    const [left, top, width, height] = view_box.split(' ').map(Number) as [number, number, number, number];
    const corners = outlines.flatMap(({ path }) => ringsOf(path).flat());
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
    expect([Math.min(...xs) >= left, Math.max(...xs) <= left + width]).toEqual([true, true]);
    expect([Math.min(...ys) >= top, Math.max(...ys) <= top + height]).toEqual([true, true]);
    // And fill it: Florida is about as tall as wide.
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(width * 0.98);
    expect(height / width).toBeGreaterThan(0.8);
  });

  test('are the same whichever way rings run', () => {
    const ring = square(-82, 27, 1);
    const paths = [ring, ring.toReversed()].map((coordinates) => {
      const drawn = drawnOf([
        { type: 'Polygon', coordinates: [coordinates] },
        { type: 'Polygon', coordinates: [square(-81, 27, 1)] },
      ]);
      return outlinesOf(drawn, 'lower')!.outlines.map(({ path }) => areaOf(path));
    });
    expect(paths[0]).toEqual(paths[1]);
    expect(paths[0]![0]! / paths[0]![1]!).toBeCloseTo(1, 1);
  });

  test('keep north above and east at the right', () => {
    const drawn = drawnOf([
      { type: 'Polygon', coordinates: [square(-82, 27, 1)] },
      { type: 'Polygon', coordinates: [square(-81, 28, 1)] },
    ]);
    const [southwest, northeast] = outlinesOf(drawn, 'lower')!.outlines.map(
      ({ path }) => ringsOf(path)[0]![0]!,
    );
    expect(northeast![0]).toBeGreaterThan(southwest![0]);
    expect(northeast![1]).toBeLessThan(southwest![1]);
  });

  test('lose no corner that is needed, and keep one that a neighbour alone needs from making a gap', () => {
    // The middle of the western square's eastern side is a corner of two squares: on the line, so that it can go.
    const western: Position[] = [
      [0, 0],
      [0, 2],
      [2, 2],
      [2, 1],
      [2, 0],
      [0, 0],
    ];
    const drawn = drawnOf([
      { type: 'Polygon', coordinates: [western] },
      { type: 'Polygon', coordinates: [square(2, 0, 1)] },
      { type: 'Polygon', coordinates: [square(2, 1, 1)] },
    ]);
    const { outlines } = outlinesOf(drawn, 'lower')!;
    const [west, southeast, northeast] = outlines.map(({ path }) => areaOf(path));
    expect(west! / (southeast! + northeast!)).toBeCloseTo(2, 1);
  });

  test('keep a district that is smaller than a unit as a square of one', () => {
    const drawn = drawnOf([
      { type: 'Polygon', coordinates: [square(-84, 27, 4)] },
      { type: 'Polygon', coordinates: [square(-82, 28, 0.0001)] },
    ]);
    expect(outlinesOf(drawn, 'lower')!.outlines.map(({ path }) => areaOf(path))[1]).toBe(1);
  });

  test('of Alaska, on both sides of the 180th meridian, are one state and not a ribbon around the earth', () => {
    const topology = JSON.parse(readFileSync('node_modules/us-atlas/counties-10m.json', 'utf8'));
    const counties = feature(topology, topology.objects.counties) as unknown as {
      features: DistrictFeature[];
    };
    const outlines = counties.features
      .filter(({ id }) => String(id).startsWith('02'))
      .map(({ geometry }) => geometry);
    const drawn = drawnOf(outlines, 'ak');
    expect(drawn.features.length).toBeGreaterThan(25);
    const [, , width, height] = outlinesOf(drawn, 'lower')!.view_box.split(' ').map(Number);
    expect(height! / width!).toBeGreaterThan(0.5);
    const land = outlinesOf(drawn, 'lower')!.outlines.reduce((sum, { path }) => sum + areaOf(path), 0);
    expect(land / (width! * height!)).toBeGreaterThan(0.2);
  });

  test('are not there where no district of the chamber has a boundary', () => {
    expect(
      outlinesOf(drawnOf([{ type: 'Polygon', coordinates: [square(-82, 27, 1)] }]), 'upper'),
    ).toBeUndefined();
  });
});

describe('classes of numbers', () => {
  test('are up to five, rise, part all numbers above zero among them, and leave none empty', () => {
    const counts = madeUpCounts(place).map(({ completed_actions }) => completed_actions);
    const classes = classesOf([0, 0, ...counts]);
    expect(classes.map(({ shade }) => shade)).toEqual([1, 2, 3, 4, 5]);
    for (const count of counts)
      expect(classes.filter(({ from, to }) => from <= count && count <= to).length).toBe(1);
    for (const [index, { from, to }] of classes.entries()) {
      expect(counts.some((count) => from <= count && count <= to)).toBe(true);
      expect(to).toBeLessThan(classes[index + 1]?.from ?? Number.POSITIVE_INFINITY);
    }
  });

  test.each([
    { counts: [], classes: [] },
    { counts: [0, -1], classes: [] },
    { counts: [7, 7, 7], classes: [[7, 7, 3]] },
    {
      counts: [1, 1, 10_000_000],
      classes: [
        [1, 1, 1],
        [10_000_000, 10_000_000, 5],
      ],
    },
  ])('of $counts are $classes', ({ counts, classes }) => {
    expect(classesOf(counts).map(({ from, to, shade }) => [from, to, shade])).toEqual(classes);
  });

  test('tell districts with many actions apart where nearly all have one', () => {
    const classes = classesOf([...Array.from({ length: 100 }, () => 1), 2, 3, 5, 8, 13, 21, 34, 55, 89]);
    expect(classes.length).toBe(5);
    expect(classes[0]!.to).toBeLessThan(4);
  });
});

describe('the map of a chamber', () => {
  const counts = [
    { division_id: 'ocd-division/country:us/state:fl/sldl:12', completed_actions: 34 },
    { division_id: 'ocd-division/country:us/state:fl/sldl:13', completed_actions: 1 },
    { division_id: 'ocd-division/country:us/state:fl/sldu:5', completed_actions: 1000 },
    { division_id: 'ocd-division/country:us/state:fl', completed_actions: 5 },
  ];

  test('names each district with its number, and says what is most and where there is none', () => {
    const map = districtMap({ place, chamber: 'lower', counts }, t)!;
    expect(map.shapes.length).toBe(120);
    const titled = (title: string) => map.shapes.find((shape) => shape.title === title)?.shade;
    expect(titled('District 12: 34 actions')).toBe(5);
    expect(titled('District 13: 1 action')).toBe(1);
    expect(titled('District 14: 0 actions')).toBe(0);
    expect(map.key.map(({ shade, label }) => [shade, label])).toEqual([
      [0, 'none'],
      [1, '1'],
      [5, '34'],
    ]);
    expect(map.label).toBe(
      'Completed actions by district, House. Most: District 12, 34 actions. None in 118 of 120.',
    );
    expect(map.undrawn).toBeUndefined();
  });

  test('has a table behind it with every district of the chamber, and no other', () => {
    const rows = countedDistricts({ roster, chamber: 'lower', counts }, t);
    expect(rows.length).toBe(120);
    expect(rows[11]).toMatchObject({ label: 'District 12', count: 34 });
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(35);
  });

  test('is not there without boundaries, nor where nothing is counted', () => {
    expect(
      districtMap({ place: { roster, boundaries: undefined }, chamber: 'lower', counts }, t),
    ).toBeUndefined();
    expect(districtMap({ place, chamber: 'lower', counts: [] }, t)).toBeUndefined();
    expect(districtMap({ place, chamber: 'legislature', counts }, t)).toBeUndefined();
  });

  test('says how much is in districts that it does not draw', () => {
    const some = {
      ...boundaries!,
      features: boundaries!.features.filter((one) => one.district.district !== '12'),
    };
    const map = districtMap({ place: { roster, boundaries: some }, chamber: 'lower', counts }, t)!;
    expect(map.shapes.length).toBe(119);
    expect(map.undrawn).toContain('34 actions');
  });

  test('shows seats that are one place as one shape, with both numbers', () => {
    const [a, b, c] = [district('1A'), district('1B'), district('2')];
    const outline = (ring: Position[]): Polygon => ({ type: 'Polygon', coordinates: [ring] });
    const features = [
      { type: 'Feature' as const, properties: a!, geometry: outline(square(-82, 27, 1)) },
      { type: 'Feature' as const, properties: b!, geometry: outline(square(-82, 27, 1)) },
      { type: 'Feature' as const, properties: c!, geometry: outline(square(-81, 27, 1)) },
    ];
    const own = { ...roster, districts: [a!, b!, c!] };
    const drawn = createBoundaries('fl', { type: 'FeatureCollection', features });
    const map = districtMap(
      {
        place: { roster: own, boundaries: drawn },
        chamber: 'lower',
        counts: [a!, b!].map(({ division_id }, index) => ({ division_id, completed_actions: index + 1 })),
      },
      t,
    )!;
    expect(map.shapes.map(({ title }) => title)).toEqual([
      'District 1A: 1 action; District 1B: 2 actions',
      'District 2: 0 actions',
    ]);
    expect(map.key.map(({ label }) => label)).toEqual(['none', '3']);
  });
});
