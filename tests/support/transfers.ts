import type { Page } from 'playwright-core';

/** One request that a page made. */
export interface Transfer {
  url: string;
  /** As Chromium names it: Document, Stylesheet, Script… */
  type: string;
  /** Bytes received, headers included; 0 where the browser had it already. */
  bytes: number;
  /** 0 where it was never sent: Chromium tells of modules that it would preload, even where script is off. */
  status: number;
}

/** Notes all that a page asks for from now on, through redirects and from one page to the next, in order. */
export async function watchTransfers(page: Page): Promise<Transfer[]> {
  const transfers: Transfer[] = [];
  const open = new Map<string, Transfer>();
  const note = (id: string, seen: Partial<Transfer>) => Object.assign(open.get(id) ?? {}, seen);
  const session = await page.context().newCDPSession(page);
  session.on('Network.requestWillBeSent', ({ requestId, request, type = '', redirectResponse }) => {
    // A redirect goes on under the same id, and is told of by what follows it.
    if (redirectResponse)
      note(requestId, { bytes: redirectResponse.encodedDataLength, status: redirectResponse.status });
    const transfer = { url: request.url, type, bytes: 0, status: 0 };
    open.set(requestId, transfer);
    transfers.push(transfer);
  });
  session.on('Network.responseReceived', ({ requestId, response }) =>
    note(requestId, { status: response.status }),
  );
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    note(requestId, { bytes: encodedDataLength }),
  );
  await session.send('Network.enable');
  return transfers;
}
