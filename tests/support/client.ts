import { type CheerioAPI, load } from 'cheerio';

/** An answer with its page ready to be asked. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  $: CheerioAPI;
}

/** Fields of a form; a list stands for a field that is repeated. */
export type Fields = Record<string, string | string[]>;

/** A browser without script or cookies: gets pages and posts forms, and follows no redirect by itself. */
export interface Client {
  get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
  post: (path: string, fields: Fields, headers?: Record<string, string>) => Promise<Answer>;
}

/** A client of the app at `url`; its posts come from the app's own pages unless the headers say otherwise. */
export function createClient(url: string): Client {
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(new URL(path, url), { redirect: 'manual', ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, $: load(text) };
  };
  return {
    get: (path, headers = {}) => ask(path, { headers: { accept: 'text/html', ...headers } }),
    post: (path, fields, headers = {}) =>
      ask(path, {
        method: 'POST',
        body: encodeForm(fields),
        headers: {
          accept: 'text/html',
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
      }),
  };
}

function encodeForm(fields: Fields): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((item) => [name, item] as [string, string]),
  );
  return new URLSearchParams(pairs).toString();
}

/** What a form would send when its button is pressed: hidden fields and those filled in, in the order of the page. */
export function formFields($: CheerioAPI, selector: string): Fields {
  const fields: Fields = {};
  for (const { name, value } of $(selector).first().serializeArray()) {
    const earlier = fields[name];
    fields[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return fields;
}
