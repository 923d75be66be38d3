import { join } from 'node:path';
import pug from 'pug';
import type { StateRoster } from '../../server/legislators/roster.ts';
import { barChart, tableRows } from '../../server/web/bar-chart.ts';
import { dayChart } from '../../server/web/day-chart.ts';
import { countedDistricts, type DivisionCounts, districtMap } from '../../server/web/district-map.ts';
import { visitsChart, visitsColumns, visitsTable } from '../../server/web/visits-chart.ts';
import { dayIn } from '../../server/words/dates.ts';
import type { Translate } from '../../server/words/locale.ts';

/** So many days from the last of 2026's November on, each with a made-up number of actions. */
export function madeUpDays(count: number): { day: string; completed_actions: number }[] {
  return Array.from({ length: count }, (_, index) => ({
    day: new Date(Date.UTC(2026, 10, 30 + index)).toISOString().slice(0, 10),
    completed_actions: (64 + index * 37) % 101,
  })).filter(({ completed_actions }) => completed_actions > 0);
}

/** Actions of every district of a roster, few of them with many; none in every fifth. */
export function madeUpCounts({ roster }: Pick<StateRoster, 'roster'>): DivisionCounts {
  return roster.districts
    .map(({ division_id }, index) => ({
      division_id,
      completed_actions: index % 5 === 0 ? 0 : Math.round(400 / (1 + ((index * 7) % 60))),
    }))
    .filter(({ completed_actions }) => completed_actions > 0);
}

/** The HTML of a page with every kind of chart, without its style sheets. */
export function chartPage(place: StateRoster, t: Translate, days = 24): string {
  const counts = madeUpCounts(place);
  const by_day = madeUpDays(days);
  const outcomes = [
    { group: t('totals.phone'), label: t('totals.status.contact'), count: 412 },
    { group: t('totals.phone'), label: t('totals.status.voicemail'), count: 96 },
    { group: t('totals.phone'), label: t('totals.status.unavailable'), count: 230, is_completed: false },
    { group: t('totals.email'), label: t('totals.status.sent'), count: 1250 },
    { group: t('totals.email'), label: t('totals.status.started'), count: 1, is_completed: false },
  ];
  const legislators = place.roster.legislators
    .slice(0, 25)
    .map(({ name }, index) => ({ label: name, count: 500 - index * 3 }));
  const visits = [
    { label: 'Farmworkers’ Association of the Upper River Valley', visits: 1240, completed_actions: 310 },
    { label: 'Readers', visits: 412, completed_actions: 1 },
    { label: 'Neighbors', visits: 19, completed_actions: 4 },
  ];
  const chambers = (['upper', 'lower'] as const).map((chamber) => ({
    id: chamber,
    title: t('charts.map', { chamber }),
    map: districtMap({ place, chamber, counts }, t),
    rows: tableRows(countedDistricts({ roster: place.roster, chamber, counts }, t), t),
  }));
  const bar = (id: string, title: string, rows: typeof outcomes | typeof legislators) => ({
    id,
    title,
    chart: barChart(title, rows, t),
    rows: tableRows(rows, t),
    columns: [title, t('totals.counts')],
  });
  return pug.renderFile(join(import.meta.dirname, '../fixtures/charts/page.pug'), {
    doctype: 'html',
    t,
    by_day: {
      chart: dayChart(by_day, t),
      rows: tableRows(
        by_day.map((row) => ({ label: dayIn(t, row.day), count: row.completed_actions })),
        t,
      ),
    },
    bars: [
      bar('by-type', t('totals.by_type'), outcomes),
      bar('by-legislator', t('totals.by_legislator'), legislators),
      {
        id: 'visits',
        title: t('totals.by_partner'),
        chart: visitsChart(t('totals.by_partner'), visits, t),
        rows: visitsTable(visits, t),
        columns: visitsColumns(t('totals.partner'), t),
      },
    ],
    maps: chambers.filter(({ map }) => map),
  });
}
