// A question of npm run campaign -- new at the terminal.
import type { Readable, Writable } from 'node:stream';
import { isCancel, text } from '@clack/prompts';
import { Cancelled } from './cancelled.ts';
import type { Answer } from './new-answers.ts';

/** Where questions are asked and answered: a terminal. `stopped` ends them. */
export interface Terminal {
  input: Readable;
  output: Writable;
  stopped: AbortSignal;
}

/** A question that is answered by a line of text. */
export interface Question<Value> {
  message: string;
  /** Shown, after 'for example', where nothing is typed yet. */
  example?: string;
  /** Stands there to be taken or changed. */
  proposed?: string;
  read: (typed: string) => Answer<Value>;
}

/** An answer, unless the organizer stopped: then Cancelled is thrown. */
export const given = <Value>(answer: Value): Exclude<Value, symbol> => {
  if (isCancel(answer)) throw new Cancelled();
  return answer as Exclude<Value, symbol>;
};

/** A line of text that can be read; it is asked again until it can be. */
export async function line<Value>(
  terminal: Terminal,
  { message, example, proposed, read }: Question<Value>,
): Promise<Value> {
  const typed = given(
    await text({
      message,
      ...(example === undefined ? {} : { placeholder: `for example ${example}` }),
      ...(proposed === undefined ? {} : { initialValue: proposed }),
      validate: (answer) => {
        const found = read((answer ?? '').trim());
        return 'fault' in found ? found.fault : undefined;
      },
      ...on(terminal),
    }),
  );
  return (read((typed ?? '').trim()) as { value: Value }).value;
}

/** How the questions reach the terminal. */
export const on = ({ input, output, stopped }: Terminal) => ({ input, output, signal: stopped });

/** Reads an answer, or nothing. */
export const optional =
  <Value>(read: (typed: string) => Answer<Value>) =>
  (typed: string): Answer<Value | undefined> =>
    typed === '' ? { value: undefined } : read(typed);
