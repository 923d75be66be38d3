import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A stretch of network between a client and a server on this machine, which can fall silent or be cut. */
export interface TcpProxy {
  port: number;
  /** The first bytes that each connection sent. */
  greetings: Buffer[];
  /** From now on nothing gets through, and nothing ends. */
  fallSilent: () => void;
  /** What was held back gets through, and all that follows. */
  speakAgain: () => void;
  /** Ends every connection. */
  cut: () => void;
  close: () => Promise<void>;
}

/** A proxy on a free port of loopback to `port` there. */
export async function startTcpProxy(port: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const greetings: Buffer[] = [];
  let isSilent = false;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    near.once('data', (bytes: Buffer) => greetings.push(bytes));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.pipe(other);
      if (isSilent) socket.pause();
      // Whoever ends one side, or breaks it, ends both.
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    greetings,
    fallSilent: () => {
      isSilent = true;
      for (const socket of sockets) socket.pause();
    },
    speakAgain: () => {
      isSilent = false;
      for (const socket of sockets) socket.resume();
    },
    cut,
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
