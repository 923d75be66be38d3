import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { readMailAddress } from './mail/mail-address.ts';
import { LONGEST_BOUNCE_NAME } from './mail/return-path.ts';
import { readSmtpUrl } from './mail/smtp-server.ts';

// What a setting can be: each value says, as the end of a sentence that begins with the setting's name, what it is to be.

/** A port to listen on. */
export const port = z.coerce
  .number('is a number from 0 to 65535, for example 3000')
  .int('is a whole number')
  .min(0, 'is 0 or more')
  .max(65535, 'is at most 65535');
/** How many processes: 'auto', or a number. */
export const processes = z.union(
  [z.literal('auto'), z.coerce.number().int().min(1).max(64)],
  'is auto, or a number from 1 to 64',
);
/** How many requests a minute. */
export const perMinute = z.coerce
  .number('is a number of requests a minute')
  .int('is a whole number')
  .min(1, 'is at least 1');
/** How long something takes. */
export const milliseconds = z.coerce
  .number('is a number of milliseconds')
  .int('is a whole number')
  .min(1, 'is at least 1');
/** How many requests a day. */
export const perDay = z.coerce
  .number('is a number of requests a day')
  .int('is a whole number')
  .min(1, 'is at least 1');
/** How many an hour. */
export const perHour = z.coerce
  .number('is a number an hour')
  .int('is a whole number')
  .min(1, 'is at least 1')
  .max(100_000, 'is at most 100000');
/** A name in the DNS under which the public half of the key is found (RFC 6376, section 3.1). */
export const dkimSelector = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i,
    'is a name as in the DNS, for example mail2026',
  );
/** What a header can hold: a key with anything else was copied wrongly. The fault must not say the key. */
export const apiKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'is a key without spaces, as OpenStates shows it');
/** A word that opens the metrics: too long to be guessed. The fault must not say it. */
export const metricsToken = z
  .string()
  .regex(/^[\x21-\x7e]{20,200}$/, 'is at least 20 characters without spaces: openssl rand -hex 20 makes one');
/** An address on the web. */
export const url = z.url({
  protocol: /^https?$/,
  error: 'is an address that begins with http:// or https://',
});
/** An address in which `{vintage}`, `{fips}` and `{layer}` are filled in. */
export const boundariesUrl = z
  .string()
  .refine(
    (text) => ['{fips}', '{layer}'].every((part) => text.includes(part)) && isWebAddress(text),
    'is an address with {fips} and {layer} in it, which are filled in, and {vintage} where years differ by it',
  );

function isWebAddress(text: string): boolean {
  return /^https?:$/.test(URL.parse(text.replaceAll(/[{}]/g, ''))?.protocol ?? '');
}

/** Every link on a page begins at the root of its host. */
export const siteUrl = url
  .refine(
    (text) => (URL.parse(text)?.pathname ?? '/') === '/' && !/[?#@]/.test(text),
    'is the address of a whole site, such as https://example.org, with nothing after it',
  )
  .transform((text) => new URL(text).origin);

/** A number of proxies in front of the app, or the networks they are in; false where there are none. */
export const trustProxy = z.string().transform((text, ctx): false | number | string[] => {
  if (text === '') return false;
  if (/^\d+$/.test(text)) return Number(text) === 0 ? false : Number(text);
  const networks = text.split(',').map((part) => part.trim());
  for (const network of networks) {
    const known = ['loopback', 'linklocal', 'uniquelocal'].includes(network);
    if (!known && !isNetwork(network)) {
      ctx.addIssue(
        `is a number of proxies (1) or a list of networks (10.0.0.0/8, loopback), and '${network}' is neither`,
      );
    }
  }
  return networks;
});

/** An address written out in full, or with how many of its bits the network has: 10.0.0.0/8. All of the internet is none. */
function isNetwork(text: string): boolean {
  const [address = '', bits] = text.split('/');
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address);
  return isAddress && (bits === undefined || (ipaddr.isValidCIDR(text) && Number(bits) > 0));
}

/** A SQLite file, or a PostgreSQL database by the address that its other tools take too. */
export const databaseUrl = z
  .string()
  .refine(
    (text) => /^sqlite:(?!:|$)/.test(text) || isPostgresUrl(text),
    'begins with sqlite: and names a file (sqlite:./data/statehouse.db), or begins with postgres:// and names a database ' +
      '(postgres://user:password@localhost/statehouse); in user and password / ? # @ : % are written as %2F %3F %23 %40 %3A %25',
  );

function isPostgresUrl(text: string): boolean {
  if (!/^postgres(ql)?:\/\/[^\s]*$/.test(text)) return false;
  // A socket's folder stands behind the question mark, and its user before no host at all: postgres://user@/statehouse?host=/run
  const url = URL.parse(text.replace('@/', '@localhost/'));
  return url !== null && !url.hash && /^\/[^/]+$/.test(url.pathname);
}

/** A mail server, by address. The fault must not say the password. */
export const smtpUrl = z.string().transform((text, ctx) => {
  const server = readSmtpUrl(text);
  if (!server)
    ctx.addIssue(
      'begins with smtp:// or smtps:// and names a mail server (smtps://user:password@mail.example.org); in user and password ' +
        '/ ? # @ : % are written as %2F %3F %23 %40 %3A %25',
    );
  return server;
});

/** Where mail comes back to: one address, without a name. */
export const bounceAddress = z.string().transform((text, ctx) => {
  const address = readMailAddress(text);
  if (address?.name !== '' || address.address.includes('+'))
    ctx.addIssue('is one e-mail address without a name or a +, for example bounces@example.org');
  else if (address.address.lastIndexOf('@') > LONGEST_BOUNCE_NAME)
    ctx.addIssue(
      `has more than ${LONGEST_BOUNCE_NAME} letters before its @: with the token it would be longer than mail servers take`,
    );
  return address;
});

/** From whom mail is: an address, or a name and an address. */
export const mailFrom = z.string().transform((text, ctx) => {
  const from = readMailAddress(text);
  if (!from) ctx.addIssue('is one e-mail address, or a name and one: Clean Water <hello@example.org>');
  return from;
});
