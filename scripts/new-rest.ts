// What npm run campaign -- new asks once the bills are known.
import { daysAfter } from '../server/calendar.ts';
import type { Partner } from '../server/campaigns/campaign.ts';
import { type Answer, readDay, readGoal, readLanguages, readLastDay, readPartner } from './new-answers.ts';
import type { Given } from './new-flags.ts';
import { line, optional, type Terminal } from './new-prompt.ts';
import { languageName, type Proposed, type Topic } from './new-review.ts';

/** What the rest is asked with. */
export interface RestParts {
  /** Stand there as a beginning. */
  proposed: Proposed;
  /** Today in the campaign's state: YYYY-MM-DD. */
  today: string;
  /** What was asked already: it is not asked again, were the answer nothing at all. */
  settled: ReadonlySet<Topic>;
  /** What was answered before it was to be changed: it stands there to be taken or changed. */
  was: Given | undefined;
}

/** Asks what nobody has said yet, and says of what has been asked that it is settled. */
export async function askTheRest(
  known: Given,
  terminal: Terminal,
  parts: RestParts,
): Promise<Given & Required<Pick<Given, 'languages' | 'goal'>>> {
  const { settled, was } = parts;
  const languages =
    known.languages ??
    (await line(terminal, {
      message: 'Languages of your page, the main one first: en English, es Spanish, ht Haitian Creole …',
      proposed: was?.languages?.join(', ') ?? 'en',
      read: readLanguages,
    }));
  const texts = settled.has('texts')
    ? { title: known.title, summary: known.summary }
    : await askTexts(known, terminal, { ...parts, languages });
  const goal =
    known.goal ??
    (await line(terminal, {
      message: 'How many calls and e-mails do you hope for?',
      proposed: String(was?.goal ?? 500),
      read: readGoal,
    }));
  const days = settled.has('days') ? known : await askDays(known, terminal, parts.today);
  const is_said = known.partners.length > 0 || settled.has('partners');
  const partners = is_said ? known.partners : await askPartners(terminal);
  const { starts, ends } = days;
  return {
    ...known,
    ...texts,
    languages,
    goal,
    partners,
    ...(starts === undefined ? {} : { starts }),
    ...(ends === undefined ? {} : { ends }),
  };
}

async function askTexts(
  known: Given,
  terminal: Terminal,
  { languages, proposed, was }: RestParts & { languages: string[] },
): Promise<Pick<Given, 'title' | 'summary'>> {
  const texts: Pick<Given, 'title' | 'summary'> = { title: {}, summary: {} };
  for (const [index, language] of languages.entries()) {
    const named = languages.length > 1 ? `, in ${languageName(language)}` : '';
    for (const [key, message] of [
      ['title', `The title of the campaign${named}`],
      ['summary', `What you ask, and why, in a sentence or two${named}`],
    ] as const) {
      const own = known[key][language];
      if (own !== undefined) texts[key][language] = own;
      if (own !== undefined) continue;
      const later = index > 0 ? ' (empty: write it later)' : '';
      const typed = await line(terminal, {
        message: `${message}${later}`,
        proposed: was?.[key][language] ?? (index > 0 ? '' : proposed(language)[key]),
        read: (answer): Answer<string> =>
          answer === '' && index === 0
            ? { fault: 'Write a few words. You can change them later.' }
            : { value: answer },
      });
      // Why is not said yet in a summary that stands as it was proposed.
      const is_said = typed !== '' && (key === 'title' || typed !== proposed(language)[key]);
      if (is_said) texts[key][language] = typed;
    }
  }
  return texts;
}

async function askDays(
  known: Given,
  terminal: Terminal,
  today: string,
): Promise<Pick<Given, 'starts' | 'ends'>> {
  const starts =
    known.starts ??
    (await line(terminal, {
      message: 'The first day of the campaign, as YYYY-MM-DD. Press Enter for none.',
      example: today,
      read: optional(readDay),
    }));
  const ends =
    known.ends ??
    (await line(terminal, {
      message: 'The last day of the campaign, as YYYY-MM-DD. Press Enter for none.',
      example: daysAfter(starts ?? today, 30),
      read: optional((typed) => readLastDay(typed, { starts, today })),
    }));
  return { ...(starts === undefined ? {} : { starts }), ...(ends === undefined ? {} : { ends }) };
}

async function askPartners(terminal: Terminal): Promise<Partner[]> {
  const partners: Partner[] = [];
  for (;;) {
    const next = await line(terminal, {
      message: `${partners.length === 0 ? 'A partner' : 'Another partner'} of your coalition, as code=name. Press Enter if there is none.`,
      example: 'neighbors=Neighbors United',
      read: optional((typed) => {
        const found = readPartner(typed);
        const is_twin = 'value' in found && partners.some(({ code }) => code === found.value.code);
        return is_twin
          ? { fault: `There is a partner '${found.value.code}' already. Use another code.` }
          : found;
      }),
    });
    if (!next) return partners;
    partners.push(next);
  }
}
