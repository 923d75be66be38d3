import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadEnvFile } from 'node:process';
import { z } from 'zod';
import type { MailAddress } from './mail/mail-address.ts';
import type { SmtpServer } from './mail/smtp-server.ts';
import { makeFolder } from './make-folder.ts';
import {
  apiKey,
  bounceAddress,
  boundariesUrl,
  databaseUrl,
  dkimSelector,
  mailFrom,
  metricsToken,
  milliseconds,
  perDay,
  perHour,
  perMinute,
  port,
  processes,
  siteUrl,
  smtpUrl,
  trustProxy,
  url,
} from './setting-values.ts';

const SHORTEST_SECRET = 32;

/** Every setting, as the environment spells it. An empty value is the same as none. */
const schema = z.object({
  PORT: port.default(3000),
  BASE_URL: siteUrl.optional(),
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'is development, production or test')
    .default('development'),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: databaseUrl.optional(),
  CAMPAIGNS_DIR: z.string().default('./campaigns'),
  SECRET_KEY: z
    .string()
    .refine(
      (text) => text.split(',').every((key) => key.trim().length >= SHORTEST_SECRET),
      `is at least ${SHORTEST_SECRET} characters long`,
    )
    .optional(),
  OPENSTATES_API_KEY: apiKey.optional(),
  OPENSTATES_URL: url.default('https://v3.openstates.org'),
  PULL: z.enum(['auto', 'off'], 'is auto or off').default('auto'),
  PEOPLE_URL: url.default('https://codeload.github.com/openstates/people/tar.gz/refs/heads/main'),
  BOUNDARIES_URL: boundariesUrl.default(
    'https://www2.census.gov/geo/tiger/GENZ{vintage}/shp/cb_{vintage}_{fips}_{layer}_500k.zip',
  ),
  BOUNDARIES_VINTAGE: z.coerce
    .number('is a year, for example 2024')
    .int('is a year, for example 2024')
    .min(2013, 'is a year from 2013 on: the Census Bureau has none of before in this form')
    .max(2100, 'is a year, for example 2024')
    .optional(),
  ZIP_DISTRICTS_URL: boundariesUrl.default(
    'https://www2.census.gov/geo/docs/maps-data/data/rel2020/cd-sld/tab20_{layer}202420_zcta520_st{fips}.txt',
  ),
  OPENSTATES_PER_MINUTE: perMinute.default(10),
  OPENSTATES_PER_DAY: perDay.default(250),
  CENSUS_GEOCODER_URL: url.default('https://geocoding.geo.census.gov/geocoder'),
  MAIL_MODE: z.enum(['preview', 'live'], 'is preview or live').default('preview'),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: mailFrom.optional(),
  DKIM_KEY_FILE: z.string().optional(),
  DKIM_SELECTOR: dkimSelector.optional(),
  BOUNCE_ADDRESS: bounceAddress.optional(),
  LETTERS_PER_HOUR: perHour.default(30),
  LETTERS_PER_DOMAIN_PER_HOUR: perHour.default(600),
  LETTERS_PER_SENDER_PER_DAY: perDay.default(10),
  LETTERS_PER_BLOCK_PER_HOUR: perHour.default(300),
  LETTERS_PER_CAMPAIGN_PER_HOUR: perHour.default(3000),
  TRUST_PROXY: trustProxy.default(false),
  METRICS_TOKEN: metricsToken.optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error'], 'is debug, info, warn or error').default('info'),
  PROCESSES: processes.default('auto'),
  LOOKUPS_PER_MINUTE: perMinute.default(300),
  ACTIONS_PER_MINUTE: perMinute.default(600),
  OVERLOAD_DELAY_MS: milliseconds.default(100),
});

/** The names of all settings, in the order in which `.env.example` explains them. */
export const SETTING_NAMES = Object.keys(schema.shape);

