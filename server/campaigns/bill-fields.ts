import { z } from 'zod';
import { POSITIONS } from '../bills/position.ts';
import { chamber, day, localText, personId, session, text, upTo, webAddress } from './field-values.ts';

/** How many letters the official title of a bill may have. */
export const LONGEST_BILL_TITLE = 1000;

const passage = z.strictObject(
  {
    chamber: chamber.describe('The chamber that passed it'),
    date: day.describe('The day on which it passed: 2027-03-18'),
    source: webAddress.describe('A web page that proves it'),
  },
  'must be a list of chambers, each with chamber, date and source on lines of their own',
);

/** A bill of a campaign, as its file names it. */
export const bill = z.strictObject(
  {
    identifier: text.describe('As the legislature writes it: SB 316'),
    session: session.describe('Session of the legislature: 2026'),
    chamber: chamber.describe('Chamber in which it was filed'),
    title: upTo(LONGEST_BILL_TITLE).optional().describe('Its official title'),
    url: webAddress.optional().describe('Page or text of the bill'),
    session_name: localText(100)
      .optional()
      .describe('What people call that session, where they read it; without it 2027_28 reads 2027–2028'),
    session_ends: day
      .optional()
      .describe('Last day of the session: after it, what legislators did is told as of the past'),
    committee: text.optional().describe('The committee that has it, where OpenStates does not say: Rules'),
    passed: z
      .array(passage, 'must be a list of the chambers that have passed the bill, or [] for none')
      .optional()
      .describe('Chambers that have passed it, in place of what OpenStates says'),
    roll_calls: z
      .array(text, 'must be a list of roll calls, by the names or ids that sync shows: ["HV #3312"]')
      .default([])
      .describe('Further roll calls in which yes was a yes to the bill'),
  },
  'must be a list of bills, each with identifier, session and chamber on lines of their own',
);

/** What a legislator did or said on a bill, as the file of a campaign says it. */
export const position = z.strictObject(
  {
    person_id: personId.describe('Who did it: the id of OpenStates, ocd-person/ and what follows it'),
    position: z
      .enum(POSITIONS, `must be one of: ${POSITIONS.join(', ')}`)
      .describe('What they did or said on the bill'),
    bill: text.optional().describe('On which bill; may be left out: SB 316'),
    session: session.describe('In which session: 2026'),
    date: day.describe('On which day: 2025-11-03'),
    source: webAddress.describe('A web page that proves it'),
  },
  'must be a list of positions, each with person_id, position, session, date and source on lines of their own',
);
