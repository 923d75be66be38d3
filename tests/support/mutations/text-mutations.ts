import { type Mutation, type Original, placeAt, rewritten, spliced } from './mutation.ts';

/** Signs of Windows-1252 by their code, as far as texts of people hold them; all below 256 that are not here are those of Latin-1. */
const WINDOWS: Record<string, number> = { '“': 0x93, '”': 0x94, '’': 0x92, '–': 0x96, '—': 0x97, '…': 0x85 };

/** Changes that any text file can suffer: how it is encoded, and how its lines end. */
export function textMutations({ files, pick }: Original): Mutation[] {
  const names = [...files.keys()];
  const messages = names.filter((name) => name.endsWith('.hbs'));
  const kinds = [['campaign.yaml'], names.filter((name) => name.endsWith('.md')), messages];
  const foreign = names.filter((name) => /[À-ÿ]/.test(files.get(name)!));
  return [
    ...kinds.flatMap((kind) => encodings(pick(kind), files)),
    ...(foreign.length > 0 ? [windows(pick(foreign), files)] : []),
  ];
}

function encodings(file: string, files: Original['files']): Mutation[] {
  const text = files.get(file)!;
  const middle = text.indexOf('\n', text.length / 2) + 1;
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  const at = { ...placeAt(text, middle), says: /^This sign is not text/ };
  const as_utf16 = { line: 1, column: 1, says: /^This file is saved in UTF-16\. Save it anew/ };
  return [
    rewritten('line ends of Windows', file, text.replaceAll('\n', '\r\n'), 'same'),
    rewritten('line ends of old Macs', file, text.replaceAll('\n', '\r'), 'same'),
    rewritten('mixed line ends', file, text.replace(/\n/, '\r\n'), 'same'),
    rewritten('a byte-order mark', file, `\uFEFF${text}`, 'same'),
    rewritten('UTF-16 with a mark', file, Buffer.concat([Buffer.from([0xff, 0xfe]), little]), as_utf16),
    rewritten(
      'UTF-16 the other way round, with a mark',
      file,
      Buffer.concat([Buffer.from([0xfe, 0xff]), big]),
      as_utf16,
    ),
    rewritten('UTF-16 without a mark', file, little, as_utf16),
    rewritten('UTF-16 the other way round, without a mark', file, big, as_utf16),
    rewritten('a NUL', file, spliced(text, middle, middle, '\0'), at),
    rewritten('an escape sign', file, spliced(text, middle, middle, '\u001b[0m'), at),
    rewritten(
      'half a sign',
      file,
      Buffer.concat([
        Buffer.from(text.slice(0, middle)),
        Buffer.from([0xc3]),
        Buffer.from(text.slice(middle)),
      ]),
      at,
    ),
    rewritten('a megabyte', file, `${text}${'\n'.repeat(1_000_000)}`, {
      line: 1,
      column: 1,
      says: /^This file is too large/,
    }),
    rewritten('nothing', file, '', {
      line: 1,
      column: 1,
      says: /is empty|must be a list of keys|The Subject is missing/,
    }),
    rewritten('spaces alone', file, ' \n\n ', {
      line: 1,
      column: 1,
      says: /is empty|must be a list of keys|The Subject is missing/,
    }),
    rewritten('the bytes of a picture', file, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), {
      line: 1,
      column: 1,
      says: /^This sign is not text/,
    }),
  ];
}

function windows(file: string, files: Original['files']): Mutation {
  const text = files.get(file)!;
  const bytes = Uint8Array.from([...text], (sign) => WINDOWS[sign] ?? sign.charCodeAt(0));
  const first = text.search(/[^\0-\x7f]/);
  return rewritten('Windows-1252', file, bytes, { ...placeAt(text, first), says: /^This sign is not text/ });
}
