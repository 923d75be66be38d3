import { didYouMean } from '../yaml/nearest.ts';
import { strayNames } from './stray-names.ts';
import { type NameTree, TEMPLATE_NAMES, writtenOut } from './template-names.ts';
import { faultAt, parseTemplate, type TemplateFault } from './template-syntax.ts';

type Tree = 'text' | 'flag' | NameTree | [NameTree];

/** What holds at one place of a template. */
interface Scope {
  /** The groups that names are looked for in, the innermost last: `..` leads one out. */
  around: Tree[];
  in_list: boolean;
  /** Of the names that may be empty, those that are known not to be here. */
  asked: readonly Asked[];
  /** How many blocks stand around it. */
  depth: number;
}

/** Names that are empty for some legislators. */
type Asked = 'position' | 'committee' | 'reason';

type Fault = (node: hbs.AST.Node, message: string) => void;

/** Signs without a width, which come along with copied text. */
const INVISIBLE = /\p{Cf}/u;
const BLOCKS = ['if', 'unless', 'each'];
/** More blocks in one another than anyone writes, and fewer than would use up the stack. */
const DEEPEST = 50;

/**
 * What is wrong with a template: its syntax, or names and blocks that do not exist, wherever they stand. `has_position` =
 * the wording is only for legislators whose position is known.
 */
export function templateFaults(source: string, has_position = false): TemplateFault[] {
  const parsed = parseTemplate(source);
  if ('fault' in parsed) return [parsed.fault];
  const faults: TemplateFault[] = [];
  checkProgram(
    parsed.program,
    { around: [TEMPLATE_NAMES], in_list: false, asked: has_position ? ['position'] : [], depth: 0 },
    (node, message) =>
      void faults.push({ line: node.loc.start.line, column: node.loc.start.column + 1, message }),
  );
  return faults;
}

function checkProgram(program: hbs.AST.Program | undefined, scope: Scope, fault: Fault): void {
  for (const statement of program?.body ?? []) checkStatement(statement, scope, fault);
}

function checkStatement(statement: hbs.AST.Statement, scope: Scope, fault: Fault): void {
  switch (statement.type) {
    case 'MustacheStatement':
      return checkMustache(statement as hbs.AST.MustacheStatement, scope, fault);
    case 'BlockStatement':
      return checkBlock(statement as hbs.AST.BlockStatement, scope, fault);
    case 'ContentStatement':
      return checkText(statement as hbs.AST.ContentStatement, fault);
    case 'CommentStatement':
      return;
    default:
      fault(statement, 'Templates of campaigns can not include others. Write the text out here.');
  }
}

/** No message to an office has a name as it is written here. */
function checkText({ original, loc }: hbs.AST.ContentStatement, fault: Fault): void {
  // Its type says flags, but it is the text as written, before white space around blocks is taken off.
  const text = String(original);
  for (const { index, message } of strayNames(text)) {
    const { line, column } = faultAt(text, index, '');
    const start = {
      line: loc.start.line + line - 1,
      column: (line === 1 ? loc.start.column : 0) + column - 1,
    };
    fault({ type: 'ContentStatement', loc: { ...loc, start } }, message);
  }
}

function checkMustache({ path, params, hash }: hbs.AST.MustacheStatement, scope: Scope, fault: Fault): void {
  const name = originalOf(path);
  if (params.length > 0 || hash) {
    const meant = didYouMean(name, ['#if', '#unless', '#each', 'else if']);
    return fault(
      path,
      `'${name}' can not be followed by anything: a name stands alone, as in {{legislator.name}}.${meant}`,
    );
  }
  const tree = resolve(path, scope, fault);
  if (tree === undefined) return;
  if (tree !== 'text') return fault(path, `'${name}' ${insteadOf(name, tree)}.`);
  const empty = mayBeEmpty(path, scope);
  if (empty !== undefined && !scope.asked.includes(empty)) fault(path, `'${name}' ${WHERE_EMPTY[empty]}`);
}

function insteadOf(name: string, tree: Exclude<Tree, 'text'>): string {
  if (tree === 'flag') return `is so or not: ask {{#if ${name}}} … {{else}} … {{/if}}`;
  if (Array.isArray(tree)) return `is a list: write {{#each ${name}}} … {{/each}}`;
  const names = writtenOut(tree).map((inner) => (/^(this|[./]+)$/.test(name) ? inner : `${name}.${inner}`));
  return `is a group of names: write one of ${names.slice(0, 7).join(', ')}`;
}

