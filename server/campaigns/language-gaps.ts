import type { Campaign, MessageTemplate, NextStep } from './campaign.ts';
import type { LocalText } from './local-text.ts';

/** A text that is lacking in a language: where in campaign.yaml that is told, and what is shown instead. */
export interface Gap {
  path: PropertyKey[];
  message: string;
}

/**
 * Every text that a whole campaign has in the first language and lacks in another, and every language of its pages that
 * the program itself does not speak.
 */
export function gapsOf(
  campaign: Campaign,
  { spoken, folders }: { spoken: string[] | undefined; folders: string[] },
): Gap[] {
  return [
    ...interfaceGaps(campaign, spoken),
    ...strayTexts(campaign, folders),
    ...pageGaps(campaign, spoken),
    ...promptGaps(campaign, spoken),
    ...messageGaps(campaign),
    ...unpairedTexts(campaign),
  ];
}

function interfaceGaps({ languages, message_languages }: Campaign, spoken: string[] | undefined): Gap[] {
  const unspoken = (list: string[], name: string, what: string) =>
    list.flatMap((language, index): Gap[] => {
      if (!spoken || spoken.includes(language)) return [];
      const message = `Statehouse itself does not speak '${language}' yet, so ${what}. It speaks: ${spoken.join(', ')}.`;
      return [{ path: [name, index], message }];
    });
  return [
    ...unspoken(languages, 'languages', 'no page is shown in it'),
    ...unspoken(
      message_languages,
      'message_languages',
      'what it puts into messages, such as [your name] and the words for a position, is English',
    ),
  ];
}

interface Line {
  /** Of its key. */
  name: string;
  path: PropertyKey[];
  text: LocalText;
}

/** Every text of campaign.yaml that can have one line for each language. */
function linesOf({ title, summary, bills, closing, targets, partners, next_steps }: Campaign): Line[] {
  const { extra, fallback } = targets;
  return [
    { name: 'title', path: ['title'], text: title },
    { name: 'summary', path: ['summary'], text: summary },
    ...bills.flatMap(({ session_name: text }, index) =>
      text ? [{ name: 'session_name', path: ['bills', index, 'session_name'], text }] : [],
    ),
    ...(closing ? [{ name: 'closing', path: ['closing'], text: closing }] : []),
    ...extra.map(({ reason }, index) => ({
      name: 'reason',
      path: ['targets', 'extra', index, 'reason'],
      text: reason,
    })),
    ...(fallback ? [{ name: 'reason', path: ['targets', 'fallback', 'reason'], text: fallback.reason }] : []),
    ...labelsOf(next_steps, ['next_steps']),
    ...partners.flatMap(({ next_steps: own = [] }, index) =>
      labelsOf(own, ['partners', index, 'next_steps']),
    ),
  ];
}

function labelsOf(steps: NextStep[], path: PropertyKey[]): Line[] {
  return steps.map(({ label }, index) => ({ name: 'label', path: [...path, index, 'label'], text: label }));
}

/** Texts in languages that the campaign does not name: nobody would see them. */
function strayTexts(campaign: Campaign, folders: string[]): Gap[] {
  const { languages, message_languages } = campaign;
  const isStray = (language: string) => ![...languages, ...message_languages].includes(language);
  const how = "Add it to 'languages', or take it out.";
  const inFolders = folders
    .filter((name) => /^[a-z]{2,3}$/.test(name) && isStray(name))
    .map((name) => ({
      path: ['languages'],
      message: `There is a folder '${name}', but no language '${name}', so its texts are not shown. ${how}`,
    }));
  const inLines = linesOf(campaign).flatMap(({ path, text }) =>
    Object.keys(text)
      .filter(isStray)
      .map((language) => ({
        path: [...path, language],
        message: `There is no language '${language}', so this line is not shown. ${how}`,
      })),
  );
  return [...inFolders, ...inLines];
}

