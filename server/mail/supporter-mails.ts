import { calendarDay, clockTime } from '../calendar.ts';
import { inLanguage } from '../campaigns/local-text.ts';
import { stateFacts } from '../legislators/states.ts';
import { dayIn, timeIn, zoneIn } from '../words/dates.ts';
import type { Translate } from '../words/locale.ts';
import { languageIn, nameIn } from '../words/names.ts';
import { answerToken } from './answer-token.ts';
import { headerName, headerText, plainText } from './header-text.ts';
import type { EndReason } from './letter-states.ts';
import { TIME_LIMITS } from './letter-states.ts';
import type { LetterRight } from './letter-token.ts';
import type { MailBody, MailLink, MailWritten } from './mail-body.ts';
import type { MailDesk, MailSubject } from './mail-desk.ts';
import { senderHash } from './sender-hash.ts';

const HOUR_MS = 3_600_000;

/** Reasons for which a letter that was confirmed does not go, and for which the views have words. */
const TOLD: readonly EndReason[] = [
  'refused_by_server',
  'refused_by_organizer',
  'not_a_target',
  'too_late',
  'kept_too_long',
  'campaign_over',
  'mode_changed',
];

/**
 * Asks the supporter to confirm their letter, or to take it back, and says what comes next. Whoever reads it may be a stranger
 * whose address someone typed: where the letter has links that the campaign does not have, nothing that was typed is in the
 * mail, and the letter is on the page behind our link alone. Else this would be a way to send such links to anyone.
 */
export function confirmationBody(about: MailSubject, desk: MailDesk): MailBody {
  const { letter, campaign } = about;
  const t = wordsOf(about, desk);
  const who = nameIn(t, about.legislator);
  const is_shown = !letter.held.includes('links');
  const until = new Date(Date.parse(letter.handed_in_at) + TIME_LIMITS.confirm_ms);
  const sender = senderHash(desk.secrets[0]!, about.content.email);
  const link = (right: LetterRight, label: string) => {
    const token = desk.letter_tokens.issue(right, letter.id, right === 'not-me' ? sender : '');
    return linkTo(desk, t, { page: right, token, label });
  };
  return {
    t,
    subject: t('mail.confirmation.subject', { who }),
    parts: [
      t('mail.confirmation.asked', {
        who,
        site: new URL(desk.base_url).host,
        campaign: inLanguage(campaign.title, letter.page_language).text,
      }),
      t(is_shown ? 'mail.confirmation.read' : 'mail.confirmation.unseen'),
      ...(isForOffice(about)
        ? [t('mail.confirmation.foreign', { language: languageIn(t, letter.message_language) })]
        : []),
      {
        ...link('confirm', t(`mail.confirmation.${is_shown ? 'confirm' : 'unseen_confirm'}`)),
        is_main: true,
      },
      t('mail.confirmation.until', {
        hours: TIME_LIMITS.confirm_ms / HOUR_MS,
        moment: momentOf(t, until, campaign.state),
      }),
      t('mail.confirmation.next'),
      ...(letter.deliver_by === ''
        ? []
        : [t('mail.confirmation.by', { date: lastDayOf(t, letter.deliver_by, campaign.state) })]),
      t('mail.confirmation.withdraw_lead'),
      link('withdraw', t('mail.confirmation.withdraw')),
      t('mail.confirmation.not_me_lead'),
      link('not-me', t('mail.confirmation.not_me')),
      t('mail.confirmation.kept'),
    ],
    written: is_shown ? written(t, t('mail.confirmation.below'), about, desk) : undefined,
  };
}

