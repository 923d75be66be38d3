/** What can be expected to fail outside the process, wrapped once where the outside is touched. */
export class OperationalError extends Error {
  override name = 'OperationalError';
  /** Stable, for programs and tests: `geocoder_unavailable`, `store_unavailable` … */
  readonly code: string;
  /** The HTTP status of the page that tells of it. */
  readonly status: number;

  constructor(code: string, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status ?? 503;
  }
}

/** A fault in a file that a person wrote; `line` and `column` count from 1. */
export interface FileFault {
  file: string;
  line: number;
  column: number;
  /** What is wrong and how to mend it, one sentence or two, for someone who does not program. */
  message: string;
}

/** `file:line:column: message`, as compilers and editors write it. */
export function formatFault(fault: FileFault): string {
  return `${fault.file}:${fault.line}:${fault.column}: ${fault.message}`;
}
