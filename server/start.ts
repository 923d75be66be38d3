// The entry. What a start does stands in start/begin.ts; here is only what has to come before all other code is read.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// To read hundreds of files takes longer than anything else that a start does: what was compiled is kept for the next one.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/statehouse'));
await import('./start/begin.ts');
