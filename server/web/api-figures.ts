import { CORRECTIONS_SINCE, FROZEN_FIGURE } from '../reports/frozen-figure.ts';
import type { DataAddress } from './api-document.ts';

const ID = { name: 'id', in: 'path', description: 'The id of the figure, as its address has it.' } as const;

/** Figures that were fixed for the press. */
export const FIGURE_ADDRESSES: readonly DataAddress[] = [
  {
    path: '/figures/{id}.json',
    operation_id: 'getFigure',
    summary: 'A figure for the press',
    description:
      "A campaign's totals as they were at one moment, with what they count. Its bytes never change, and it may be kept for good. Any site may read it.",
    parameters: [ID],
    answer: { type: 'application/json', name: 'FrozenFigure', shape: FROZEN_FIGURE },
  },
  {
    path: '/figures/{id}/corrections.json',
    operation_id: 'getFigureCorrections',
    summary: 'What was taken out of a figure since it was fixed',
    description: 'Read at the moment, unlike the figure. Any site may read it.',
    parameters: [ID],
    answer: { type: 'application/json', name: 'CorrectionsSince', shape: CORRECTIONS_SINCE },
  },
];
