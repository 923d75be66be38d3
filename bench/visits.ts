import { Agent, request } from 'node:http';

const CAMPAIGN = '/campaigns/visible-act';
/** Where the stub of the geocoder puts every address, and a ZIP code there. */
const ADDRESS = '5115 Gaines Street, Jacksonville, FL 32209';
const ZIP = '32209';
const DIVISIONS = ['sldu:5', 'sldl:14'].map((id) => `ocd-division/country:us/state:fl/${id}`);

/** Someone who goes the whole way: each visit is one action. */
export interface Visitor {
  /** Goes from the campaign to the totals. Throws where an answer is not the one that it goes on from. */
  visit: () => Promise<void>;
  /** How many actions were acknowledged so far. */
  acknowledged: () => number;
  /** The answer to one question, its body read. */
  get: (path: string) => Promise<Answer>;
  close: () => void;
}

interface Answer {
  status: number;
  location: string;
  text: string;
}

/** A visitor of the app at `url`: three of four give a ZIP code and pick their districts, the fourth an address. */
export function createVisitor(url: string): Visitor {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  let visits = 0;
  let acknowledged = 0;
  const ask = (path: string, fields?: [string, string][]) => send(new URL(path, url), agent, fields);
  const expecting = async (status: number, path: string, fields?: [string, string][]) => {
    const answer = await ask(path, fields);
    if (answer.status === status) return answer;
    throw new Error(`${path.split('?')[0]} answers ${answer.status}, not ${status}`);
  };
  const findDistricts = async () => {
    const lookup = `${CAMPAIGN}/lookup`;
    if (visits++ % 4 === 3) return expecting(303, lookup, [['address', ADDRESS]]);
    await expecting(200, lookup, [['address', ZIP]]);
    const picked = DIVISIONS.map((id): [string, string] => ['division', id]);
    return expecting(303, lookup, picked);
  };
  return {
    visit: async () => {
      await expecting(200, CAMPAIGN);
      const { location } = await findDistricts();
      const act = await expecting(200, location);
      const fields = [...hiddenFields(act.text), ['status_code', 'contact'] as [string, string]];
      const acted = await expecting(303, `${CAMPAIGN}/actions`, fields);
      acknowledged += 1;
      await expecting(200, acted.location);
      await expecting(200, `${CAMPAIGN}/totals`);
    },
    acknowledged: () => acknowledged,
    get: (path) => ask(path),
    close: () => agent.destroy(),
  };
}

function send(url: URL, agent: Agent, fields?: [string, string][]): Promise<Answer> {
  const body = fields && new URLSearchParams(fields).toString();
  const headers = {
    accept: 'text/html',
    'accept-language': 'en',
    ...(body && {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'sec-fetch-site': 'same-origin',
    }),
  };
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, method: body ? 'POST' : 'GET', headers }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk) => chunks.push(chunk));
      res.on('error', reject);
      res.on('end', () =>
        resolve({
          status: res.statusCode!,
          location: res.headers.location ?? '',
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    asked.on('error', (error: NodeJS.ErrnoException) => {
      // The server ends connections that lie idle; one of these may just have been taken.
      if (asked.reusedSocket && error.code === 'ECONNRESET') resolve(send(url, agent, fields));
      else reject(error);
    });
    asked.end(body);
  });
}

/** What the first form for an outcome sends along; read without a parser, which would take longer than the server. */
function hiddenFields(html: string): [string, string][] {
  const from = html.indexOf(`action="${CAMPAIGN}/actions"`);
  const form = html.slice(from, html.indexOf('</form>', from));
  return [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name, value]) => [name!, value!] as [string, string],
  );
}
