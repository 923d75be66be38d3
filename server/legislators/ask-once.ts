/** What is asked, of whom, and how long and how large the answer may be. */
export interface Question {
  url: string;
  query: string[][];
  /** All that is said of us: nothing of the visitor's own request goes along. */
  headers?: Record<string, string>;
  timeout_ms: number;
  /** Ends the question whatever it is doing: the visitor's patience, or the end of the process. */
  deadline?: AbortSignal;
  /** Bytes, unpacked: what is larger is not read to its end. */
  largest: number;
}

/** An answer, whatever its status, or the code of what came instead: `too_large`, `ETIMEDOUT`, or one of the network. */
export type Reply = { status: number; body: string } | { code: string };

/**
 * Asks once, follows no redirect and tries nothing again. What fails is named by its code alone: got's own errors hold
 * the address and the headers, so that they stop here.
 */
export async function askOnce(question: Question): Promise<Reply> {
  const { url, query, headers, timeout_ms, deadline, largest } = question;
  const { default: got } = await import('got');
  const tooLarge = new AbortController();
  try {
    const request = got(url, {
      signal: AbortSignal.any([tooLarge.signal, ...(deadline ? [deadline] : [])]),
      searchParams: new URLSearchParams(query),
      timeout: { request: timeout_ms },
      retry: { limit: 0 },
      followRedirect: false,
      throwHttpErrors: false,
      headers: { accept: 'application/json', 'user-agent': 'Statehouse', ...headers },
    });
    request.on('downloadProgress', ({ transferred }) => {
      if (transferred > largest) tooLarge.abort();
    });
    const { statusCode, body } = await request;
    return { status: statusCode, body };
  } catch (error) {
    if (tooLarge.signal.aborted) return { code: 'too_large' };
    if (deadline?.aborted) return { code: 'ETIMEDOUT' };
    return { code: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' };
  }
}

/** The value of a JSON text; undefined where it is none: HTML from a gateway, or a reply cut short. */
export function parseJson(text: string): unknown {
  try {
    // Half of a letter of two code units is no letter: no page could be made of it.
    return JSON.parse(text, (_, value) => (typeof value === 'string' ? value.toWellFormed() : value));
  } catch {
    return undefined;
  }
}
