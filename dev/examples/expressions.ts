// `${{ }}` and `if:` evaluated by GitHub's own expression library.
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { truthy } from '@actions/expressions/result';
import type { Texts } from './workflow.ts';

/** The contexts by their names: `env`, `steps`, `secrets` and so on. */
export type Context = Readonly<Record<string, unknown>>;

/** How it went so far. */
export type Status = 'success' | 'failure' | 'skipped';

/** An expression; a quoted string in it may hold its end. */
const embedded = /\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g;

/** `text` with the value of each `${{ }}` in its place. */
export function fill(text: string, context: Context): string {
  return text.replace(embedded, (_whole, expression: string) =>
    evaluate(expression, context).coerceString(),
  );
}

export function fillAll(texts: Texts = {}, context: Context): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, fill(text, context)]),
  );
}

/** The same for every text in `value`; one that is an expression as a whole becomes the value that it has. */
export function fillDeep(value: unknown, context: Context): unknown {
  if (typeof value === 'string') {
    const expression = unwrap(value);
    if (expression === undefined) return fill(value, context);
    return JSON.parse(JSON.stringify(evaluate(expression, context), data.replacer));
  }
  if (Array.isArray(value)) return value.map((item) => fillDeep(item, context));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, fillDeep(inner, context)]),
  );
}

/** Whether a step or job runs; one that does not ask how it went runs only after success. */
export function decide(condition = '', context: Context, status: Status): boolean {
  const expression = unwrap(condition) ?? condition;
  const asks = /\b(always|success|failure|cancelled)\s*\(/i.test(expression);
  if (!asks && status !== 'success') return false;
  return expression.trim() === '' || truthy(evaluate(expression, context, status));
}

/** The expression that `text` is as a whole, undefined where it holds more or none. */
function unwrap(text: string): string | undefined {
  const [first] = text.matchAll(embedded);
  return first?.[0] === text.trim() ? first[1] : undefined;
}

/** @throws Error for an expression that GitHub would refuse */
function evaluate(
  expression: string,
  context: Context,
  status: Status = 'success',
): data.ExpressionData {
  const functions = Object.entries({
    always: true,
    success: status === 'success',
    failure: status === 'failure',
    cancelled: false,
  }).map(([name, value]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  }));
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(context), functions).parse();
  const values = JSON.parse(JSON.stringify(context), data.reviver) as data.Dictionary;
  return new Evaluator(tree, values, new Map(functions.map((one) => [one.name, one]))).evaluate();
}
