// What is kept of supporters, told in words.
import { KEPT_FOR, type KeptFor, type ScrubPlan } from '../server/mail/scrub.ts';
import { textTable } from './text-table.ts';

/** What something is kept for, in words, and until when. */
const WHY: Record<KeptFor, string> = {
  confirming: 'to be confirmed by the supporter: 72 hours at most',
  waiting: 'to be sent: 28 days at most',
  sending: 'just being sent',
  mail_to_writer: 'until their writers are told what became of them: 24 hours at most',
  nothing: 'nothing: their time is over',
};

/** What is kept, for what, and what of it goes. */
export function planInWords(
  { letters, hashes }: Pick<ScrubPlan, 'letters' | 'hashes'>,
  files: { number: number; going: readonly string[] },
): string {
  const rows = KEPT_FOR.map((kept_for) => {
    const own = letters.filter((letter) => letter.kept_for === kept_for);
    return [WHY[kept_for], String(own.length), String(own.filter(({ goes }) => goes).length)];
  }).filter(([, number]) => number !== '0');
  const table =
    rows.length === 0
      ? 'No name, address or text of a supporter is kept here.\n'
      : `E-mails of supporters, with name, addresses and text, encrypted:\n\n${textTable([['kept for', 'number', 'to be erased'], ...rows], 1)}`;
  const outbox =
    files.number === 0
      ? ''
      : `\nIn DATA_DIR/outbox: ${files.number} mails that were written and not sent, readable by whoever can read the folder; ${files.going.length} to be erased, the others once they are 28 days old.\n`;
  return `${table}${outbox}
What remains in any case, and goes by itself: of each e-mail, to whom it was and in which hour, for 28 days; ${hashes.senders} counts of e-mails by address and day, and ${hashes.refusing} addresses that want no mail from here, both as hashes that only SECRET_KEY makes. What is counted names nobody.
`;
}
