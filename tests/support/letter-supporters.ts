import type { SmtpStub } from './smtp-stub.ts';

/** The supporters of a series of kills: they hand in letters and confirm them, and do once more what was not answered. */
export interface LetterSupporters {
  /** Letters that were handed in or are to be. */
  letters: () => number;
  /** So many more want to write a letter. */
  join: (how_many: number) => void;
  /** How many letters wait to be handed in, or to be confirmed. */
  open: () => number;
  /** There is another process, of which nothing was asked yet; `send` sends it a line. */
  meet: (send: (line: string) => void) => void;
  /** Reads the mails that came in, and asks the process for what is open and was not asked of it before. */
  ask: () => void;
  /** A line of the process: what came of what was asked. */
  hear: (line: string) => void;
}

/** Makes supporters who read their mails at this mail server. */
export function letterSupporters(smtp: SmtpStub): LetterSupporters {
  /** What is to be done, as the lines that the process is asked with. */
  const open = new Set<string>();
  const asked = new Set<string>();
  const confirmed = new Set<string>();
  let letters = 0;
  let read = 0;
  let send: (line: string) => void;

  const readMails = () => {
    for (; read < smtp.received.length; read += 1) {
      const [, id, mail] = /^<(.+)\.(\w+)@/.exec(smtp.received[read]!.mail.messageId ?? '') ?? [];
      if (mail === 'confirmation' && id !== undefined && !confirmed.has(id)) open.add(`confirm ${id}`);
    }
  };
  return {
    letters: () => letters,
    join: (how_many) => {
      for (let one = 0; one < how_many; one += 1) open.add(`hand ${letters++}`);
    },
    open: () => open.size,
    meet: (to) => {
      send = to;
      asked.clear();
    },
    ask: () => {
      readMails();
      for (const line of open)
        if (!asked.has(line)) {
          asked.add(line);
          send(line);
        }
    },
    hear: (line) => {
      const [what, which = '', outcome = ''] = line.split(' ');
      // As people do where a page says that it can't be done just now.
      if (what === 'failed') asked.delete(`${which} ${outcome}`);
      if (what === 'handed') open.delete(`hand ${which}`);
      if (what === 'confirmed' && ['moved', 'done_before'].includes(outcome)) confirmed.add(which);
      // Too late: handed in anew meanwhile, and the mail of the later one is confirmed.
      if (what === 'confirmed' && ['moved', 'done_before', 'too_late'].includes(outcome))
        open.delete(`confirm ${which}`);
    },
  };
}
