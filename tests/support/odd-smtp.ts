import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** Steps of handing over a mail: 'text' is what comes after DATA, 'end' the answer to its last line. */
export type SmtpStep = 'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'end';

/** What the server does at one step: nothing more at all, breaks off, a byte now and then for ever, or an answer. */
export type Oddity = 'stalls' | 'drops' | 'drips' | `${number} ${string}`;

/** A mail server that misbehaves at one step, in ways that no library offers. */
export interface OddSmtp {
  port: number;
  /** How many mails came to their last line. */
  whole: () => number;
  /** How many connections are open. */
  open: () => number;
  close: () => Promise<void>;
}

const ANSWERS: Record<SmtpStep, string> = {
  greeting: '220 odd.example.org',
  EHLO: '250 odd.example.org',
  MAIL: '250 2.1.0 Ok',
  RCPT: '250 2.1.5 Ok',
  DATA: '354 Go on',
  end: '250 2.0.0 Queued',
};

/** Starts it on a free port of this machine. */
export async function startOddSmtp(step: SmtpStep, oddity: Oddity): Promise<OddSmtp> {
  let whole = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let dripping: NodeJS.Timeout | undefined;
    socket.on('close', () => {
      clearInterval(dripping);
      sockets.delete(socket);
    });
    // The other side breaks off: that is what is looked at.
    socket.on('error', () => undefined);
    const answer = (at: SmtpStep) => {
      if (at !== step) return socket.write(`${ANSWERS[at]}\r\n`);
      if (oddity === 'drops') return socket.destroy();
      if (oddity === 'drips') {
        socket.write(`${ANSWERS[at].slice(0, 3)}-`);
        dripping = setInterval(() => socket.write('x'), 20);
        return socket;
      }
      return oddity === 'stalls' ? socket : socket.write(`${oddity}\r\n`);
    };
    let is_text = false;
    let rest = '';
    socket.on('data', (bytes) => {
      rest += bytes.toString('latin1');
      if (is_text) {
        if (!rest.endsWith('\r\n.\r\n')) return;
        is_text = false;
        rest = '';
        whole += 1;
        answer('end');
        return;
      }
      if (!rest.endsWith('\r\n')) return;
      const command = rest.slice(0, 4).replace('HELO', 'EHLO') as SmtpStep;
      rest = '';
      is_text = command === 'DATA' && step !== 'DATA';
      answer(command);
    });
    answer('greeting');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    whole: () => whole,
    open: () => sockets.size,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
