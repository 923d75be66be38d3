import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { TIME_LIMITS } from '../../server/mail/letter-states.ts';
import { letterKeysFolder } from '../../server/mail/sealed.ts';
import type { LetterProcessOptions } from './letter-process.ts';
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
  send: (line: string) => void;
}

/** Letters that are under way in one stretch of a process's life. */
const A_STRETCH = 6;
/** So many processes in turn: each has the clock of a time at which nothing is in the hand of the one before. */
const BETWEEN_MS = TIME_LIMITS.claim_ms + 60_000;

/**
 * Supporters who hand in letters and confirm them, while the process that takes and sends them is ended by SIGKILL again and
 * again: after a random time, at the step that `dieAt` names, or at the mail server's yes. What was not answered is done once more, as people do. Then
 * all is let go on to its end.
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
  const smtp = await startSmtpStub();
  const waiting = { hand: new Set<string>(), confirm: new Set<string>() };
  const confirmed = new Set<string>();
  const instants = new Map<string, number>();
  let forms = 0;

  const open = async (life: number, die_at: number): Promise<Running> => {
    const options: LetterProcessOptions = {
      database_url: database.database_url,
      data_dir,
      port: smtp.port,
      ahead_ms: life * BETWEEN_MS,
      die_at,
    };
    const script = join(import.meta.dirname, 'letter-process.ts');
    const child = spawn(process.execPath, ['--no-warnings', script, JSON.stringify(options)], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.on('error', () => undefined);
    const ready = new Promise<void>((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const [what, which = '', outcome = ''] = line.split(' ');
        if (what === 'ready') resolve();
        if (what === 'handed') waiting.hand.delete(which);
        if (what === 'confirmed' && ['moved', 'done_before'].includes(outcome)) {
          waiting.confirm.delete(which);
          confirmed.add(which);
        }
        // Handed in anew meanwhile: the mail of the later one is confirmed.
        if (what === 'confirmed' && outcome === 'too_late') waiting.confirm.delete(which);
      });
    });
    await Promise.race([ready, once(child, 'close')]);
    const send = (line: string) => child.stdin.write(`${line}\n`);
    for (const form of waiting.hand) send(`hand ${form}`);
    for (const id of waiting.confirm) send(`confirm ${id}`);
    return { child, send };
  };
  let read = 0;
  const readMails = ({ send }: Running) => {
    for (; read < smtp.received.length; read += 1) {
      const [, id, mail] = /^<(.+)\.(\w+)@/.exec(smtp.received[read]!.mail.messageId ?? '') ?? [];
      if (mail !== 'confirmation' || id === undefined || confirmed.has(id)) continue;
      waiting.confirm.add(id);
      send(`confirm ${id}`);
    }
  };

  let life = 0;
  for (let kill = 0; kill < kills; kill += 1, life += 1) {
    // Step by step, one letter goes the whole way in each life.
    for (let one = 0; one < (dieAt ? 1 : A_STRETCH); one += 1) waiting.hand.add(String(forms++));
    const running = await open(life, dieAt?.(kill) ?? 0);
    const until = performance.now() + (dieAt || at_yes ? 5000 : random() * 600);
    smtp.onTaken = ({ mail }) => {
      if (at_yes && /\.letter@/.test(mail.messageId ?? '')) running.child.kill('SIGKILL');
    };
    const is_over = () => running.child.exitCode !== null || running.child.signalCode !== null;
    // It may have ended before it was ready.
    const ended = is_over() ? undefined : once(running.child, 'close');
    while (!is_over() && performance.now() < until && !(dieAt && receiptsIn(smtp) >= forms)) {
      readMails(running);
      await wait(2);
    }
    running.child.kill('SIGKILL');
    await ended;
    await noteInstants(database, smtp, instants);
  }

  // To the end, in peace.
  smtp.onTaken = undefined;
  const running = await open(life, 0);
  const store = await database.open();
  for (;;) {
    readMails(running);
    for (const form of waiting.hand) running.send(`hand ${form}`);
    const open_ones = await store.read
      .selectFrom('letters')
      .where('state', 'in', ['confirming', 'confirmed', 'sending'])
      .select('id')
      .execute();
    const outbox = await store.read.selectFrom('outbox').select('letter_id').execute();
    if (waiting.hand.size + waiting.confirm.size + open_ones.length + outbox.length === 0) break;
    await wait(50);
  }
  const result = await countAll({ store, smtp, data_dir, forms, kills, instants });
  running.child.kill('SIGTERM');
  await once(running.child, 'close');
  await store.close();
  await smtp.close();
  await database.drop();
  rmSync(data_dir, { recursive: true, force: true });
  return result;
}

/** Notes which letters the mail server has whose sending the ended process did not come to note. */
async function noteInstants(
  database: Awaited<ReturnType<StoreKind['create']>>,
  smtp: SmtpStub,
  instants: Map<string, number>,
): Promise<void> {
  const store = await database.open();
  const rows = await store.read.selectFrom('letters').where('state', '=', 'sending').select('id').execute();
  const came = countById(smtp);
  for (const { id } of rows)
    if ((came.get(id) ?? 0) > (instants.get(id) ?? 0)) instants.set(id, (instants.get(id) ?? 0) + 1);
  await store.close();
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
  store: Awaited<ReturnType<Awaited<ReturnType<StoreKind['create']>>['open']>>;
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
