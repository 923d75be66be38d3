import type { OrgClassification, Roster } from '../legislators/legislator.ts';
import type { StateRoster } from '../legislators/roster.ts';
import { numberIn } from '../words/dates.ts';
import type { Translate } from '../words/locale.ts';
import { chamberIn, isNumbered } from '../words/names.ts';
import { mostInWords } from './bar-chart.ts';
import { type CountClass, classesOf } from './count-classes.ts';
import { outlinesOf } from './district-outlines.ts';

/** Completed actions by the divisions whose legislators were contacted. */
export type DivisionCounts = { division_id: string; completed_actions: number }[];

/** A shaded map of a chamber's districts: what a view needs to draw it. */
export interface DistrictMap {
  view_box: string;
  /** What the map shows, and the most of it, in words. */
  label: string;
  /** Shade 0 is for none; 1 to 5 rise with the number. */
  shapes: { path: string; shade: number; title: string }[];
  /** What each shade means, none first. */
  key: { shade: number; label: string }[];
  /** Says that some of the actions are in districts that the map lacks; undefined where it has all. */
  undrawn?: string;
}

/** What a map is made of. */
export interface MappedChamber {
  place: Pick<StateRoster, 'roster' | 'boundaries'>;
  chamber: OrgClassification;
  counts: DivisionCounts;
}

/**
 * A map of completed actions by district of a chamber; undefined where the roster has no boundaries of it, or where nothing is
 * counted. For those who may see numbers by district: the public never does.
 */
export function districtMap(
  { place, chamber, counts }: MappedChamber,
  t: Translate,
): DistrictMap | undefined {
  const drawn = place.boundaries && outlinesOf(place.boundaries, chamber);
  const rows = countedDistricts({ roster: place.roster, chamber, counts }, t);
  if (!drawn || rows.every(({ count }) => count <= 0)) return undefined;
  const counted = new Map(rows.map((row) => [row.division_id, row]));
  const shapes = drawn.outlines.map(({ path, districts }) => {
    const own = districts.map(({ division_id }) => counted.get(division_id)!);
    return { path, own, count: own.reduce((sum, row) => sum + row.count, 0) };
  });
  const classes = classesOf(shapes.map(({ count }) => count));
  const onMap = shapes.reduce((sum, { count }) => sum + count, 0);
  const undrawn = rows.reduce((sum, { count }) => sum + count, 0) - onMap;
  return {
    view_box: drawn.view_box,
    label: labelOf(rows, { chamber: chamberIn(t, place.roster.state, chamber) }, t),
    shapes: shapes.map(({ path, own, count }) => ({
      path,
      shade: classes.find(({ from, to }) => from <= count && count <= to)?.shade ?? 0,
      title: own.map((row) => titleOf(row, t)).join('; '),
    })),
    key: [
      { shade: 0, label: t('charts.none') },
      ...classes.map((one) => ({ shade: one.shade, label: rangeOf(one, t) })),
    ],
    ...(undrawn > 0
      ? { undrawn: t('charts.undrawn', { amount: t('charts.actions', { count: undrawn }) }) }
      : {}),
  };
}

/** A district with its number, for maps and for the tables beside them. */
export interface CountedDistrict {
  division_id: string;
  /** 'District 12'. */
  label: string;
  count: number;
}

/** Every district of a chamber with its completed actions, in the roster's order, those without any included. */
export function countedDistricts(
  { roster, chamber, counts }: { roster: Roster } & Omit<MappedChamber, 'place'>,
  t: Translate,
): CountedDistrict[] {
  const known = new Map(counts.map((row) => [row.division_id, row.completed_actions]));
  return roster.districts
    .filter(({ org_classification }) => org_classification === chamber)
    .map((district) => ({
      division_id: district.division_id,
      label: isNumbered(district) ? t('charts.district', { district: district.district }) : district.district,
      count: known.get(district.division_id) ?? 0,
    }));
}

function labelOf(rows: CountedDistrict[], names: { chamber: string }, t: Translate): string {
  const none = rows.filter(({ count }) => count <= 0).length;
  const most = mostInWords(t('charts.map', names), rows, t);
  return none === 0 ? most : `${most} ${t('charts.none_in', { none, all: rows.length })}`;
}

function titleOf({ label, count }: CountedDistrict, t: Translate): string {
  return t('charts.labelled', { label, amount: t('charts.actions', { count }) });
}

function rangeOf({ from, to }: CountClass, t: Translate): string {
  return from === to ? numberIn(t, from) : t('charts.range', { from, to });
}
