import { OperationalError } from '../errors.ts';

/** What can be expected to fail about OpenStates: `code` without its `openstates_`. */
export function openStatesFault(code: string, message: string): OperationalError {
  return new OperationalError(`openstates_${code}`, message);
}

/** It does not answer. `reason`: a code of the network, `HTTP_502`, `not_json`, `wrong_shape`, `too_large`. */
export function unavailable(reason: string): OperationalError {
  return openStatesFault(
    'unavailable',
    `OpenStates does not answer as it should (${reason}). It is asked again later.`,
  );
}

/** It does not have what is asked for; `missing` says of what is known to be there or not, and what to do, where that is clear. */
export function notFound(missing: string | undefined): OperationalError {
  const message =
    missing ??
    'OpenStates does not have what is asked for (HTTP_404). Look at OPENSTATES_URL, if you have set it.';
  return openStatesFault('not_found', message);
}

/** It does not take the key. */
export function badKey(): OperationalError {
  const remedy =
    'Look it up at https://open.pluralpolicy.com/accounts/profile/, put it into .env, and start again.';
  return openStatesFault('bad_key', `OpenStates does not take the key in OPENSTATES_API_KEY. ${remedy}`);
}

/** It counts more questions of this key than the key may ask. */
export function overLimit(which: 'minute' | 'day'): OperationalError {
  const remedy =
    'If another program uses this key, set OPENSTATES_PER_MINUTE and OPENSTATES_PER_DAY to what is left for this one.';
  const message = `OpenStates says that this key has asked enough for this ${which}. ${remedy}`;
  return openStatesFault('over_limit', message);
}

/** We count that an allowance is used up. */
export function spent(which: 'minute' | 'day'): OperationalError {
  const message = `All that may be asked of OpenStates in this ${which} has been asked (OPENSTATES_PER_${which.toUpperCase()}).`;
  return openStatesFault(`${which}_spent`, message);
}