/** Scripts whose paragraphs can't stand beside each other. */
function unpairedTexts({ templates, message_languages, languages }: Campaign): Gap[] {
  const first = message_languages[0]!;
  const count = ({ text }: MessageTemplate) => text.split(/\n\s*\n/).length;
  return templates.flatMap((template): Gap[] => {
    if (template.language === first || template.kind === 'email') return [];
    const original = templates.find((other) => other.language === first && isSame(other, template));
    if (!original || count(original) === count(template)) return [];
    const place = message_languages.indexOf(template.language);
    const path =
      place === -1 ? ['languages', languages.indexOf(template.language)] : ['message_languages', place];
    const message = `${template.language}/${nameOf(template)} has ${count(template)} paragraphs and ${first}/${nameOf(original)} has ${count(original)}, so they stand one below the other. Write as many in both.`;
    return [{ path, message }];
  });
}

function pageGaps(campaign: Campaign, spoken: string[] | undefined): Gap[] {
  const { languages, pages, flyers } = campaign;
  const first = languages[0]!;
  return languages.slice(1).flatMap((language, index): Gap[] => {
    if (spoken && !spoken.includes(language)) return [];
    const instead = `Pages in '${language}' show the one in '${first}'.`;
    const page = pages[language]
      ? []
      : [{ path: ['languages', index + 1], message: `There is no ${language}/page.md. ${instead}` }];
    const flyer =
      flyers[first] && !flyers[language]
        ? [
            {
              path: ['languages', index + 1],
              message: `There is no ${language}/flyer.md. Flyers in '${language}' are made of the title, the summary and words that fit any bill.`,
            },
          ]
        : [];
    const lacking = linesOf(campaign)
      .filter(({ text }) => text[language] === undefined)
      .map(({ name, path, text }) => {
        const how =
          Object.keys(text).length > 1
            ? 'Add it.'
            : `Write one line for each language: ${Object.keys(text)[0]} and ${language}.`;
        return { path, message: `There is no '${name}' in '${language}'. ${instead} ${how}` };
      });
    return [...page, ...flyer, ...lacking];
  });
}

/** Prompts are wanted in every language of the pages, or in none. */
function promptGaps({ languages, prompts }: Campaign, spoken: string[] | undefined): Gap[] {
  if (Object.keys(prompts).length === 0) return [];
  const first = languages[0]!;
  return languages.flatMap((language, index): Gap[] => {
    if (prompts[language] || (spoken && !spoken.includes(language))) return [];
    const instead = prompts[first] ? `show those in '${first}'` : 'show none';
    const message = `There is no ${language}/prompts.md. Pages in '${language}' ${instead}.`;
    return [{ path: ['languages', index], message }];
  });
}

/** Messages are wanted in each message language and, to read beside them, in each language of the pages. */
function messageGaps({ languages, message_languages, templates }: Campaign): Gap[] {
  const first = message_languages[0]!;
  const others = [...new Set([...message_languages, ...languages])].filter((language) => language !== first);
  return others.flatMap((language) => {
    const offered = message_languages.indexOf(language);
    const path = offered === -1 ? ['languages', languages.indexOf(language)] : ['message_languages', offered];
    const own = templates.filter((template) => template.language === language);
    return templates
      .filter((template) => template.language === first && !own.some((other) => isSame(other, template)))
      .map((template) => {
        const what = `There is no ${language}/${nameOf(template)}.`;
        return {
          path,
          message: `${what} ${offered === -1 ? NO_TRANSLATION : `Another wording in '${language}' is used where one fits${template.kind === 'voicemail' ? ', or the call script' : ''}; else the one in '${first}'.`}`,
        };
      });
  });
}

const NO_TRANSLATION = 'The message stands without a translation for those who read that language.';

function isSame(one: MessageTemplate, other: MessageTemplate): boolean {
  return one.kind === other.kind && one.wording === other.wording && one.variant === other.variant;
}

/** The name of a message's file: 'email.ally@short.hbs'. */
function nameOf({ kind, wording, variant }: MessageTemplate): string {
  return `${kind}${wording === 'plain' ? '' : `.${wording}`}${variant && `@${variant}`}.hbs`;
}