function checkBlock(block: hbs.AST.BlockStatement, scope: Scope, fault: Fault): void {
  const helper = originalOf(block.path);
  if (!BLOCKS.includes(helper)) {
    const isName = block.path.type === 'PathExpression' && lookUp(block.path, scope) !== undefined;
    const hint = isName ? ` Write {{#if ${helper}}} … {{/if}}.` : didYouMean(helper, BLOCKS);
    return fault(block.path, `There is no block '${helper}'.${hint} Known are: ${BLOCKS.join(', ')}.`);
  }
  if (scope.depth >= DEEPEST) return fault(block, `More than ${DEEPEST} blocks stand in one another here.`);
  const [param, ...more] = block.params;
  if (!param || more.length > 0 || block.hash || block.program?.blockParams || block.inverse?.blockParams)
    return fault(
      block.path,
      `{{#${helper}}} takes one name and nothing else: {{#${helper} ${helper === 'each' ? 'bills' : 'position'}}}.`,
    );
  const tree = resolve(param, scope, fault);
  if (helper === 'each') return checkEach(block, param, tree, scope, fault);
  const inner = { ...scope, depth: scope.depth + 1 };
  const about = mayBeEmpty(param, scope);
  const known = { ...inner, asked: about ? [...scope.asked, about] : scope.asked };
  checkProgram(block.program, helper === 'if' ? known : inner, fault);
  checkProgram(block.inverse, helper === 'unless' ? known : inner, fault);
}

function checkEach(
  block: hbs.AST.BlockStatement,
  param: hbs.AST.Expression,
  tree: Tree | undefined,
  scope: Scope,
  fault: Fault,
): void {
  const inner = { ...scope, depth: scope.depth + 1 };
  checkProgram(block.inverse, inner, fault);
  // Where the list itself is unknown, what stands in it can't be judged: one fault, not many.
  if (tree === undefined) return;
  if (!Array.isArray(tree)) return fault(param, `'${originalOf(param)}' is not a list. Lists are: bills.`);
  checkProgram(block.program, { ...inner, around: [...scope.around, tree[0]], in_list: true }, fault);
}

/** What a path leads to; undefined where it leads nowhere, which has then been said. */
function resolve(node: hbs.AST.Node, scope: Scope, fault: Fault): Tree | undefined {
  const path = node as hbs.AST.PathExpression;
  if (path.type !== 'PathExpression')
    return void fault(node, 'A name is expected here, such as legislator.name.');
  if (path.data) {
    const isKnown = scope.in_list && /^@(index|first|last)$/.test(path.original);
    if (isKnown) return 'text';
    const message = `There is no name '${path.original}'. Within {{#each}} there are @index, @first and @last.`;
    return void fault(path, message);
  }
  const tree = lookUp(path, scope);
  if (tree === undefined) {
    const hint = `${didYouMean(path.original, namesIn(scope))}${INVISIBLE.test(path.original) ? ' An invisible sign stands in it: type it anew.' : ''}`;
    fault(node, `There is no name '${path.original}'.${hint} campaigns/README.md lists every name.`);
  }
  return tree;
}

function lookUp({ depth, parts }: hbs.AST.PathExpression, scope: Scope): Tree | undefined {
  return (parts as string[]).reduce<Tree | undefined>(
    (tree, part) =>
      tree && typeof tree === 'object' && !Array.isArray(tree) && Object.hasOwn(tree, part)
        ? tree[part]
        : undefined,
    scope.around.at(-1 - depth),
  );
}

/** Every name and group as it is written at this place: within a list those around it begin with ../ */
function namesIn({ around }: Scope): string[] {
  return around.toReversed().flatMap((tree, depth) => {
    if (typeof tree === 'string' || Array.isArray(tree)) return [];
    return [...writtenOut(tree), ...Object.keys(tree)].map((name) => '../'.repeat(depth) + name);
  });
}

const WHERE_EMPTY: Record<Asked, string> = {
  position:
    'is empty for legislators of whom nothing is known. Put it between {{#if position}} and {{/if}}, or in a file for those with a position, such as email.ally.hbs.',
  committee:
    'is empty for legislators who are not on the committee that has the bill, and where its name is not known. Put it between {{#if committee.name}} and {{/if}}.',
  reason: 'is empty for all but extra and fallback targets. Put it between {{#if reason}} and {{/if}}.',
};

/** The name that may be empty to which a path leads; undefined for others. */
function mayBeEmpty(node: hbs.AST.Node, scope: Scope): Asked | undefined {
  const { depth, parts } = node as hbs.AST.PathExpression;
  const [first] = (parts ?? []) as string[];
  const is_outermost = scope.around.at(-1 - (depth ?? 0)) === TEMPLATE_NAMES;
  return is_outermost ? (Object.keys(WHERE_EMPTY) as Asked[]).find((name) => name === first) : undefined;
}

function originalOf(node: hbs.AST.Node): string {
  return String((node as hbs.AST.PathExpression).original);
}
