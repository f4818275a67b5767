/** Values from outside: read, or refused with the reason. */

/** A value that was read, or its fault: how the sentence on it ends, unless its kind is named. */
export type Result<T, F = string> = { readonly value: T } | { readonly fault: F };

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type JsonObject = Readonly<Record<string, unknown>>;

/** The JSON object in a text, or undefined where it is anything else: a list, a number, no JSON. */
export function readJsonObject(text: string): JsonObject | undefined {
  const value = readJson(text);
  return isObject(value) ? value : undefined;
}

/** The value in a JSON text, or undefined where it is not JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What stands at a path of own properties, or undefined where it leads nowhere. */
export function readPath(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );
}

/** Whether a value is an object with names, not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
