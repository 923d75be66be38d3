// Asks a server as many questions at once as there are connections, as autocannon does, and takes the questions of a visit one
// after the other: each answer is looked at before the next is asked for, so that what was acknowledged is known exactly.
import { once } from 'node:events';
import { connect } from 'node:net';

/** One question, as it goes over the wire, and the status that its answer must have. */
export interface Question {
  bytes: Buffer;
  status: number;
}

/** What a load came to. */
export interface Loaded {
  questions: number;
  visits: number;
  /** From the first question to the last answer. */
  seconds: number;
  /** Bytes of all answers, headers included. */
  bytes: number;
}

/** A question of these parts; a form where there is a body. */
export function question(
  path: string,
  {
    headers = {},
    form,
    status = 200,
  }: { headers?: Record<string, string>; form?: Record<string, string>; status?: number } = {},
): Question {
  const body = form ? new URLSearchParams(form).toString() : '';
  const all = {
    host: 'localhost',
    ...headers,
    ...(form && {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(body.length),
      'sec-fetch-site': 'same-origin',
    }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const text = `${form ? 'POST' : 'GET'} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
  return { bytes: Buffer.from(text), status };
}

/**
 * Takes one visit after the other, over so many connections: the questions of a visit follow
 * one another on its connection. Throws where an answer has another status, or none comes.
 */
export async function load(
  url: string,
  visits: Iterator<Question[], unknown>,
  connections: number,
): Promise<Loaded> {
  const loaded: Loaded = { questions: 0, visits: 0, seconds: 0, bytes: 0 };
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, () => visitAll(url, visits, loaded)));
  return { ...loaded, seconds: (performance.now() - started) / 1000 };
}

/** The same visits over and over until so many seconds are over. */
export function* forSeconds(visits: Question[][], seconds: number): Generator<Question[]> {
  const end = performance.now() + seconds * 1000;
  for (let index = 0; performance.now() < end; index += 1) yield visits[index % visits.length]!;
}

async function visitAll(url: string, visits: Iterator<Question[], unknown>, loaded: Loaded): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  await new Promise<void>((resolve, reject) => {
    let waiting: Question[] = [];
    let received: Buffer[] = [];
    let bytes = 0;
    /** Where the answer ends that is being received, once that is known. */
    let expected: Answer | undefined;
    const goOn = () => {
      if (waiting.length === 0) {
        const next = visits.next();
        if (next.done) return socket.end(resolve);
        waiting = [...next.value];
      }
      return socket.write(waiting[0]!.bytes);
    };
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`${url} closed a connection in the middle of a visit`)));
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk);
      bytes += chunk.length;
      // Put together no oftener than it must be: who asks would else be what is measured.
      expected ??= answerIn(received.length === 1 ? chunk : Buffer.concat(received));
      if (expected === undefined || expected.end > bytes) return;
      const asked = waiting.shift()!;
      if (expected.status !== asked.status || expected.end !== bytes) {
        socket.destroy();
        const path = asked.bytes.toString('latin1').split('\r\n')[0];
        return reject(new Error(`${url}: ${expected.status} for ${path}`));
      }
      loaded.questions += 1;
      loaded.bytes += bytes;
      if (waiting.length === 0) loaded.visits += 1;
      received = [];
      bytes = 0;
      expected = undefined;
      goOn();
    });
    goOn();
  });
}

interface Answer {
  status: number;
  /** How many bytes it is long. */
  end: number;
}

/** The status of an answer and where it ends; undefined as long as what is here does not tell (RFC 9112, section 6.3). */
function answerIn(received: Buffer): Answer | undefined {
  const head_end = received.indexOf('\r\n\r\n');
  if (head_end < 0) return undefined;
  const head = received.toString('latin1', 0, head_end);
  const status = Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
  const body = head_end + 4;
  if (/\r\ntransfer-encoding: chunked/i.test(head)) {
    const end = endOfChunks(received, body);
    return end === undefined ? undefined : { status, end };
  }
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  return { status, end: body + Number(length ?? 0) };
}

function endOfChunks(received: Buffer, body: number): number | undefined {
  for (let place = body; ; ) {
    const line_end = received.indexOf('\r\n', place);
    if (line_end < 0) return undefined;
    const size = Number.parseInt(received.toString('latin1', place, line_end), 16);
    place = line_end + 2 + size + 2;
    if (place > received.length) return undefined;
    if (size === 0) return place;
  }
}
