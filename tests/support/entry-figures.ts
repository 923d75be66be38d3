import { addFigure, type FigureScope, type Figures } from './known-counts.ts';
import type { KnownEntry } from './known-entries.ts';
import type { KnownCampaign } from './known-world.ts';

/** What is told of entries: to a partner of its own alone, and without their notes. None is of samples. */
export function entryFigures(
  entries: readonly KnownEntry[],
  { slug, former_slugs }: KnownCampaign,
  { is_sample = false, partner, outOf }: FigureScope & { outOf: (entry_id: string) => number },
): Figures {
  const figures: Figures = {};
  if (is_sample) return figures;
  for (const { entry, entered_at } of entries) {
    if (![slug, ...former_slugs].includes(entry.campaign_slug)) continue;
    if (partner !== undefined && partner !== entry.partner) continue;
    const note = partner === undefined ? entry.note : '';
    addEntry(figures, { ...entry, entered_at, note, excluded_actions: outOf(entry.id) });
  }
  return figures;
}

/** Adds what is told of one entry. */
export function addEntry(figures: Figures, entry: Record<string, string | number | boolean>): void {
  const {
    id,
    entered_at,
    day,
    type,
    status_code,
    legislator_id,
    partner,
    note = '',
    actions,
    excluded_actions,
  } = entry;
  addFigure(
    figures,
    [`entry/${day}`, type, status_code, legislator_id, partner, note].join('/'),
    Number(actions),
  );
  addFigure(figures, `entered/${id}/${entered_at}`, Number(actions));
  if (Number(excluded_actions) > 0) addFigure(figures, `entered/${id}/out`, Number(excluded_actions));
}
