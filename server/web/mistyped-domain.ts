/** The commonest providers of mailboxes in the United States: most of what is mistyped is one of them. */
const COMMON = [
  'gmail.com',
  'yahoo.com',
  'hotmail.com',
  'outlook.com',
  'icloud.com',
  'aol.com',
  'live.com',
  'msn.com',
  'comcast.net',
  'verizon.net',
  'att.net',
];
/** Providers that are one letter away from those, and right as they are. */
const RIGHT = ['mail.com', 'email.com', 'ymail.com', 'aim.com', 'me.com', 'gmx.com'];

/** The domain that was most likely meant, where an address has one that is one slip of the fingers away: 'gmail.com' of 'ada@gmial.com'. */
export function meantDomain(address: string): string | undefined {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  if (COMMON.includes(domain) || RIGHT.includes(domain)) return undefined;
  return COMMON.find((common) => isOneSlipAway(domain, common));
}

/** Whether one letter was left out, added, or typed for another, or two neighbors have changed places. */
function isOneSlipAway(typed: string, meant: string): boolean {
  let at = 0;
  while (at < typed.length && typed[at] === meant[at]) at += 1;
  const rest = (text: string, skipped: number) => text.slice(at + skipped);
  const is_swapped = typed[at] === meant[at + 1] && typed[at + 1] === meant[at];
  return (
    rest(typed, 1) === rest(meant, 1) ||
    rest(typed, 1) === rest(meant, 0) ||
    rest(typed, 0) === rest(meant, 1) ||
    (is_swapped && rest(typed, 2) === rest(meant, 2))
  );
}
