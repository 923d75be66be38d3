import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import type { SMTPServerOptions } from 'smtp-server';
import { TIME_LIMITS } from '../../server/mail/letter-states.ts';
import type { Store } from '../../server/store/open-store.ts';
import { openDesk } from '../support/letter-desk.ts';
import { refusal, type SmtpStub, startSmtpStub } from '../support/smtp-stub.ts';
import { STORE_KINDS } from '../support/temp-store.ts';

/** How often it happens still, and what breaks all connections off. */
interface Left {
  left: number;
  drop: () => void;
}

/** What a mail server does with the first letters that it is handed; mails to supporters it takes. */
interface Fault {
  name: string;
  /** How often it happens before the server is itself again. */
  times: number;
  options: (fault: Left, taken: string[]) => SMTPServerOptions;
  /** What becomes of the letter, and how often it came in, all of one Message-ID. */
  ends: string;
  came: number;
}

const isToOffice = (address: string) => address.endsWith('@senate.example.org');

/** At the recipient. */
const atRecipient =
  (code: number, words: string): Fault['options'] =>
  (fault) => ({
    onRcptTo: ({ address }, _session, callback) => {
      if (!isToOffice(address) || fault.left === 0) return callback();
      fault.left -= 1;
      callback(refusal(code, words));
    },
  });

/** Once the whole mail is there: `after` says what is answered, or breaks off. */
const afterData =
  (after: (fault: Left, answer: (error: Error | null) => void) => void, is_kept = false): Fault['options'] =>
  (fault, taken) => ({
    onData: (stream, session, callback) => {
      void buffer(stream).then(async (raw) => {
        const { messageId = '' } = await simpleParser(raw);
        const is_letter = session.envelope.rcptTo.some(({ address }) => isToOffice(address));
        if (!is_letter || fault.left === 0) {
          taken.push(messageId);
          return callback(null, 'Queued');
        }
        fault.left -= 1;
        if (is_kept) taken.push(messageId);
        after(fault, callback);
      });
    },
  });

const FAULTS: Fault[] = [
  { name: 'answers 421', times: 2, options: atRecipient(421, '4.3.2 Going down'), ends: 'accepted', came: 1 },
  { name: 'answers 450', times: 3, options: atRecipient(450, '4.2.1 Greylisted'), ends: 'accepted', came: 1 },
  {
    name: 'answers 550',
    times: 9,
    options: atRecipient(550, '5.1.1 No such mailbox'),
    ends: 'failed refused_by_server',
    came: 0,
  },
  {
    name: 'refuses the mail once it has it',
    times: 9,
    options: afterData((_fault, answer) => answer(refusal(554, '5.7.1 Not wanted'))),
    ends: 'failed refused_by_server',
    came: 0,
  },
  {
    name: 'puts the mail off once it has it',
    times: 2,
    options: afterData((_fault, answer) => answer(refusal(451, '4.3.0 Try later'))),
    ends: 'accepted',
    came: 1,
  },
  {
    name: 'stalls once it has the mail, and does not keep it',
    times: 1,
    options: afterData(() => undefined),
    ends: 'accepted',
    came: 1,
  },
  {
    name: 'drops the connection once it has the mail, and does not keep it',
    times: 2,
    options: afterData(({ drop }) => drop()),
    ends: 'accepted',
    came: 1,
  },
  {
    // The one instant that the rule of the worker names: nobody here can know that it was taken.
    name: 'takes the mail and drops the connection before it says so',
    times: 1,
    options: afterData(({ drop }) => drop(), true),
    ends: 'accepted',
    came: 2,
  },
  {
    name: 'refuses every connection',
    times: 2,
    options: (fault) => ({
      onConnect: (_session, callback) => {
        if (fault.left === 0) return callback();
        fault.left -= 1;
        callback(refusal(421, 'Too many'));
      },
    }),
    ends: 'accepted',
    came: 1,
  },
];

