import { readFile, stat } from 'node:fs/promises';

/** A file whole, where it has no more than so many bytes; else an Error that says so, before anything of it is read. */
export async function readSized(path: string, most_bytes: number): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > most_bytes)
    throw new Error(`it has ${megabytes(size)} MB, and ${megabytes(most_bytes)} are the most`);
  return readFile(path);
}

const megabytes = (bytes: number) => Math.ceil(bytes / 100_000) / 10;