/** Says that the letter has gone, and when, with what was sent. */
export function receiptBody(about: MailSubject, desk: MailDesk): MailBody {
  const t = wordsOf(about, desk);
  const who = nameIn(t, about.legislator);
  const { time_zone } = stateFacts(about.campaign.state);
  const at = new Date(about.letter.changed_at);
  // Of what is over no more than the hour is kept.
  const hourOf = (moment: Date) => timeIn(t, `${clockTime(moment, time_zone).slice(0, 2)}:00`);
  return {
    t,
    subject: t('mail.receipt.subject', { who }),
    parts: [
      t('mail.receipt.sent', {
        who,
        date: dayIn(t, calendarDay(at, time_zone)),
        time: hourOf(at),
        end: hourOf(new Date(at.getTime() + HOUR_MS)),
        zone: zoneIn(t, time_zone, at),
      }),
      t('mail.receipt.answers'),
      t('mail.receipt.answered_lead'),
      linkTo(desk, t, {
        page: 'answered',
        token: answerToken(about, desk),
        label: t('mail.receipt.answered'),
      }),
      t('mail.receipt.erased'),
    ],
    written: written(t, t('mail.receipt.below'), about, desk),
  };
}

/** Says that a letter which was confirmed does not go, and why, with all that is needed to send it oneself. */
export function noticeBody(about: MailSubject, desk: MailDesk): MailBody {
  const t = wordsOf(about, desk);
  const who = whoIs(t, about);
  const { reason } = about.letter;
  const told = reason !== '' && TOLD.includes(reason) ? reason : 'other';
  return {
    t,
    subject: t('mail.notice.subject', { who }),
    parts: [
      `${t('mail.notice.not_sent', { who })} ${t(`mail.notice.reason.${told}`)}`,
      ...(about.to.address === '' ? [] : [t('mail.notice.yourself', { address: about.to.address })]),
      t('mail.notice.erased'),
    ],
    written: written(t, t('mail.notice.below'), about, desk),
  };
}

/** To whom it was to go; of someone who has left, and whom no roster names any more, only that. */
function whoIs(t: Translate, { legislator }: Pick<MailSubject, 'legislator'>): string {
  return legislator.name === '' ? t('mail.notice.someone') : nameIn(t, legislator);
}

/** Whether a letter is in the language of the offices, which is not the one that its writer reads. */
function isForOffice({ letter, campaign }: MailSubject): boolean {
  const { message_language, page_language } = letter;
  return message_language !== page_language && message_language === campaign.message_languages[0];
}

function wordsOf({ letter }: MailSubject, { locales }: MailDesk): Translate {
  return locales.translate(letter.page_language);
}

function linkTo(
  { base_url }: MailDesk,
  t: Translate,
  { page, token, label }: { page: string; token: string; label: string },
): MailLink {
  return { label, url: `${base_url}/letters/${page}/${token}?lang=${t.language}`, is_main: false };
}

/** The day that ends at a moment: 'December 15, 2026', of its midnight. */
function lastDayOf(t: Translate, iso: string, state: string): string {
  return dayIn(t, calendarDay(new Date(Date.parse(iso) - 1), stateFacts(state).time_zone));
}

/** A moment without its seconds: 'November 24, 2026, 10:30 am (Eastern time)'. */
function momentOf(t: Translate, moment: Date, state: string): string {
  const { time_zone } = stateFacts(state);
  return t('mail.moment', {
    date: dayIn(t, calendarDay(moment, time_zone)),
    time: timeIn(t, clockTime(moment, time_zone)),
    zone: zoneIn(t, time_zone, moment),
  });
}

/** The letter as it goes, or would have gone. */
function written(
  t: Translate,
  title: string,
  { letter, content, legislator, to }: MailSubject,
  { mail_from }: MailDesk,
): MailWritten {
  const name = headerName(content.name);
  const who = whoIs(t, { legislator });
  return {
    title,
    lines: [
      { label: t('mail.to'), value: to.address === '' ? who : `${who} <${to.address}>` },
      { label: t('mail.from'), value: `${name || mail_from.name} <${mail_from.address}>` },
      { label: t('mail.answers_to'), value: content.email },
      { label: t('mail.subject'), value: headerText(content.subject) },
    ],
    text: plainText(content.text),
    language: letter.message_language,
  };
}
