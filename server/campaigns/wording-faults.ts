import type { FileFault } from '../errors.ts';
import type { Campaign, MessageTemplate } from './campaign.ts';
import { writtenFor } from './messages.ts';
import { casesOf, STAND_IN_WORDS, standIn, type WordingCase } from './wording-cases.ts';
import { type Producible, textsMet } from './wordings.ts';

/** Every Subject and text that comes out empty for somebody who gets it, with who that is: each is told once. */
export function emptyTexts(campaign: Campaign): FileFault[] {
  return [...textsMet(campaign)].flatMap(([template, met_by]) => {
    if (saysAnyway(template.text) && (template.kind !== 'email' || saysAnyway(template.subject))) return [];
    const written = met_by.flatMap((who) => writtenInCases(campaign, template, who));
    const isWritten = (part: 'subject' | 'text') => (one: Written) => one[part] !== '';
    const subject = template.kind === 'email' ? faultsOf(written, isWritten('subject')) : [];
    const text = faultsOf(written, isWritten('text'));
    return [
      ...subject.map((who) => faultAt(template, { below: 0, part: 'Subject', who })),
      // The text of an e-mail begins below the Subject and a blank line.
      ...text.map((who) =>
        faultAt(template, { below: template.kind === 'email' ? 2 : 0, part: 'text', who }),
      ),
    ];
  });
}

/** Whether words stand before anything that depends on who reads it: writing it out for every case would tell the same, later. */
function saysAnyway(template: string): boolean {
  const [first = ''] = template.split(/\{\{~?[#^]/, 1);
  return !first.includes('{{!') && /\S/.test(first.replaceAll(/\{\{[^{}]*\}\}/g, ''));
}

interface Written {
  one: WordingCase;
  subject: string;
  text: string;
}

function writtenInCases(campaign: Campaign, template: MessageTemplate, who: Producible): Written[] {
  return casesOf(campaign, who).map((one) => {
    const target = standIn(campaign, { ...one, stance: who.stance });
    return { one, ...writtenFor(campaign, target, { template, words: STAND_IN_WORDS }) };
  });
}

function faultAt(
  { file, line }: MessageTemplate,
  { below, part, who }: { below: number; part: string; who: string },
): FileFault {
  const message = `For ${who} this ${part} is empty. Add words that stand outside of {{#if}}, or after {{else}}.`;
  return { file, line: line + below, column: 1, message };
}

/** For whom nothing is written, in words: the case that is nearest to one in which something is, by what makes the difference. */
function faultsOf(written: Written[], isWritten: (one: Written) => boolean): string[] {
  const full = written.filter(isWritten).map(({ one }) => one);
  const empty = written
    .filter((one) => !isWritten(one))
    .map(({ one }) => ({ one, apart: full.map((other) => differences(one, other)) }));
  if (!empty[0]) return [];
  // Cases lie side by side: where there are both, one that is empty differs in a single aspect from one that is not.
  const { one, apart } = empty.find(({ apart }) => apart.some(({ length }) => length === 1)) ?? empty[0];
  const telling = apart.filter(({ length }) => length === 1).flat();
  const told = ASPECTS.filter((aspect) => telling.includes(aspect)).map(([, inWords]) => inWords(one));
  return [told.length === 0 ? 'every legislator' : `a legislator ${told.join(' and ')}`];
}

function differences(one: WordingCase, other: WordingCase): Aspect[] {
  return ASPECTS.filter(([aspect]) => one[aspect] !== other[aspect]);
}

type Aspect = [aspect: keyof WordingCase, inWords: (one: WordingCase) => string];

const ASPECTS: Aspect[] = [
  ['position', ({ position }) => (position ? `whose position is ${position}` : 'of whom nothing is known')],
  ['chamber', ({ chamber }) => `who sits in the ${chamber} chamber`],
  [
    'on_committee',
    ({ on_committee }) => `who ${on_committee ? 'sits' : 'does not sit'} on the committee that has the bill`,
  ],
  [
    'is_constituent',
    ({ is_constituent }) => `in whose district the supporter ${is_constituent ? 'lives' : 'does not live'}`,
  ],
  [
    'is_named',
    ({ is_named }) => `whom targets.extra or targets.fallback ${is_named ? 'names' : 'does not name'}`,
  ],
  [
    'is_bare',
    ({ is_bare }) =>
      is_bare ? 'whose first name, last name or party is not known' : 'whose names and party are known',
  ],
];
