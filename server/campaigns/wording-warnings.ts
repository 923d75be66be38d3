import type { FileFault } from '../errors.ts';
import type { Campaign, MessageTemplate } from './campaign.ts';
import { asksFor } from './template-syntax.ts';
import { everyPosition, namesOthers, producible, textsMet } from './wordings.ts';

/**
 * Texts that no legislator gets, texts that may say what is not so of a supporter from elsewhere, and a place for a
 * supporter's own words where nobody is asked for them.
 */
export function wordingWarnings(campaign: Campaign): FileFault[] {
  const met = textsMet(campaign);
  const unmet = campaign.templates
    .filter((template) => template.wording !== 'plain' && !met.has(template))
    .filter((one, index, all) => all.findIndex((other) => isSameWording(one, other)) === index);
  return [
    ...unmet.flatMap((template) => {
      const message = whyUnmet(campaign, template);
      return message === undefined ? [] : [{ file: template.file, line: 1, column: 1, message }];
    }),
    ...unasked(
      campaign,
      campaign.templates.filter((template) => met.has(template)),
    ),
    ...unprompted(campaign),
  ];
}

function unprompted({ prompts, templates, languages }: Campaign): FileFault[] {
  if (Object.keys(prompts).length > 0) return [];
  const message = `Nobody is asked for their own words, so nothing stands here: there is no ${languages[0]}/prompts.md. Write it, or take {{supporter.own_words}} out.`;
  return templates.flatMap(({ file, text }) =>
    text.includes('supporter.own_words') ? [{ file, line: 1, column: 1, message }] : [],
  );
}

/** Whether they are variants of each other. */
function isSameWording(one: MessageTemplate, other: MessageTemplate): boolean {
  return one.language === other.language && one.kind === other.kind && one.wording === other.wording;
}

/** Why no legislator gets a text; undefined where it translates a file that is not there, which is another matter. */
function whyUnmet(campaign: Campaign, { kind, wording, language }: MessageTemplate): string | undefined {
  const getting = everyPosition(campaign.ask).filter(
    ({ position, stance }) => position === wording || stance === wording,
  );
  const { stance } = getting[0]!;
  const asked = producible(campaign).map(({ position }) => position);
  if (!getting.some(({ position }) => asked.includes(position))) {
    const who = wording === stance ? '' : `The position '${wording}' makes the stance '${stance}', and `;
    const none = `${who === '' ? 'N' : 'n'}obody of the stance '${stance}' is asked`;
    return `${who}${none}: targets.stances are ${campaign.targets.stances.join(', ')}. Add '${stance}' there, or take this file out.`;
  }
  const is_said =
    campaign.message_languages.includes(language) ||
    campaign.templates.some(
      (other) =>
        campaign.message_languages.includes(other.language) &&
        other.kind === kind &&
        other.wording === wording,
    );
  if (!is_said) return undefined;
  const names = getting.map(({ position }) => position).join(', ');
  return `Nobody gets this text: each position of the stance '${stance}' has a file of its own (${names}). Take this file out, or one of those.`;
}

/** Texts for those who may live elsewhere that never ask whether they do. */
function unasked(campaign: Campaign, met: MessageTemplate[]): FileFault[] {
  if (!namesOthers(campaign)) return [];
  const { extra, fallback } = campaign.targets;
  const named = [...(extra.length > 0 ? ['targets.extra'] : []), ...(fallback ? ['targets.fallback'] : [])];
  const message = `By ${named.join(' and ')}, this text may be said by people who do not live in the district. Ask first: {{#if is_constituent}}I live in your district{{else}}I live in {{state.name}}{{/if}}`;
  return met
    .filter(({ text }) => !asksFor(text, 'is_constituent'))
    .map(({ file }) => ({ file, line: 1, column: 1, message }));
}
