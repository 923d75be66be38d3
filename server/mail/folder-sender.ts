import { OperationalError } from '../errors.ts';
import { putIntoOutbox } from './outbox-folder.ts';
import type { Sender } from './sender.ts';
import { writeMail } from './transport.ts';

/**
 * Sends nothing: each mail becomes a file in DATA_DIR/outbox, as it would go over the wire, and counts as accepted. Where the
 * folder can't be written to, it is to be tried again.
 */
export function createFolderSender({
  data_dir,
  now,
  newId,
}: {
  data_dir: string;
  now: () => Date;
  newId: () => string;
}): Sender {
  return {
    mode: 'preview',
    send: async (message) => {
      const mail = await writeMail(message);
      try {
        await putIntoOutbox(mail, { data_dir, now: now(), id: newId() });
      } catch (error) {
        if (!(error instanceof OperationalError)) throw error;
        return { outcome: 'later', why: error.code };
      }
      return { outcome: 'accepted' };
    },
  };
}
