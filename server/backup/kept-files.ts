/** The most that the campaigns' files of one back-up come to, in bytes: whoever restores it holds them all in memory. */
export const MOST_BYTES = 200_000_000;
/** What each file takes beside its bytes: many empty ones fill the memory too. */
const BYTES_A_FILE = 4096;

/** A campaign's file that a back-up does not keep, or that is not taken out of one: its path below CAMPAIGNS_DIR, and why. */
export interface PassedOver {
  path: string;
  why: string;
}

/** Why a file of this path, with slashes, is neither put into a back-up nor taken out of one; undefined where it is. */
export function pathFault(path: string): string | undefined {
  const is_kept = path
    .split('/')
    .every((part) => part !== '' && part.isWellFormed() && !/^\.|[\\:\p{Cc}\uFFFD]/u.test(part));
  return is_kept
    ? undefined
    : 'its name begins with a dot, or has a : or \\ or a sign that is not text in it';
}

/** Tells of one file after the other, by its bytes, why it is not kept since all together would come to more than `most_bytes`. */
export function sizeFaults(most_bytes: number): (bytes: number) => string | undefined {
  let left = most_bytes;
  return (bytes) => {
    if (bytes + BYTES_A_FILE > left)
      return `too large: ${most_bytes / 1_000_000} MB of campaigns' files are the most in a back-up`;
    left -= bytes + BYTES_A_FILE;
    return undefined;
  };
}

/** A text on one line, for a terminal: without signs that would steer it. Names in an archive may come from anybody. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\p{Cc}\p{Cf}]/gu, '?');
}
