import type { NewBill, NewCampaign, TextsInLanguage } from './new-campaign.ts';
import { TO_WRITE } from './places-to-write.ts';

type TextsIn = (language: string) => TextsInLanguage;

/** Text as YAML takes it, whatever signs are in it. */
const quoted = (text: string): string => JSON.stringify(text);
const inBrackets = (codes: readonly string[]) => `[${codes.join(', ')}]`;

/** The campaign.yaml of a new campaign: every key with a note in plain words, and those that may be left out as notes. */
export function newYaml(campaign: NewCampaign, textsIn: TextsIn): string {
  const { state, ask, languages, message_languages, goal, dates, partners } = campaign;
  const { name, jurisdiction_id, chambers } = state;
  return `# yaml-language-server: $schema=../campaign.schema.json
# What follows # is a note to you; nobody else sees it. campaigns/README.md explains every key. A key whose line begins with #
# does nothing until you take that sign and the space after it away. Keep the other spaces at the start of lines.

# draft: nobody is asked anything yet. Write live when the texts are ready. Later: paused, won, lost or archived.
status: draft

# The name of the campaign, as supporters see it.
${localText('title', campaign, textsIn)}
# What is asked, and why, in a sentence or two.
${localText('summary', campaign, textsIn)}
# The state: ${name}.
jurisdiction_id: ${jurisdiction_id}

# Each bill as the legislature writes it, its session (usually the year), and the chamber in which it was filed:
# ${chambers.length === 1 ? `legislature, the only one in ${name}` : 'upper (the Senate) or lower (the other one)'}.
bills:
${campaign.bills.map((bill) => billLines(bill)).join('\n')}
${campaign.companions.map(companionLines).join('')}
# What the campaign asks for: support or oppose.
ask: ${ask}

# How many calls and e-mails you hope for.
goal: ${goal}

# The first day and the last day, of your state, both included. Outside of them nothing is asked.
${datesLines(dates)}

# What your page says once the campaign is won or lost, beside the count and the thanks.
# closing: "Thank you for your calls."
# The campaign to go on to then: its folder, or a web address.
# successor: https://example.org
# Names that this folder had before. Their links lead here.
# former_slugs: [old-name]

# Languages of your page, the first one whole: it stands in for what another lacks.
languages: ${inBrackets(languages)}
# Languages in which something is said or written to the offices. Put the one that the offices speak first.
message_languages: ${inBrackets(message_languages)}

# Organizations of your coalition. The code stands in a partner's link: ?partner=code
${partnerLines(partners)}

# Partners' sites that may show this campaign in a frame: https:// and the name of the site, with nothing after it.
# embed_origins: ["https://neighbors.example.org"]

# Supporters without a mail program may have their e-mail sent from here, where your site is set up for it; deliver_by is the
# last day on which it is of use.
# email:
#   send: true
#   deliver_by: 2026-03-31

# Who spoke with an office is asked what it said about the bill; only organizers see it. To leave that out:
# asks_reply: false

# A short name for flyers, in place of ${campaign.slug}: it stands in the web address that people type.
# short_link: short-name

# What else people can do once they have called or written.
${nextStepLines(campaign, textsIn)}

# Whom supporters are asked to contact. Left out: all of their own legislators.
# targets:
#   chambers: ${inBrackets(chambers)}
#   stances: [unknown, opponent]   # leave out 'ally' to spare those who are on your side already

# When the offices are usually open, and on which days they are closed. No holiday is known by itself.
# office_hours:
#   opens: "08:00"
#   closes: "17:00"
#   holidays: [2026-12-25, 2027-01-01]

# What legislators did on the bill, each with a web page that proves it. Sponsors and votes need not stand here if you have a
# key of OpenStates: npm run campaign -- sync ${campaign.slug}
# positions:
#   - person_id: ocd-person/00000000-0000-0000-0000-000000000000
#     position: says_support
#     session: ${quoted(campaign.bills[0]!.session)}
#     date: 2026-01-31
#     source: https://example.org

# Two wordings side by side, such as email@short.hbs and email@long.hbs: how often each comes. Left out: all alike.
# variants: {short: 2, long: 1}
`;
}

/** A text in each of the page's languages. What nobody has said yet is made up from the bills, with a note to write it. */
function localText(key: 'title' | 'summary', campaign: NewCampaign, textsIn: TextsIn): string {
  const said = campaign[key];
  const inEach = campaign.languages.map((language) => {
    const texts = textsIn(language);
    const own = said[language];
    return {
      language,
      text:
        own ?? (Object.keys(said).length > 0 && texts.needs_review ? Object.values(said)[0]! : texts[key]),
      is_made_up: own === undefined,
      needs_review: own === undefined && texts.needs_review,
    };
  });
  const what = key === 'title' ? 'The name of the campaign' : 'What is asked, and why';
  const [only] = inEach;
  const to_write = inEach.filter((one) => one.is_made_up).map(({ language }) => language);
  const note = to_write.length === 0 ? [] : [`# ${TO_WRITE}: ${what}, in ${to_write.join(' and ')}.`];
  const lines =
    inEach.length === 1 && !only!.needs_review
      ? [`${key}: ${quoted(only!.text)}`]
      : [
          `${key}:`,
          ...inEach.map(
            ({ language, text, needs_review }) =>
              `  ${language}: ${quoted(text)}${needs_review ? ' # needs review' : ''}`,
          ),
        ];
  return [...note, ...lines, ''].join('\n');
}

function billLines({ identifier, session, chamber, title, url, session_ends }: NewBill): string {
  return `  - identifier: ${quoted(identifier)}
    session: ${quoted(session)}
    chamber: ${chamber}
${title === undefined ? '    # title: "Its official title"' : `    title: ${quoted(title)}`}
${url === undefined ? '    # url: https://example.org/the-page-of-the-bill' : `    url: ${quoted(url)}`}
    # session_ends: ${session_ends ?? '2027-05-01'}   # the last day of the session, if OpenStates does not say it`;
}

function companionLines(bill: NewBill): string {
  return `  # OpenStates names the next one as a companion. To ask for it too, take the first # and the space after it of each line
  # away.
${billLines(bill).replaceAll(/^/gm, '# ')}
`;
}

function datesLines({ starts, ends }: NewCampaign['dates']): string {
  if (!starts && !ends) return '# dates:\n#   starts: 2026-01-15\n#   ends: 2026-03-31';
  return ['dates:', ...(starts ? [`  starts: ${starts}`] : []), ...(ends ? [`  ends: ${ends}`] : [])].join(
    '\n',
  );
}

function partnerLines(partners: NewCampaign['partners']): string {
  if (partners.length === 0) return '# partners:\n#   - code: neighbors\n#     name: Neighbors United';
  return [
    'partners:',
    ...partners.map(({ code, name }) => `  - code: ${quoted(code)}\n    name: ${quoted(name)}`),
  ].join('\n');
}

function nextStepLines({ bills, languages }: NewCampaign, textsIn: TextsIn): string {
  const linked = bills.filter(({ url }) => url !== undefined);
  if (linked.length === 0) return '# next_steps:\n#   - label: Read the bill\n#     url: https://example.org';
  return [
    'next_steps:',
    ...linked.flatMap(({ identifier, url }) => [
      '  - label:',
      ...languages.map((language) => {
        const { readBill, needs_review } = textsIn(language);
        return `      ${language}: ${quoted(readBill(identifier))}${needs_review ? ' # needs review' : ''}`;
      }),
      `    url: ${quoted(url!)}`,
    ]),
  ].join('\n');
}
