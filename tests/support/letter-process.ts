// A process that keeps and sends letters, for tests that end it: told on standard input what supporters do, a line each.
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { OperationalError } from '../../server/errors.ts';
import { createLog } from '../../server/log.ts';
import type { FindAddressee } from '../../server/mail/addressee.ts';
import { openMail } from '../../server/mail/open-mail.ts';
import { openStore } from '../../server/store/open-store.ts';
import { openLocales } from '../../server/words/locale.ts';
import { madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';
import { CONTENT, DESK_SECRETS, legislatorAt } from './letter-desk.ts';

/** What the process is started with, as JSON. */
export interface LetterProcessOptions {
  database_url: string;
  data_dir: string;
  /** Of the mail server on this machine. */
  port: number;
  /** How far its clock is ahead. */
  ahead_ms: number;
  /** At which of its steps it ends itself; 0 for none. */
  die_at: number;
}

const [, , text = ''] = process.argv;
const { database_url, data_dir, port, ahead_ms, die_at } = JSON.parse(text) as LetterProcessOptions;

let steps = 0;
/** One step of the way: the process may end before it, or after it. */
const step = () => {
  steps += 1;
  if (steps === die_at) process.kill(process.pid, 'SIGKILL');
};
const say = (line: string) => process.stdout.write(`${line}\n`);

const campaign = madeUpCampaign({
  email: { send: true },
  office_hours: {
    opens: '00:00',
    closes: '23:59',
    days: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
    holidays: [],
  },
});
const now = () => new Date(Date.now() + ahead_ms);
const opened = await openStore(database_url);
const store: typeof opened = {
  ...opened,
  transaction: async (fn, options) => {
    step();
    const result = await opened.transaction(fn, options);
    step();
    return result;
  },
};
const addressOf = (legislator_id: string) => `office@${legislator_id.replace(/\W/g, '-')}.example.org`;
const findAddressee: FindAddressee = ({ legislator_id }) => ({
  state: 'open',
  addressee: {
    campaign,
    legislator: legislatorAt(legislator_id, addressOf(legislator_id)),
    address: addressOf(legislator_id),
    offices: { hours: campaign.office_hours, time_zone: 'America/New_York' },
  },
});
let ids = 0;
const newId = () => `p${process.pid}-${Date.now().toString(36)}-${(ids++).toString(36)}`;
const mail = openMail({
  store,
  settings: {
    data_dir,
    database_url,
    is_production: true,
    sends_mail: true,
    smtp_server: { host: '127.0.0.1', port, is_secure: false, is_loopback: true, login: undefined },
    mail_from: { name: 'Clean Water', address: 'hello@example.org' },
    dkim: undefined,
    bounce_address: undefined,
    letters_per_hour: 1_000_000,
    letters_per_domain_per_hour: 1_000_000,
    letters_per_sender_per_day: 1_000_000,
  },
  secrets: DESK_SECRETS,
  locales: await openLocales(`${import.meta.dirname}/../../views/locales`),
  findAddressee,
  isOpen: () => true,
  now,
  newId,
  random: Math.random,
  wait: (ms) => wait(ms),
  log: createLog('warn', now, (line) => process.stderr.write(`${line}\n`)),
});
await mail.begin('http://127.0.0.1:9');
say('ready');

async function handIn(form: string): Promise<void> {
  const legislator_id = `ocd-person/${form}`;
  const { outcome } = await mail.letters.handIn({
    campaign,
    context: {
      campaign_slug: campaign.slug,
      type: 'email',
      legislator_id,
      division_id: 'ocd-division/country:us/state:fl/sldu:5',
      partner: '',
      page_language: 'en',
      message_language: 'en',
      variant: '',
      is_sample: false,
    },
    nonce: form,
    content: { ...CONTENT, subject: `Letter ${form}` },
    to: addressOf(legislator_id),
    held: [],
    is_proven: true,
  });
  say(`handed ${form} ${outcome}`);
}

async function confirm(id: string): Promise<void> {
  say(`confirmed ${id} ${await mail.letters.confirm(id)}`);
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const [what, which = ''] = line.split(' ');
  (what === 'hand' ? handIn(which) : confirm(which)).catch((error) => {
    if (!(error instanceof OperationalError)) throw error;
    say(`failed ${line}`);
  });
});
