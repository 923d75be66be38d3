import { OperationalError } from '../errors.ts';
import { describeError, type Log } from '../log.ts';
import type { SmtpServer } from './smtp-server.ts';
import { reachServer } from './transport.ts';

/**
 * Says in the log how mail is sent, and, where it is, whether the mail server lets us in: a server that does not is warned of,
 * and stops nothing, since it may be back before the first mail.
 */
export async function tellMailMode({
  sends_mail,
  smtp_server,
  log,
}: {
  sends_mail: boolean;
  smtp_server: SmtpServer | undefined;
  log: Log;
}): Promise<void> {
  if (!sends_mail || !smtp_server)
    return log('info', 'mail_mode', { mode: 'preview', message: 'No e-mail leaves this machine.' });
  const at = `${smtp_server.host}:${smtp_server.port}`;
  log('info', 'mail_mode', { mode: 'live', message: `E-mails are handed to the mail server ${at}.` });
  try {
    await reachServer(smtp_server);
    log('info', 'mail_server_reached', { message: `The mail server ${at} lets us in.` });
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error;
    log('warn', 'mail_server_not_reached', describeError(error));
  }
}
