import type { ParsedMail } from 'mailparser';
import { type ReturnedMail, readReturnPath } from './return-path.ts';

/** What a mail server says of a mail that it could not deliver. */
export interface Bounce extends ReturnedMail {
  /** True where it has given up; false where it still tries. */
  is_hard: boolean;
  /** As RFC 3463 writes it: '5.1.1'; '' where the report has none. */
  status: string;
}

/** The largest message that is looked at, in bytes: a report holds little beside the mail that came back, and ours are small. */
const LARGEST = 2_000_000;
/** Headers in which servers leave the address that a message came to. */
const OF_THE_WAY = ['to', 'delivered-to', 'x-original-to', 'envelope-to', 'return-path'];

/**
 * Reads a message that came to BOUNCE_ADDRESS. Undefined for all but a report (RFC 3464) of a mail of ours that failed or is
 * late: holiday answers, forged tokens, what is broken or huge.
 */
export async function readBounce(
  raw: Buffer | string,
  { secrets }: { secrets: string[] },
): Promise<Bounce | undefined> {
  const bytes = Buffer.from(raw);
  if (bytes.length > LARGEST) return undefined;
  const mail = await parse(bytes);
  const returned = mail && isReport(mail) ? tokenIn(mail, secrets) : undefined;
  const report = mail?.attachments.find(({ contentType }) =>
    /^message\/(global-)?delivery-status$/.test(contentType),
  );
  if (!returned || !report) return undefined;
  const { action, status } = await readFields(report.content);
  if (action !== 'failed' && action !== 'delayed') return undefined;
  return { ...returned, is_hard: action === 'failed', status };
}

/** Undefined for what no parser makes sense of. */
async function parse(bytes: Buffer): Promise<ParsedMail | undefined> {
  try {
    const { simpleParser } = await import('mailparser');
    return await simpleParser(bytes, {
      keepDeliveryStatus: true,
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      skipTextLinks: true,
    });
  } catch {
    // What someone else wrote is never a fault of ours.
    return undefined;
  }
}

function isReport({ headers }: ParsedMail): boolean {
  const type = headers.get('content-type') as { value?: string; params?: Record<string, string> } | undefined;
  return (
    type?.value?.toLowerCase() === 'multipart/report' &&
    type.params?.['report-type']?.toLowerCase() === 'delivery-status'
  );
}

function tokenIn({ headerLines }: ParsedMail, secrets: string[]): ReturnedMail | undefined {
  return headerLines
    .filter(({ key }) => OF_THE_WAY.includes(key.toLowerCase()))
    .flatMap(({ line }) => [...line.matchAll(/\+([a-z2-7]{16,64})@/gi)])
    .map(([, token]) => readReturnPath(token!, { secrets }))
    .find((returned) => returned !== undefined);
}

/** Blocks of fields, of the message and then of each recipient (RFC 3464, section 2.1): ours go to one. */
async function readFields(report: Buffer): Promise<{ action: string; status: string }> {
  const blocks = report
    .toString('latin1')
    .trim()
    .split(/(?:\r?\n){2,}/);
  const first = blocks.find((block) => /^action:/im.test(block));
  if (first === undefined) return { action: '', status: '' };
  const { simpleParser } = await import('mailparser');
  const { headerLines } = await simpleParser(`${first}\r\n\r\n`);
  const fieldOf = (name: string) =>
    headerLines
      .find(({ key }) => key === name)
      ?.line.replace(/^[^:]*:/, '')
      .trim() ?? '';
  const [status = ''] = /\d\.\d{1,3}\.\d{1,3}/.exec(fieldOf('status')) ?? [];
  const [action = ''] = /^[a-z]+/i.exec(fieldOf('action')) ?? [];
  return { action: action.toLowerCase(), status };
}
