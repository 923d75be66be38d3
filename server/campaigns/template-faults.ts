import Handlebars from 'handlebars';
import { didYouMean } from './nearest.ts';
import { type NameTree, TEMPLATE_NAMES, writtenOut } from './template-names.ts';

/** A fault in a template: `line` and `column` count from 1. */
export interface TemplateFault {
  line: number;
  column: number;
  message: string;
}

type Tree = 'text' | NameTree | [NameTree];

/** What names mean at one place: the groups around it, the innermost last, and whether a list is being gone through. */
interface Scope {
  around: Tree[];
  in_list: boolean;
}

/** What is wrong with a template: its syntax, or names and helpers that do not exist, wherever they stand. */
export function templateFaults(source: string): TemplateFault[] {
  const parsed = parse(source);
  if ('fault' in parsed) return [parsed.fault];
  const faults: TemplateFault[] = [];
  checkProgram(parsed.program, { around: [TEMPLATE_NAMES], in_list: false }, faults);
  return faults;
}

function parse(source: string): { program: hbs.AST.Program } | { fault: TemplateFault } {
  try {
    return { program: Handlebars.parse(source) };
  } catch (error) {
    return { fault: syntaxFault(source, error as Error) };
  }
}

/** Handlebars names the line at most: brackets that do not pair are found by counting them. */
function syntaxFault(source: string, error: Error): TemplateFault {
  const open: { name: string; offset: number }[] = [];
  for (const tag of source.matchAll(/\{\{\{?~?\s*([#^/]?)\s*(else\b)?([^\s}]*)([^{}]*)(\}\}|)/g)) {
    const [, mark, , name = '', , end] = tag;
    if (end === '')
      return { ...positionIn(source, tag.index), message: 'This {{ is never closed. End it with }}.' };
    if (mark === '#') open.push({ name, offset: tag.index });
    if (mark !== '/') continue;
    const opener = open.pop();
    if (opener?.name === name) continue;
    const message = opener
      ? `{{/${name}}} closes a block that {{#${opener.name}}} opened. Write {{/${opener.name}}}.`
      : `{{/${name}}} closes a block that was never opened.`;
    return { ...positionIn(source, tag.index), message };
  }
  const unclosed = open.at(-1);
  if (unclosed)
    return {
      ...positionIn(source, unclosed.offset),
      message: `{{#${unclosed.name}}} is never closed. Add {{/${unclosed.name}}} after it.`,
    };
  const line = Number(/on line (\d+)/.exec(error.message)?.[1] ?? 1);
  return {
    line,
    column: 1,
    message:
      'What stands between {{ and }} on this line is not well formed. Compare it with the examples in campaigns/README.md.',
  };
}

function positionIn(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

function checkProgram(program: hbs.AST.Program | undefined, scope: Scope, faults: TemplateFault[]): void {
  for (const statement of program?.body ?? []) checkStatement(statement, scope, faults);
}

function checkStatement(statement: hbs.AST.Statement, scope: Scope, faults: TemplateFault[]): void {
  const fault = (node: hbs.AST.Node, message: string) =>
    void faults.push({ line: node.loc.start.line, column: node.loc.start.column + 1, message });
  switch (statement.type) {
    case 'MustacheStatement':
      return checkMustache(statement as hbs.AST.MustacheStatement, scope, fault);
    case 'BlockStatement':
      return checkBlock(statement as hbs.AST.BlockStatement, scope, faults, fault);
    case 'ContentStatement':
    case 'CommentStatement':
      return;
    default:
      fault(statement, 'Templates of campaigns can not include others. Write the text out here.');
  }
}

type Fault = (node: hbs.AST.Node, message: string) => void;

function checkMustache({ path, params }: hbs.AST.MustacheStatement, scope: Scope, fault: Fault): void {
  if (params.length > 0)
    return fault(path, `There is no helper '${originalOf(path)}'. A name stands alone between {{ and }}.`);
  const tree = resolve(path, scope, fault);
  if (tree === undefined || tree === 'text') return;
  const inner = Array.isArray(tree)
    ? `is a list: write {{#each ${originalOf(path)}}} … {{/each}}`
    : `is a group of names: write one of ${Object.keys(tree)
        .map((name) => `${originalOf(path)}.${name}`)
        .join(', ')}`;
  fault(path, `'${originalOf(path)}' ${inner}.`);
}

function checkBlock(
  block: hbs.AST.BlockStatement,
  scope: Scope,
  faults: TemplateFault[],
  fault: Fault,
): void {
  const helper = originalOf(block.path);
  if (!['if', 'unless', 'each'].includes(helper)) {
    return fault(
      block.path,
      `There is no block '${helper}'.${didYouMean(helper, ['if', 'unless', 'each'])} Known are: if, unless, each.`,
    );
  }
  const [param, ...more] = block.params;
  if (!param || more.length > 0)
    return fault(block.path, `{{#${helper}}} takes one name: {{#${helper} position}}.`);
  const tree = resolve(param as hbs.AST.PathExpression, scope, fault);
  let inner = scope;
  if (helper === 'each' && tree !== undefined) {
    if (!Array.isArray(tree)) return fault(param, `'${originalOf(param)}' is not a list. Lists are: bills.`);
    inner = { around: [...scope.around, tree[0]], in_list: true };
  }
  // Where the list itself is unknown, what stands in it can't be judged: one fault, not many.
  if (tree !== undefined || helper !== 'each') checkProgram(block.program, inner, faults);
  checkProgram(block.inverse, scope, faults);
}

/** What a path leads to; undefined where it leads nowhere, which has then been said. */
function resolve(node: hbs.AST.Node, scope: Scope, fault: Fault): Tree | undefined {
  const path = node as hbs.AST.PathExpression;
  if (path.type !== 'PathExpression') {
    fault(node, 'A name is expected here, such as legislator.name.');
    return undefined;
  }
  if (path.data) return resolveData(path, scope, fault);
  let tree: Tree | undefined = scope.around.at(-1 - path.depth);
  for (const part of path.parts as string[])
    tree =
      tree && tree !== 'text' && !Array.isArray(tree) && Object.hasOwn(tree, part) ? tree[part] : undefined;
  if (tree === undefined) {
    const here = scope.around.at(-1 - path.depth);
    const known = here && here !== 'text' && !Array.isArray(here) ? writtenOut(here) : [];
    fault(
      node,
      `There is no name '${path.original}'.${didYouMean(path.parts.join('.'), known)} campaigns/README.md lists every name.`,
    );
  }
  return tree;
}

function resolveData(path: hbs.AST.PathExpression, scope: Scope, fault: Fault): Tree | undefined {
  const isKnown =
    scope.in_list && path.parts.length === 1 && ['index', 'first', 'last'].includes(path.parts[0]!);
  if (isKnown) return 'text';
  fault(path, `There is no name '${path.original}'. Within {{#each}} there are @index, @first and @last.`);
  return undefined;
}

function originalOf(node: hbs.AST.Node): string {
  return String((node as hbs.AST.PathExpression).original);
}