describe.each(STORE_KINDS)('$name', ({ create }) => {
  let now: Date;
  let database: Awaited<ReturnType<typeof create>>;
  let store: Store;

  beforeEach(async () => {
    now = new Date('2026-11-30T15:30:00Z');
    database = await create();
    store = await database.open();
  });
  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  test.each(FAULTS)('a mail server that $name: the letter comes to its end all the same', async (fault) => {
    const left: Left = { left: 0, drop: () => smtp.drop() };
    const taken: string[] = [];
    const smtp: SmtpStub = await startSmtpStub(fault.options(left, taken));
    const messageIds = () => [...taken, ...smtp.received.map(({ mail }) => mail.messageId ?? '')];
    const desk = openDesk({
      store,
      now: () => now,
      smtp_port: smtp.port,
      settings: { letters_per_hour: 3600 },
    });
    await desk.letters.handIn(desk.handedIn());
    await desk.lookAll();
    const [id] = await desk.ids();
    await desk.letters.confirm(id!);
    left.left = fault.times;
    const read = () => store.read.selectFrom('letters').selectAll().executeTakeFirstOrThrow();
    for (let look = 0; look < 20 && (await read()).sealed !== ''; look += 1) {
      await desk.lookAll();
      // To whenever it is to be tried again.
      const waiting = await store.read.selectFrom('outbox').selectAll().execute();
      for (const { due_at } of waiting) now = new Date(Math.max(now.getTime(), Date.parse(due_at)) + 2000);
    }
    const { state, reason } = await read();
    expect([state, reason].join(' ').trim()).toBe(fault.ends);
    const letters = messageIds().filter((one) => one === `<${id}.letter@example.org>`);
    expect(letters.length).toBe(fault.came);
    const told = messageIds().filter((one) => /\.(receipt|notice)@/.test(one));
    expect(told).toEqual([`<${id}.${state === 'accepted' ? 'receipt' : 'notice'}@example.org>`]);
    const counted = await store.read.selectFrom('actions').select('status_code').execute();
    expect(counted.map(({ status_code }) => status_code)).toEqual(['confirmed', state]);
    desk.drop();
    await smtp.close();
  });

  test('a mail server that is not there: nothing is lost, and all goes out once it is back', async () => {
    const gone = await startSmtpStub();
    const { port } = gone;
    await gone.close();
    const desk = openDesk({ store, now: () => now, smtp_port: port });
    for (const legislator_id of ['ocd-person/1', 'ocd-person/2'])
      await desk.letters.handIn(desk.handedIn({ legislator_id }));
    await desk.lookAll();
    for (const id of await desk.ids()) await desk.letters.confirm(id);
    await desk.lookAll();
    const states = async () =>
      (await store.read.selectFrom('letters').select('state').execute()).map(({ state }) => state);
    expect(await states()).toEqual(['confirmed', 'confirmed']);
    const smtp = await startSmtpStub({}, port);
    now = new Date(now.getTime() + 5 * 60_000);
    for (let look = 0; look < 5; look += 1) {
      await desk.lookAll();
      now = new Date(now.getTime() + 10_000);
    }
    expect(await states()).toEqual(['accepted', 'accepted']);
    const letters = smtp.received.filter(({ rcpt_to: [to = ''] }) => isToOffice(to));
    expect(letters.length).toBe(2);
    desk.drop();
    await smtp.close();
  });

  test('a database that can not be written to after the mail server has said yes: it is noted once it can, and not sent again', async () => {
    let is_down = false;
    const failing: Store = {
      ...store,
      transaction: async (fn, options) => {
        if (is_down) {
          is_down = false;
          const { OperationalError } = await import('../../server/errors.ts');
          throw new OperationalError('store_unavailable', 'The disk is full.');
        }
        return store.transaction(fn, options);
      },
    };
    const desk = openDesk({
      store: failing,
      now: () => now,
      answer: ({ kind }) => {
        is_down = kind === 'letter';
        return { outcome: 'accepted' };
      },
    });
    await desk.letters.handIn(desk.handedIn());
    await desk.lookAll();
    const [id] = await desk.ids();
    await desk.letters.confirm(id!);
    await desk.lookAll();
    now = new Date(now.getTime() + TIME_LIMITS.claim_ms + 1);
    await desk.lookAll();
    expect(desk.sent.map(({ kind }) => kind)).toEqual(['confirmation', 'letter', 'receipt']);
    expect(desk.lines.join('\n')).toMatch(/mail_not_noted_yet.*The disk is full/);
    desk.drop();
  });
});
