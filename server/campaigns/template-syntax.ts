import Handlebars from 'handlebars';

/** A fault in a template: `line` and `column` count from 1. */
export interface TemplateFault {
  line: number;
  column: number;
  message: string;
}

/** More names and blocks than any message has; thousands of blocks would keep Handlebars busy for long. */
const MOST_TAGS = 500;

/** A template as Handlebars understands it, or the first fault of its syntax. */
export function parseTemplate(source: string): { program: hbs.AST.Program } | { fault: TemplateFault } {
  // Handlebars shows what follows these as it stands, braces and all.
  const shown = /\\\{\{|\{{4}/.exec(source);
  if (shown) {
    const message =
      'A name stands between two braces on each side, without a backslash: {{legislator.name}}.';
    return { fault: faultAt(source, shown.index, message) };
  }
  const excess = [...source.matchAll(/\{\{/g)][MOST_TAGS];
  if (excess)
    return {
      fault: faultAt(source, excess.index, `More than ${MOST_TAGS} {{ stand in this file. Shorten it.`),
    };
  try {
    return { program: Handlebars.parse(source) };
  } catch (error) {
    return { fault: syntaxFault(source, error as Error) };
  }
}

/** Whether a template asks for a name of its own, 'is_constituent', in {{#if}}, {{else if}} or {{#unless}}, wherever that stands. */
export function asksFor(source: string, name: string): boolean {
  const parsed = parseTemplate(source);
  const asks = (program: hbs.AST.Program | undefined): boolean =>
    (program?.body ?? []).some((statement) => {
      if (statement.type !== 'BlockStatement') return false;
      const block = statement as hbs.AST.BlockStatement;
      const [first] = block.params as hbs.AST.PathExpression[];
      const names = first?.type === 'PathExpression' ? first.parts : [];
      return (names.length === 1 && names[0] === name) || asks(block.program) || asks(block.inverse);
    });
  return 'program' in parsed && asks(parsed.program);
}

/** A fault at an offset that counts characters from 0. */
export function faultAt(source: string, offset: number, message: string): TemplateFault {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1, message };
}

/** A comment, or two or three braces and what stands up to those that close them. */
const TAG = /\{\{~?!--[\s\S]*?--~?\}\}|\{\{~?!(?!--)[^}]*\}\}|(\{{2,3})([^{}]*)(\}*)/g;

/** Handlebars names the line at most, and often the one on which it gave up: the tags are read anew, one by one. */
function syntaxFault(source: string, error: Error): TemplateFault {
  const open: { name: string; offset: number; has_else: boolean }[] = [];
  /** Where {{if …}} was written for {{#if …}}. */
  let lacking: { whole: string; offset: number } | undefined;
  for (const { 0: whole, 1: braces, 2: text = '', 3: closing = '', index: offset } of source.matchAll(TAG)) {
    const fault = (message: string, at = offset) => faultAt(source, at, message);
    if (braces === undefined) continue;
    if (closing.length < 2) return fault('This {{ is never closed. End it with }}.');
    if (closing.length !== braces.length)
      return fault('These braces do not pair. Write two on each side: {{legislator.name}}.');
    const [, mark, name] = /^~?\s*([#^/]?)\s*([^\s~]*)/.exec(text) as unknown as [string, string, string];
    const opener = open.at(-1);
    if (mark === '/') {
      if (!opener && lacking)
        return fault(`Write {{#${lacking.whole.replace(/^\{+/, '')}: a block begins with #.`, lacking.offset);
      if (!opener) return fault(`{{/${name}}} closes a block that was never opened.`);
      if (opener.name !== name)
        return fault(
          `{{/${name}}} closes a block that {{#${opener.name}}} opened. Write {{/${opener.name}}}.`,
        );
      open.pop();
    } else if (isElse(mark, name)) {
      if (!opener) return fault('{{else}} stands outside of {{#if}} … {{/if}}.');
      if (opener.has_else) return fault('This block has an {{else}} already. Take one of them out.');
      opener.has_else = /^~?\s*(else|\^)\s*~?$/.test(text);
    } else if (mark !== '') open.push({ name, offset, has_else: false });
    else if (['if', 'unless', 'each'].includes(name)) lacking = { whole, offset };
    if (!isWellFormed(whole, mark, name))
      return fault(
        `${whole.replace(/\s+/g, ' ')} can not be read. Compare it with the examples in campaigns/README.md.`,
      );
  }
  const unclosed = open.at(-1);
  if (unclosed) {
    const message = `{{#${unclosed.name}}} is never closed. Put {{/${unclosed.name}}} where it ends.`;
    return faultAt(source, unclosed.offset, message);
  }
  const line = Number(/on line (\d+)/.exec(error.message)?.[1] ?? 1);
  return { line, column: 1, message: 'Something between {{ and }} on this line can not be read.' };
}

function isElse(mark: string, name: string): boolean {
  return (mark === '' && name === 'else') || (mark === '^' && name === '');
}

/** Whether a tag could stand in a template, with what it needs around it. */
function isWellFormed(whole: string, mark: string, name: string): boolean {
  const inPlace = isElse(mark, name)
    ? `{{#if a}}${whole}{{/if}}`
    : { '': whole, '/': `{{#${name}}}${whole}`, '#': `${whole}{{/${name}}}`, '^': `${whole}{{/${name}}}` }[
        mark
      ];
  try {
    Handlebars.parse(inPlace!);
    return true;
  } catch {
    return false;
  }
}
