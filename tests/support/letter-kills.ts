import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { TIME_LIMITS } from '../../server/mail/letter-states.ts';
import { letterKeysFolder } from '../../server/mail/sealed.ts';
import type { Store } from '../../server/store/open-store.ts';
import type { LetterProcessOptions } from './letter-process.ts';
import { type LetterSupporters, letterSupporters } from './letter-supporters.ts';
import { type SmtpStub, startSmtpStub } from './smtp-stub.ts';
import type { StoreKind } from './temp-store.ts';

/** What a series of kills came to. */
export interface KilledLetters {
  letters: number;
  kills: number;
  /** How often each letter's own mail came in, by the letter's id; Message-IDs that differ would be two ids. */
  came: Map<string, number>;
  /** How often a letter was found taken by the mail server and not noted, when the process ended: the one instant of the rule. */
  instants: Map<string, number>;
  /** States of all letters that were not replaced, and the actions by status. */
  states: Record<string, number>;
  actions: Record<string, number>;
  /** What is left of the people who wrote. */
  sealed: number;
  keys: number;
}

interface Running {
  child: ChildProcess;
  has_ended: () => boolean;
  /** Ends it, where it goes on, and waits until it has; an error where it ended by itself. */
  kill: () => Promise<void>;
}

/** Letters that wait to be handed in while a process lives. */
const AT_ONCE = 6;
/** So many processes in turn: each has the clock of a time at which nothing is in the hand of the one before. */
const BETWEEN_MS = TIME_LIMITS.claim_ms + 60_000;

/**
 * Supporters who hand in letters and confirm them, while the process that takes and sends them is ended by SIGKILL again and
 * again: after a random time, at the step that `dieAt` names, or at the mail server's yes. What was not answered is done once more, as people do. Then
 * all is let go on to its end. Rejects where a process ends in another way.
 */
export async function killAmidLetters(
  kind: StoreKind,
  {
    kills,
    random,
    dieAt,
    at_yes = false,
  }: {
    kills: number;
    random: () => number;
    dieAt?: (kill: number) => number;
    /** Ended when the mail server has taken a letter, before its yes comes. */
    at_yes?: boolean;
  },
): Promise<KilledLetters> {
  const database = await kind.create();
  const data_dir = mkdtempSync(join(tmpdir(), 'statehouse-letters-'));
  const store = await database.open();
  const smtp = await startSmtpStub();
  const supporters = letterSupporters(smtp);
  const instants = new Map<string, number>();
  const begin = (life: number, die_at: number) =>
    startLetters(supporters, {
      database_url: database.database_url,
      data_dir,
      port: smtp.port,
      ahead_ms: life * BETWEEN_MS,
      die_at,
    });

  for (let kill = 0; kill < kills; kill += 1) {
    // Step by step, one letter goes the whole way in each life. A slow machine takes few in a life: what waits stays few.
    supporters.join(dieAt ? 1 : Math.max(0, AT_ONCE - supporters.open()));
    const running = await begin(kill, dieAt?.(kill) ?? 0);
    const until = performance.now() + (dieAt || at_yes ? 5000 : random() * 600);
    smtp.onTaken = ({ mail }) => {
      if (at_yes && /\.letter@/.test(mail.messageId ?? '')) running.child.kill('SIGKILL');
    };
    const is_done = () => dieAt && receiptsIn(smtp) >= supporters.letters();
    while (!running.has_ended() && performance.now() < until && !is_done()) {
      supporters.ask();
      await wait(2);
    }
    await running.kill();
    await noteInstants(store, smtp, instants);
  }

  // To the end, in peace.
  smtp.onTaken = undefined;
  const running = await begin(kills, 0);
  for (;;) {
    if (running.has_ended()) await running.kill();
    supporters.ask();
    const open_ones = await store.read
      .selectFrom('letters')
      .where('state', 'in', ['confirming', 'confirmed', 'sending'])
      .select('id')
      .execute();
    const outbox = await store.read.selectFrom('outbox').select('letter_id').execute();
    if (supporters.open() + open_ones.length + outbox.length === 0) break;
    await wait(50);
  }
  const result = await countAll({ store, smtp, data_dir, forms: supporters.letters(), kills, instants });
  await running.kill();
  await store.close();
  await smtp.close();
  await database.drop();
  rmSync(data_dir, { recursive: true, force: true });
  return result;
}

/** Starts the process that takes and sends letters, and waits until it is ready or has ended. */
async function startLetters(supporters: LetterSupporters, options: LetterProcessOptions): Promise<Running> {
  const script = join(import.meta.dirname, 'letter-process.ts');
  const child = spawn(process.execPath, ['--no-warnings', script, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close');
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) =>
      line === 'ready' ? resolve() : supporters.hear(line),
    );
  });
  await Promise.race([ready, ended]);
  supporters.meet((line) => child.stdin.write(`${line}\n`));
  supporters.ask();
  return {
    child,
    has_ended: () => child.exitCode !== null || child.signalCode !== null,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
      if (child.signalCode !== 'SIGKILL')
        throw new Error(`the process ended by itself, with ${child.exitCode}:\n${said}`);
    },
  };
}

/** Notes which letters the mail server has whose sending the ended process did not come to note. */
async function noteInstants(store: Store, smtp: SmtpStub, instants: Map<string, number>): Promise<void> {
  const rows = await store.read.selectFrom('letters').where('state', '=', 'sending').select('id').execute();
  const came = countById(smtp);
  for (const { id } of rows)
    if ((came.get(id) ?? 0) > (instants.get(id) ?? 0)) instants.set(id, (instants.get(id) ?? 0) + 1);
}

function receiptsIn({ received }: SmtpStub): number {
  return new Set(received.map(({ mail }) => mail.messageId ?? '').filter((id) => id.includes('.receipt@')))
    .size;
}

function countById({ received }: SmtpStub): Map<string, number> {
  const came = new Map<string, number>();
  for (const { mail } of received) {
    const [, id, kind] = /^<(.+)\.(\w+)@/.exec(mail.messageId ?? '') ?? [];
    if (kind === 'letter' && id !== undefined) came.set(id, (came.get(id) ?? 0) + 1);
  }
  return came;
}

async function countAll({
  store,
  smtp,
  data_dir,
  forms,
  kills,
  instants,
}: {
  store: Store;
  smtp: SmtpStub;
  data_dir: string;
  forms: number;
  kills: number;
  instants: Map<string, number>;
}): Promise<KilledLetters> {
  const rows = await store.read.selectFrom('letters').selectAll().execute();
  const actions = await store.read
    .selectFrom('actions')
    .groupBy('status_code')
    .select((eb) => ['status_code', eb.fn.countAll().as('count')])
    .execute();
  const states: Record<string, number> = {};
  for (const { state } of rows) states[state] = (states[state] ?? 0) + 1;
  const folder = letterKeysFolder(data_dir);
  const alive = new Set(rows.filter(({ sealed }) => sealed !== '').map(({ id }) => id));
  return {
    letters: forms,
    kills,
    came: countById(smtp),
    instants,
    states,
    actions: Object.fromEntries(actions.map(({ status_code, count }) => [status_code, Number(count)])),
    sealed: alive.size,
    // Those that a process left behind which ended between the row and the key are swept away an hour later.
    keys: readdirSync(folder).filter((name) => alive.has(name)).length,
  };
}
