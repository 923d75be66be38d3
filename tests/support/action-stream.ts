import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as rest } from 'node:timers/promises';
import { createActionIds } from '../../server/actions/action-id.ts';
import { formMarkId } from '../../server/actions/action-queries.ts';
import { runSql } from './postgres-databases.ts';
import { until } from './until.ts';

const { legislators } = JSON.parse(readFileSync('sample-data/fl/roster.json', 'utf8')) as {
  legislators: { id: string; current_role: { division_id: string } }[];
};
/** A client gives up on an answer after so long. */
const GIVES_UP_MS = 5000;

/** A form and what became of it. */
interface Sent {
  nonce: string;
  body: string;
}

/** A stream of forms of actions from clients that keep their connections, as a proxy's are kept. */
export interface ActionStream {
  /** Forms that were answered 204, and those of which nobody knows: cut off on the way. */
  acknowledged: Sent[];
  unsure: Sent[];
  /** Requests by what they came to: '204', 'ECONNRESET'; and apart for each server. */
  outcomes: Map<string, number>;
  /** Resolves once so many more are acknowledged; rejects where a server answers anything else. */
  more: (count: number) => Promise<void>;
  /** Sends them once more, and gives back the statuses. */
  resend: (forms: readonly Sent[]) => Promise<number[]>;
  /** Sends no more, and waits for what is under way. */
  stop: () => Promise<void>;
}

/**
 * Sends forms, so many at once, each to one of the servers in turn; a server that refuses connections is passed over, as a
 * proxy does. `urls` is asked before each.
 */
export function streamActions(
  urls: () => readonly string[],
  {
    secret,
    name,
    at_once,
    rest_ms = 0,
  }: {
    secret: string;
    name: string;
    at_once: number;
    /** How long each rests after an answer: a process that starts needs some of the machine too. */
    rest_ms?: number;
  },
): ActionStream {
  const agent = new Agent({ keepAlive: true, maxSockets: at_once });
  const action_ids = createActionIds({ secrets: [secret] });
  const acknowledged: Sent[] = [];
  const unsure: Sent[] = [];
  const outcomes = new Map<string, number>();
  let made = 0;
  let is_over = false;
  const next = (): Sent => {
    const nonce = `${name} ${++made}`;
    const { id, current_role } = legislators[made % legislators.length]!;
    const context = {
      campaign_slug: 'visible-act',
      type: 'phone' as const,
      legislator_id: id,
      division_id: current_role.division_id,
      partner: '',
      page_language: 'en',
      message_language: 'en',
      variant: '',
      is_sample: true,
    };
    const action_id = action_ids.issue(context, { now: new Date(), nonce });
    return {
      nonce,
      body: new URLSearchParams({ type: 'phone', status_code: 'contact', action_id }).toString(),
    };
  };
  const post = (url: string, { body }: Sent) =>
    new Promise<string>((resolve) => {
      const { origin } = new URL(url.replace('localhost', '127.0.0.1'));
      const sending = request(
        `${origin}/campaigns/visible-act/actions`,
        {
          method: 'POST',
          agent,
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            accept: 'application/json',
            origin,
          },
        },
        (answer) => {
          answer.resume();
          answer.once('end', () => resolve(String(answer.statusCode)));
          answer.once('error', () => resolve('cut off'));
        },
      );
      sending.setTimeout(GIVES_UP_MS, () => sending.destroy(Object.assign(new Error(), { code: 'silent' })));
      sending.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'cut off'));
      sending.end(body);
    });
  const count = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  let turn = 0;
  const client = async () => {
    for (let form = next(); !is_over; form = next()) {
      const servers = urls();
      const first = turn++;
      let outcome = 'ECONNREFUSED';
      let url = '';
      for (let tries = 0; tries < servers.length && outcome === 'ECONNREFUSED'; tries += 1) {
        url = servers[(first + tries) % servers.length]!;
        outcome = await post(url, form);
      }
      count(outcome);
      count(`${outcome} ${url}`);
      (outcome === '204' ? acknowledged : unsure).push(form);
      if (rest_ms > 0) await rest(rest_ms);
    }
  };
  const clients = Promise.all(Array.from({ length: at_once }, client));
  return {
    acknowledged,
    unsure,
    outcomes,
    more: async (wanted) => {
      const before = acknowledged.length;
      await until(() => {
        for (const outcome of outcomes.keys())
          if (/^\d+$/.test(outcome) && outcome !== '204') throw new Error(`the server answered ${outcome}`);
        return acknowledged.length >= before + wanted;
      });
    },
    resend: async (forms) => {
      const queue = forms.values();
      const statuses: number[] = [];
      const sender = async () => {
        for (const form of queue) statuses.push(Number(await post(urls()[0]!, form)));
      };
      await Promise.all(Array.from({ length: at_once }, sender));
      return statuses;
    },
    stop: async () => {
      is_over = true;
      await clients;
      agent.destroy();
    },
  };
}

/** What is amiss in the database after a stream: acknowledged forms that are not in it, and rows that no form accounts for. */
export async function amissAfter(database_url: string, { acknowledged, unsure }: ActionStream) {
  const marks = await runSql<{ id: string }>(
    database_url,
    "select id from spent_action_ids where mark = 'contact'",
  );
  const written = new Set(marks.map(({ id }) => id));
  const isWritten = ({ nonce }: Sent) => written.has(formMarkId(nonce));
  const [{ rows } = { rows: -1 }] = await runSql<{ rows: number }>(
    database_url,
    'select count(*)::int as rows from actions',
  );
  const [{ tally } = { tally: -1 }] = await runSql<{ tally: number }>(
    database_url,
    'select coalesce(sum(actions), 0)::int as tally from tally_by_status',
  );
  const counted = acknowledged.filter(isWritten).length + unsure.filter(isWritten).length;
  return {
    lost: acknowledged.length - acknowledged.filter(isWritten).length,
    rows_too_many: rows - counted,
    tallied_too_many: tally - counted,
  };
}
