/** A visitor's request that ends on an error page of ours: `reason` names the page's words in the locale. */
export class PageError extends Error {
  readonly status: number;
  readonly reason: string;
  /** Seconds after which to come back, where that helps. */
  readonly retry_after: number | undefined;

  constructor(status: number, reason: string, retry_after?: number) {
    super(reason);
    this.status = status;
    this.reason = reason;
    this.retry_after = retry_after;
  }
}
