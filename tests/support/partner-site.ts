import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A partner's own site on this machine, with one page. */
export interface PartnerSite {
  /** Its origin by the name that the tests list, and by one that they do not. */
  origin: string;
  unlisted: string;
  /** What stands on its page from now on, and what its server says of scripts and styles. */
  show: (html: string, policy?: string) => void;
  close: () => void;
}

/** Starts the site. By its name it is another site than the app, which is asked by number. */
export async function openPartnerSite(): Promise<PartnerSite> {
  let page = '';
  let headers: Record<string, string> = {};
  const server = createServer((_req, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(page);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    unlisted: `http://127.0.0.1:${port}`,
    show: (html, policy) => {
      headers = policy === undefined ? {} : { 'content-security-policy': policy };
      page = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Ours</title><h1>Ours</h1>${html}`;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
