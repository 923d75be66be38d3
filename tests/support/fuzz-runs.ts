import fc from 'fast-check';
import { fuzz } from './fuzz.ts';
import { formats } from './fuzz-formats.ts';
import {
  checkAnswer,
  FIELDS,
  type Fuzzed,
  HEADERS,
  rawBytes,
  requests,
  type Sent,
  send,
  sendRaw,
} from './fuzz-requests.ts';
import { forgeries, tokenKinds } from './fuzz-tokens.ts';

/** How many requests are under way at once. */
const AT_ONCE = 8;

/** Tries so many forgeries of every kind of token: none is taken, none throws, and the good ones are good. */
export async function fuzzTokens(each: number): Promise<void> {
  for (const [name, kind] of Object.entries(await tokenKinds())) {
    for (const token of kind.good)
      if (!(await kind.takes(token))) throw new Error(`a good ${name} token is refused`);
    await fuzz(each, forgeries(kind), async (token) => {
      if (await kind.takes(token)) throw new Error(`a forged ${name} token is taken`);
    });
  }
}

/** Tries every format, each with so many cases for one part of its share: it is read, or refused with what is wrong. */
export async function fuzzFormats(each: number): Promise<void> {
  for (const [name, { share, run }] of Object.entries(await formats())) {
    try {
      await run(share * each);
    } catch (cause) {
      throw new Error(`${name}: ${(cause as Error).message}`, { cause });
    }
  }
}

/** Methods and paths that were asked for by this process, headers with their values, and fields. */
const asked = new Set<string>();
const asked_headers = new Set<string>();
const asked_fields = new Set<string>();

async function ask(url: string, one: Sent): Promise<void> {
  asked.add(`${one.method} ${one.pattern}`);
  for (const [name, value] of Object.entries(one.headers)) asked_headers.add(`${name}: ${value}`);
  const fields = one.body === '' ? one.path.split('?')[1] : one.body;
  for (const name of new URLSearchParams(fields).keys()) asked_fields.add(name);
  checkAnswer(await send(url, one));
}

/** Tries so many requests to the app, and as much noise on its socket as a quarter of that: it answers, as pages do, and lives on. */
export async function fuzzRequests(fuzzed: Fuzzed, runs: number): Promise<void> {
  const { url } = fuzzed.app;
  const together = fc.array(requests(fuzzed), { minLength: AT_ONCE, maxLength: AT_ONCE });
  await fuzz(runs, together, (sent) => Promise.all(sent.map((one) => ask(url, one))), {
    batch: AT_ONCE,
  });
  await fuzz(runs / 4, rawBytes(), async (bytes) => {
    const said = await sendRaw(url, bytes);
    if (said !== '' && !/^HTTP\/1\.1 ([1-4]\d\d|503) /.test(said))
      throw new Error(`an answer that is none: ${said}`);
  });
}

/** What the app has written to its log of requests that may not be there: faults of its own, and what was typed. */
export function badLines({ app }: Fuzzed): string[] {
  return app.log.filter((line) => /"level":"error"|<xq|onxq|xq\(|etc\/passwd|🏠|Example Street/.test(line));
}

/** The routes of the app's router that no request came to, by what it wrote to its log. */
export function unreached({ app, routes }: Fuzzed): string[] {
  const reached = new Set(
    app.log.flatMap((line) => {
      const { event, route, method } = JSON.parse(line) as Record<string, unknown>;
      return event === 'request' && route !== null ? [`${method} ${route}`] : [];
    }),
  );
  return routes.flatMap(({ path, methods, logged_as }) =>
    methods
      .filter((method) => !reached.has(`${method} ${logged_as}`) || !asked.has(`${method} ${path}`))
      .map((method) => `${method} ${path}`),
  );
}

/** The headers, with their values, and the fields that no request had. */
export function unsent(): string[] {
  const headers = Object.entries(HEADERS).flatMap(([name, values]) => values.map((one) => `${name}: ${one}`));
  return [
    ...headers.filter((one) => !asked_headers.has(one)),
    ...FIELDS.filter((one) => !asked_fields.has(one)),
  ];
}
