import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that came in, and how it was answered. */
export interface SourceVisit {
  path: string;
  condition: string | undefined;
  status: number;
  /** Bytes of content that were sent. */
  bytes: number;
}

/** What a server may do other than serve. */
export type Behaviour =
  | 'serve'
  | '429'
  | '429 for an hour'
  | '503'
  | 'forbidden'
  | 'truncated'
  | 'reset'
  | 'silence'
  | 'damaged'
  | '304'
  | 'html'
  | 'redirect';

/** A local server that stands in for the people repository's host and the Census Bureau. */
export interface StubSources {
  url: string;
  people_url: string;
  boundaries_url: string;
  zip_districts_url: string;
  /** Content by path; what is not there is 404. */
  files: Map<string, Buffer>;
  visits: SourceVisit[];
  /** How the next requests whose path holds the word are answered, one after the other; the last one goes on. */
  behave: (word: string, ...behaviours: Behaviour[]) => void;
  /** Serves with a date in place of an ETag. */
  dated: boolean;
  /** Most connections that were open at once. */
  most_open: () => number;
  /** Whether a request waits that is answered with silence. */
  silent: () => boolean;
  close: () => Promise<void>;
}

const PEOPLE = '/openstates/people/tar.gz/refs/heads/main';

/** Starts the stand-in with this archive of people, and files by their names at the Census Bureau. */
export async function startStubSources(
  people: Buffer,
  census: Record<string, Buffer> = {},
): Promise<StubSources> {
  const files = new Map<string, Buffer>([[PEOPLE, people]]);
  for (const [name, content] of Object.entries(census)) files.set(sourcePath(name), content);
  const behaviours = new Map<string, Behaviour[]>();
  const visits: SourceVisit[] = [];
  let open = 0;
  let most = 0;
  let silences = 0;
  const stub = { dated: false };

  const answer = (req: IncomingMessage, res: ServerResponse) => {
    const path = req.url!;
    const condition = req.headers['if-none-match'] ?? req.headers['if-modified-since'];
    const visit: SourceVisit = { path, condition: condition?.toString(), status: 0, bytes: 0 };
    visits.push(visit);
    const end = (status: number, headers: Record<string, string> = {}, body?: Buffer) => {
      visit.status = status;
      visit.bytes = body?.length ?? 0;
      res.writeHead(status, headers).end(body);
    };
    const found = [...behaviours].find(([word]) => path.includes(word))?.[1] ?? ['serve'];
    const behaviour = found.length > 1 ? found.shift()! : found[0]!;
    const content = files.get(path);
    if (behaviour === '429') return end(429, { 'retry-after': '1' });
    if (behaviour === '429 for an hour') return end(429, { 'retry-after': '3600' });
    if (behaviour === '503') return end(503);
    if (behaviour === 'forbidden') return end(403);
    if (behaviour === '304') return end(304);
    if (behaviour === 'html')
      return end(200, { 'content-type': 'text/html' }, Buffer.from('<html>Not found</html>'));
    if (behaviour === 'redirect') return end(302, { location: path });
    if (behaviour === 'reset') return void res.destroy();
    if (behaviour === 'silence') {
      silences += 1;
      return undefined;
    }
    if (!content) return end(404);
    const digest = createHash('sha256').update(content).digest();
    const etag = `"${digest.toString('hex').slice(0, 16)}"`;
    // A date for each content, years ago.
    const date = new Date(Date.UTC(2001, 0, 1) + digest.readUInt32BE() * 1000).toUTCString();
    const version: Record<string, string> = stub.dated ? { 'last-modified': date } : { etag };
    if (condition === Object.values(version)[0]) return end(304, version);
    if (behaviour === 'truncated') {
      visit.status = 200;
      res.writeHead(200, version);
      return void res.write(content.subarray(0, content.length / 2), () => res.destroy());
    }
    const whole = Buffer.from(content);
    if (behaviour === 'damaged') whole.fill(0, whole.length >> 1, (whole.length >> 1) + 20);
    return end(200, version, whole);
  };

  const server = createServer(answer).listen(0, '127.0.0.1');
  server.on('connection', (socket) => {
    open += 1;
    most = Math.max(most, open);
    socket.on('close', () => {
      open -= 1;
    });
  });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(stub, {
    url,
    people_url: `${url}${PEOPLE}`,
    boundaries_url: `${url}/GENZ{vintage}/shp/cb_{vintage}_{fips}_{layer}_500k.zip`,
    zip_districts_url: `${url}/cd-sld/tab20_{layer}_st{fips}.txt`,
    files,
    visits,
    behave: (word: string, ...next: Behaviour[]) => void behaviours.set(word, next),
    most_open: () => most,
    silent: () => silences > 0,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  });
}

/** Where the Census Bureau has a file: 'cb_2024_12_sldl_500k.zip' in the folder of its vintage, 'tab20_…' in that of relations. */
export function sourcePath(name: string): string {
  return name.startsWith('tab20') ? `/cd-sld/${name}` : `/GENZ${name.split('_')[1]}/shp/${name}`;
}