/** The settings as the rest of the program uses them: paths made absolute, gaps filled. */
export interface Settings {
  port: number;
  /** Without a slash at the end; undefined until the port is known. */
  base_url: string | undefined;
  is_production: boolean;
  data_dir: string;
  database_url: string;
  campaigns_dir: string;
  /** Newest first: the first signs, every one is accepted. */
  secrets: string[];
  /** Undefined where there is none: then OpenStates is never asked. */
  openstates_api_key: string | undefined;
  openstates_url: string;
  /** Whether the running app fetches rosters by itself. */
  pulls: boolean;
  people_url: string;
  /** With `{vintage}`, `{fips}` and `{layer}` in it. */
  boundaries_url: string;
  /** A year; undefined for the newest. */
  boundaries_vintage: number | undefined;
  /** With `{fips}` and `{layer}` in it. */
  zip_districts_url: string;
  openstates_per_minute: number;
  openstates_per_day: number;
  census_geocoder_url: string;
  /** Whether mail goes out, or is put into a folder to be looked at. */
  sends_mail: boolean;
  /** Undefined where none is named. Its password is in no log. */
  smtp_server: SmtpServer | undefined;
  /** From whom mail of this site is. */
  mail_from: MailAddress | undefined;
  /** What signs mail of this site (DKIM); undefined where it goes unsigned. */
  dkim: { key_file: string; selector: string } | undefined;
  /** Where mail that can't be delivered comes back to: '+' and a token is put before its '@'. */
  bounce_address: MailAddress | undefined;
  /** How many letters one target gets in an hour, and all addresses of one domain. */
  letters_per_hour: number;
  letters_per_domain_per_hour: number;
  /** How many letters are taken from one e-mail address in a day, from one block of addresses and for one campaign in an hour. */
  letters_per_sender_per_day: number;
  letters_per_block_per_hour: number;
  letters_per_campaign_per_hour: number;
  trust_proxy: false | number | string[];
  /** Who has it may read /metrics from elsewhere; undefined where nobody may. */
  metrics_token: string | undefined;
  log_level: 'debug' | 'info' | 'warn' | 'error';
  /** How many processes serve pages on this machine; 'auto' is as `processCount` (server/start) has it. */
  processes: 'auto' | number;
  lookups_per_minute: number;
  actions_per_minute: number;
  /** From how slow a turn of the event loop on new lookups are refused. */
  overload_delay_ms: number;
}

/** Wrong settings: `faults` is the whole list, one sentence each. */
export class SettingsError extends Error {
  readonly faults: string[];

