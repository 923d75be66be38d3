import { scaleBand, scaleLinear, scaleUtc } from 'd3-scale';
import { dayIn, numberIn, shortDayIn } from '../words/dates.ts';
import type { Translate } from '../words/locale.ts';

/** Where a day is named under the bars. */
export interface DayLabel {
  /** Percent of the chart's width. */
  x: number;
  anchor: 'start' | 'middle' | 'end';
  text: string;
  /** Where the days shown are of several years. */
  year?: string;
}

/** A chart by day: what a view needs to draw it. Lengths are percent of the bars' field, from its upper left corner. */
export interface DayChart {
  /** What the chart shows, and the most of it, in words. */
  label: string;
  /** The numbers at the lines, the highest first, and how far down each line is: evenly, the last being 0. */
  ticks: { y: number; text: string }[];
  bars: { x: number; y: number; width: number; height: number }[];
  /** The first day and the last; those between, for which only wide screens have room, stand in `labels_between`. */
  labels: DayLabel[];
  labels_between: DayLabel[];
}

type DayCount = { day: string; completed_actions: number };

const DAY_MS = 86_400_000;
/** Bars no wider than this, so that one day alone is no wall. */
const WIDEST_BAR = 10;
/** From so many days on bars touch: gaps would be finer than a phone can draw. */
const DENSE_DAYS = 90;
/** Up to so many bars each is so wide that its day stands under its middle. */
const FEW_DAYS = 3;
/** How near to the end of the row another day may be named. */
const CLEAR_OF_ENDS = 14;
/** About how many lines there are, and about how many days are named between the first and the last. */
const TICKS = 4;

/**
 * Bars by day from the first day to the last, days without an action included; undefined where nothing is counted. Numbers
 * below zero count as none. Where a language runs from right to left, the first day is at the right.
 */
export function dayChart(days: DayCount[], t: Translate): DayChart | undefined {
  const [first, last] = [days[0], days.at(-1)];
  const most = days.reduce((max, row) => (row.completed_actions > max.completed_actions ? row : max), {
    day: '',
    completed_actions: 0,
  });
  if (!first || !last || most.completed_actions === 0) return undefined;
  const at = (day: string) => Math.round((Date.parse(day) - Date.parse(first.day)) / DAY_MS);
  const count = at(last.day) + 1;
  const across = scaleBand<number>()
    .domain(Array.from({ length: count }, (_, index) => index))
    .range(t.direction === 'rtl' ? [100, 0] : [0, 100])
    .paddingInner(count < DENSE_DAYS ? 0.2 : 0)
    .paddingOuter(count < DENSE_DAYS ? 0.1 : 0);
  const up = scaleLinear([0, most.completed_actions], [100, 0]).nice(TICKS);
  const width = Math.min(across.bandwidth(), WIDEST_BAR);
  const middle = (day: string) => across(at(day))! + across.bandwidth() / 2;
  const spansYears = first.day.slice(0, 4) !== last.day.slice(0, 4);
  const labelOf = (day: string, x: number, anchor: DayLabel['anchor']): DayLabel => ({
    x: round(x),
    anchor,
    text: shortDayIn(t, day),
    ...(spansYears ? { year: day.slice(0, 4) } : {}),
  });
  return {
    label: labelFor(days, most, t),
    ticks: up
      .ticks(TICKS)
      .filter(Number.isInteger)
      .toReversed()
      .map((tick) => ({ y: round(up(tick)), text: numberIn(t, tick) })),
    bars: days
      .filter(({ completed_actions }) => completed_actions > 0)
      .map(({ day, completed_actions }) => ({
        x: round(middle(day) - width / 2),
        y: round(up(completed_actions)),
        width: round(width),
        height: round(100 - up(completed_actions)),
      })),
    labels: endsOf(first.day, last.day).map((day, index) =>
      count <= FEW_DAYS ? labelOf(day, middle(day), 'middle') : labelAtEnd(day, index),
    ),
    labels_between: daysBetween(first.day, last.day)
      .filter((day) => middle(day) > CLEAR_OF_ENDS && middle(day) < 100 - CLEAR_OF_ENDS)
      .map((day) => labelOf(day, middle(day), 'middle')),
  };

  /** An anchor's start is where lines begin: at the right in a language that runs from there. */
  function labelAtEnd(day: string, index: number): DayLabel {
    const begins = index === 0;
    const isLeft = begins === (t.direction !== 'rtl');
    return labelOf(day, isLeft ? 0 : 100, begins ? 'start' : 'end');
  }
}

const endsOf = (first: string, last: string) => (first === last ? [first] : [first, last]);

/** Days that are good to name, as the first of a month. */
function daysBetween(first: string, last: string): string[] {
  return scaleUtc([new Date(first), new Date(last)], [0, 1])
    .ticks(TICKS)
    .map((date) => date.toISOString())
    .filter((iso) => iso.endsWith('T00:00:00.000Z'))
    .map((iso) => iso.slice(0, 10))
    .filter((day) => day > first && day < last);
}

function labelFor(days: DayCount[], most: DayCount, t: Translate): string {
  const names = {
    day: dayIn(t, most.day),
    amount: t('charts.actions', { count: most.completed_actions }),
  };
  if (days.length === 1) return t('charts.one_day', names);
  const ends = { first: dayIn(t, days[0]!.day), last: dayIn(t, days.at(-1)!.day) };
  const isTied = days.some((row) => row.day !== most.day && row.completed_actions === most.completed_actions);
  return t(isTied ? 'charts.by_day_tied' : 'charts.by_day', { ...ends, ...names });
}

const round = (value: number) => Math.round(value * 1000) / 1000;
