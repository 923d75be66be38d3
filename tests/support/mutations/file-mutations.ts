import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mutation, Original, Told } from './mutation.ts';

/** Changes of files and folders themselves: their names, and what lies in their place. */
export function fileMutations({ files, pick }: Original): Mutation[] {
  const names = [...files.keys()];
  const messages = names.filter((name) => name.endsWith('.hbs'));
  const special = messages.filter((name) => /\/\w+\.\w+\.hbs$/.test(name));
  const any = () => pick(names);
  const language = pick(names.filter((name) => name.endsWith('/page.md')).map((name) => dirname(name)));

  const renamed = (
    how: string,
    file: string,
    to: string,
    told: Partial<Told> & Pick<Told, 'says'>,
  ): Mutation => ({
    name: `${file}: ${how}`,
    file: to,
    apply: (folder) => renameSync(join(folder, file), join(folder, to)),
    outcome: { line: 1, column: 1, ...told },
  });
  const replaced = (how: string, file: string, replace: (path: string) => void, says: RegExp): Mutation => ({
    name: `${file}: ${how}`,
    file,
    apply: (folder) => {
      rmSync(join(folder, file), { recursive: true });
      replace(join(folder, file));
    },
    outcome: { line: 1, column: 1, says },
  });
  const moved = (file: string) => `${file}.elsewhere`;
  const capital = (file: string) => file.replace(/[^/]+$/, (name) => name[0]!.toUpperCase() + name.slice(1));
  const plain = pick(messages.filter((name) => /\/(email|phone)\.hbs$/.test(name)));
  const stated = special.length > 0 ? pick(special) : plain;
  return [
    renamed('named campaign.yml', 'campaign.yaml', 'campaign.yml', {
      file: 'campaign.yaml',
      says: /there is a 'campaign\.yml'\. Rename/,
    }),
    renamed('named with a capital', 'campaign.yaml', 'Campaign.yaml', {
      file: 'campaign.yaml',
      says: /there is a 'Campaign\.yaml'\. Rename/,
    }),
    renamed('with a second ending', 'campaign.yaml', 'campaign.yaml.txt', {
      file: 'campaign.yaml',
      says: /Rename it to campaign\.yaml/,
    }),
    renamed('named otherwise', 'campaign.yaml', 'settings.yaml', {
      file: 'campaign.yaml',
      says: /^This file is missing/,
    }),
    renamed('named with a capital', plain, capital(plain), { says: /Did you mean '(email|phone)\.hbs'/ }),
    renamed(
      'named with a capital in its wording',
      stated,
      stated.replace(/\.(\w)/, (_, letter) => `.${letter.toUpperCase()}`),
      { says: /Did you mean|^No message is called/ },
    ),
    renamed('misspelt', plain, plain.replace(/(.)\.hbs$/, '$1$1.hbs'), { says: /^No message is called/ }),
    renamed('with a second ending', plain, `${plain}.txt`, { says: /^The name of this file .* Rename it/ }),
    renamed('a copy of an editor', plain, plain.replace('.hbs', ' (1).hbs'), {
      says: /^This file looks like a copy of/,
    }),
    renamed('a page with a capital', `${language}/page.md`, `${language}/Page.md`, {
      says: /Did you mean 'page\.md'/,
    }),
    renamed('a folder with capitals', language, language.toUpperCase(), {
      file: 'campaign.yaml',
      line: 0,
      column: 0,
      says: /Rename it with small letters/,
    }),
    replaced('a folder in its place', 'campaign.yaml', (path) => mkdirSync(path), /^A file is expected here/),
    replaced('a folder in its place', plain, (path) => mkdirSync(path), /^A file is expected here/),
    replaced('a folder in its place', stated, (path) => mkdirSync(path), /^A file is expected here/),
    replaced(
      'a folder in its place',
      `${language}/page.md`,
      (path) => mkdirSync(path),
      /^A file is expected here/,
    ),
    replaced('a link to itself', any(), (path) => symlinkSync(path, path), /^This can't be read \(ELOOP\)/),
    replaced(
      'a link to itself',
      language,
      (path) => symlinkSync(path, path),
      /^This can't be read \(ELOOP\)/,
    ),
    replaced(
      'a link to nowhere',
      plain,
      (path) => symlinkSync('nowhere', path),
      /^This is a link to a file that is not there/,
    ),
    replaced(
      'a file that nobody may read',
      any(),
      (path) => {
        writeFileSync(path, 'x');
        chmodSync(path, 0);
      },
      /^This can't be read \(EACCES\)/,
    ),
    {
      name: `${plain}: a link to the same text`,
      file: plain,
      apply: (folder) => {
        renameSync(join(folder, plain), join(folder, moved('other')));
        symlinkSync(join(folder, moved('other')), join(folder, plain));
      },
      outcome: 'same',
    },
    {
      name: 'what editors and systems leave behind',
      file: language,
      apply: (folder) => {
        for (const left of ['.DS_Store', 'Thumbs.db', 'page.md~', '.page.md.swp', '#page.md#'])
          writeFileSync(join(folder, language, left), 'x');
      },
      outcome: 'same',
    },
  ];
}