  constructor(faults: string[]) {
    super(`The settings can't be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** Reads the environment, and `.env` beside it for what the environment does not say. Throws SettingsError where it may not be read. */
export function readEnvironment(): Record<string, string | undefined> {
  if (!existsSync('.env')) return process.env;
  try {
    // Node itself says of a file that may not be read that there is none.
    readFileSync('.env');
  } catch (error) {
    const why = (error as Error).message;
    throw new SettingsError([
      `.env can't be read (${why}). On a server commands are run as the app's own user: sudo -u statehouse npm run …`,
    ]);
  }
  loadEnvFile('.env');
  return process.env;
}

/** Settings from an environment. Throws SettingsError with everything that is wrong at once. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(SETTING_NAMES.map((name) => [name, env[name]?.trim() || undefined]));
  const parsed = schema.safeParse(given);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  if (given.NODE_ENV === 'production' && given.SECRET_KEY === undefined) {
    faults.push(
      'SECRET_KEY is required in production: at least 32 random characters, kept secret and kept the same',
    );
  }
  if (parsed.success) faults.push(...mailFaults(parsed.data), ...processFaults(parsed.data));
  if (!parsed.success || faults.length > 0) throw new SettingsError(faults);
  const values = parsed.data;
  const data_dir = resolve(values.DATA_DIR);
  return {
    port: values.PORT,
    base_url: values.BASE_URL,
    is_production: values.NODE_ENV === 'production',
    data_dir,
    database_url: values.DATABASE_URL ?? `sqlite:${join(data_dir, 'statehouse.db')}`,
    campaigns_dir: resolve(values.CAMPAIGNS_DIR),
    secrets: values.SECRET_KEY?.split(',').map((key) => key.trim()) ?? [],
    openstates_api_key: values.OPENSTATES_API_KEY,
    openstates_url: values.OPENSTATES_URL.replace(/\/+$/, ''),
    pulls: values.PULL === 'auto',
    people_url: values.PEOPLE_URL,
    boundaries_url: values.BOUNDARIES_URL,
    boundaries_vintage: values.BOUNDARIES_VINTAGE,
    zip_districts_url: values.ZIP_DISTRICTS_URL,
    openstates_per_minute: values.OPENSTATES_PER_MINUTE,
    openstates_per_day: values.OPENSTATES_PER_DAY,
    census_geocoder_url: values.CENSUS_GEOCODER_URL.replace(/\/+$/, ''),
    sends_mail: values.MAIL_MODE === 'live',
    smtp_server: values.SMTP_URL,
    mail_from: values.MAIL_FROM,
    dkim:
      values.DKIM_KEY_FILE && values.DKIM_SELECTOR
        ? { key_file: resolve(values.DKIM_KEY_FILE), selector: values.DKIM_SELECTOR }
        : undefined,
    bounce_address: values.BOUNCE_ADDRESS,
    letters_per_hour: values.LETTERS_PER_HOUR,
    letters_per_domain_per_hour: values.LETTERS_PER_DOMAIN_PER_HOUR,
    letters_per_sender_per_day: values.LETTERS_PER_SENDER_PER_DAY,
    letters_per_block_per_hour: values.LETTERS_PER_BLOCK_PER_HOUR,
    letters_per_campaign_per_hour: values.LETTERS_PER_CAMPAIGN_PER_HOUR,
    trust_proxy: values.TRUST_PROXY,
    metrics_token: values.METRICS_TOKEN,
    log_level: values.LOG_LEVEL,
    processes: values.PROCESSES,
    lookups_per_minute: values.LOOKUPS_PER_MINUTE,
    actions_per_minute: values.ACTIONS_PER_MINUTE,
    overload_delay_ms: values.OVERLOAD_DELAY_MS,
  };
}

/** What the settings of mail contradict: each may be right by itself. */
function mailFaults({ DKIM_KEY_FILE, DKIM_SELECTOR }: z.infer<typeof schema>): string[] {
  const is_half = (DKIM_KEY_FILE === undefined) !== (DKIM_SELECTOR === undefined);
  return is_half ? ['DKIM_KEY_FILE and DKIM_SELECTOR go together: set both, or neither'] : [];
}

/** SQLite has one writer: a second process would wait for it, and count its own limits. */
function processFaults({ PROCESSES, DATABASE_URL = 'sqlite:' }: z.infer<typeof schema>): string[] {
  const is_too_many = PROCESSES !== 'auto' && PROCESSES > 1 && DATABASE_URL.startsWith('sqlite:');
  return is_too_many
    ? [
        'PROCESSES is more than 1, and SQLite serves one process: use PostgreSQL (DATABASE_URL), or PROCESSES=1',
      ]
    : [];
}

/** What is missing for mail to go out, one sentence each; empty where MAIL_MODE is preview. */
export function missingForMail({ sends_mail, smtp_server, mail_from }: Settings): string[] {
  if (!sends_mail) return [];
  return [
    ...(smtp_server
      ? []
      : ['SMTP_URL is required where MAIL_MODE is live: the mail server that takes mail from here']),
    ...(mail_from ? [] : ['MAIL_FROM is required where MAIL_MODE is live: from whom the mail is']),
  ];
}

/** The same for a site whose mails have links in them. */
export function missingForLinks(settings: Settings): string[] {
  const is_missing = settings.sends_mail && settings.base_url === undefined;
  return is_missing
    ? ['BASE_URL is required where MAIL_MODE is live: the public address that links in mails begin with']
    : [];
}

/**
 * The key kept in DATA_DIR for a start without settings; `newSecret` makes it the first time, readable by its owner alone.
 * Throws SettingsError where it can't be kept, or is no longer whole: with a guessed key anyone could sign.
 */
export function keptSecret(data_dir: string, newSecret: () => string): string {
  const file = join(data_dir, 'secret-key');
  try {
    if (!existsSync(file)) {
      makeFolder(data_dir);
      // Written aside, so that a full disk leaves no half of a key behind.
      const aside = `${file}-new`;
      writeFileSync(aside, `${newSecret()}\n`, { mode: 0o600, flush: true });
      renameSync(aside, file);
    }
    const secret = readFileSync(file, 'utf8').trim();
    if (secret.length >= SHORTEST_SECRET) return secret;
  } catch (error) {
    throw new SettingsError([
      `DATA_DIR is ${data_dir}, and the key in it can't be read or made (${(error as Error).message})`,
    ]);
  }
  throw new SettingsError([`DATA_DIR holds a damaged key: delete ${file}, and a new one is made`]);
}

/** The key kept in DATA_DIR; undefined where none was made. */
export function readKeptSecret(data_dir: string): string | undefined {
  const file = join(data_dir, 'secret-key');
  const secret = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  return secret.length >= SHORTEST_SECRET ? secret : undefined;
}

/** Throws SettingsError where DATA_DIR is there and is no folder that can be read. */
export function checkDataDir(data_dir: string): void {
  if (!existsSync(data_dir)) return;
  try {
    readdirSync(data_dir);
  } catch (error) {
    throw new SettingsError([`DATA_DIR can't be read: ${(error as Error).message}`]);
  }
}
