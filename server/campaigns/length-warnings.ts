import { mailLinks } from '../../views/assets/mail-links.js';
import type { FileFault } from '../errors.ts';
import type { Campaign, MessageTemplate, MessageText } from './campaign.ts';
import { messageVersions } from './campaign-texts.ts';
import type { MessageWords } from './messages.ts';
import type { Target } from './targets.ts';

/** Letters of a Subject. RFC 5322 (section 2.1.1) asks for lines of 78 at most, and lists of mail show no more on a wide screen. */
export const LONGEST_SUBJECT = 78;
/** Letters of an e-mail that goes into the web form of a legislature. These publish no limit: the rule is ours, a page of text. */
export const LONGEST_FORM = 2000;
/** Words of a call script: half a minute, at the 150 words a minute of calm speech. */
export const LONGEST_CALL = 75;
/** Words said to a machine: the shortest that are in use stop after a minute, and names and numbers are said slowly, at 100 words a minute. */
export const LONGEST_VOICEMAIL = 100;

/** What is long but not rare among the names that are filled in. */
const LONG_NAME = 'Bartholomew Featherstone';
const LONG_ADDRESS = `${'x'.repeat(24)}@${'x'.repeat(13)}.gov`;
const LONG_WORDS: MessageWords = {
  supporter: {
    name: LONG_NAME,
    street: '1234 Northwest 127th Avenue',
    city: 'Palm Beach Gardens',
    zip: '33410',
  },
  state_name: 'North Carolina',
  chamberName: () => 'House',
  titleOf: () => 'Representative',
  positionLabel: () => 'served on the committee that had',
  the_bill: 'the bill',
  dayInWords: () => 'September 30, 2026',
};

/** Messages that come out longer than mail programs, web forms, callers and machines take, by the longest way in which they come out. */
export function lengthWarnings(campaign: Campaign): FileFault[] {
  return [...messageVersions(campaign, withLongNames, LONG_WORDS)].flatMap(([template, versions]) =>
    (template.kind === 'email' ? ofEmail : ofScript)(template, versions).map((warning) => ({
      file: template.file,
      column: 1,
      ...warning,
    })),
  );
}

interface Warning {
  line: number;
  message: string;
}

function ofEmail(_: MessageTemplate, versions: MessageText[]): Warning[] {
  const subject = longest(versions, ({ subject }) => subject.length);
  const text = longest(versions, (one) => linkLength(one));
  const letters = text.text.length;
  const is_cut = mailLinks({ to: LONG_ADDRESS, ...text }).is_cut;
  const spare = shorterBy(text);
  const long_subject = `With long names the Subject has ${subject.subject.length} letters, and mail programs cut it off after ${LONGEST_SUBJECT}. Put what matters first, and shorten it.`;
  const over_form = letters > LONGEST_FORM ? ' Web forms of legislatures may refuse it too.' : '';
  const long_text = `With long names this e-mail has ${letters} letters: too long for a link to a mail program, so supporters have to copy and paste it.${over_form} Shorten it by about ${spare} letters.`;
  return [
    ...(subject.subject.length > LONGEST_SUBJECT ? [{ line: 1, message: long_subject }] : []),
    ...(is_cut ? [{ line: 3, message: long_text }] : []),
  ];
}

function ofScript({ kind }: MessageTemplate, versions: MessageText[]): Warning[] {
  const words = Math.max(...versions.map(({ text }) => text.split(/\s+/).length));
  if (kind === 'phone' && words > LONGEST_CALL) {
    const message = `This script has ${words} words, which take about ${Math.round((words / 150) * 60)} seconds to say. ${LONGEST_CALL} fit into half a minute: leave out what the office does not need.`;
    return [{ line: 1, message }];
  }
  if (kind === 'voicemail' && words > LONGEST_VOICEMAIL) {
    const message = `This has ${words} words, and some machines stop before the end. ${LONGEST_VOICEMAIL} fit.`;
    return [{ line: 1, message }];
  }
  return [];
}

function longest(versions: MessageText[], lengthOf: (one: MessageText) => number): MessageText {
  return versions.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one));
}

/** In a link spaces, line ends and foreign letters take more room than in the text. */
function linkLength({ subject, text }: MessageText): number {
  return encodeURIComponent(subject).length + encodeURIComponent(text.replaceAll('\n', '\r\n')).length;
}

/** How many letters at the end must go for the rest to fit, to the next ten. */
function shorterBy(message: MessageText): number {
  let [fits, over] = [0, message.text.length];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    const cut = mailLinks({
      to: LONG_ADDRESS,
      subject: message.subject,
      text: message.text.slice(0, middle),
    });
    if (cut.is_cut) over = middle;
    else fits = middle;
  }
  return Math.ceil((message.text.length - fits) / 10) * 10;
}

function withLongNames(target: Target): Target {
  const { legislator, position } = target;
  const [given_name, family_name] = LONG_NAME.split(' ') as [string, string];
  return {
    ...target,
    committee: target.committee && 'Fiscal Policy',
    legislator: {
      ...legislator,
      name: LONG_NAME,
      party: legislator.party && 'Republican',
      ...(legislator.given_name ? { given_name, family_name } : {}),
      current_role: { ...legislator.current_role, district: '123' },
    },
    position: position && { ...position, date: '2026-09-30' },
  };
}
