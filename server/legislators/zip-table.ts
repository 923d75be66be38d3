import { createRequire } from 'node:module';
import type zipcodes from 'zipcodes';
import { whenNeeded } from '../when-needed.ts';

const require = createRequire(import.meta.url);

/** ZIP codes and Canadian postal codes with the middle of each (package `zipcodes`): megabytes, read when first needed. */
export const zipTable = whenNeeded(() => (require('zipcodes') as typeof zipcodes).codes);
