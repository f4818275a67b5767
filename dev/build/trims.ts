// What is changed in ncc's output so that the bundle loads no more of Node than it uses.

interface Trim {
  readonly why: string;
  readonly find: RegExp;
  readonly replace: string;
}

const trims: readonly Trim[] = [
  {
    why: 'getBuiltinModule gives the same object, without resolving a path for each and without the source map machinery behind `module`',
    find: /__WEBPACK_EXTERNAL_createRequire\(import\.meta\.url\)\(/g,
    replace: 'process.getBuiltinModule(',
  },
  {
    why: 'nothing is left that needs createRequire',
    find: /^import \{ createRequire as __WEBPACK_EXTERNAL_createRequire \} from "module";$/m,
    replace: '',
  },
  {
    why: 'tunnel requires net and assert and calls neither; loading assert sets up stderr',
    find: /^var (net|assert) = __nccwpck_require__\(\d+\);$/gm,
    replace: '',
  },
  {
    why: "nobody calls core's job summary: once it is plain that making one does nothing else, it is left out",
    find: /^const _summary = new Summary\(\);$/m,
    replace: 'const _summary = /* @__PURE__ */ new Summary();',
  },
  {
    why: 'core takes functions out of fs.promises, which loads all of that; only its job summary wants them',
    find: /^const \{ access, appendFile, writeFile \} = \w+\.promises;$/m,
    replace: '',
  },
  {
    why: "http-client's tables of statuses, retries and headers serve only the methods that go below",
    find: /^(?:\(function \((HttpCodes|Headers|MediaTypes)\) \{\n[\s\S]*?\n\}\)\(.*\);|const (?:HttpRedirectCodes|HttpResponseRetryCodes) = \[[\s\S]*?\n\];)$/gm,
    replace: '',
  },
  {
    why: 'the helpers of webpack for default exports and for namespaces of CommonJS modules: no module here has either',
    find: /^\/\*{6}\/\s+\/\* webpack\/runtime\/(compat get default export|create fake namespace object) \*\/\n[\s\S]*?(?=^\/\*{6}\/\s+\/\* webpack\/runtime\/)/gm,
    replace: '',
  },
  {
    why: 'the pages that the presets come from are for who reads the table, and no run shows them',
    find: /^ +docs: '.*',\n/gm,
    replace: '',
  },
];

/** The methods of http-client's class that `requestRaw` and `getAgent` need. */
const keptMethods = [
  'constructor',
  'dispose',
  'requestRaw',
  'requestRawWithCallback',
  'getAgent',
  '_getAgent',
  '_getUserAgentWithOrchestrationId',
];

/**
 * ncc's output with the changes made.
 * @throws {Error} when a change finds nothing to do: then a dependency has changed, and its reason may be gone.
 */
export function trim(code: string): string {
  const trimmed = trims.reduce(
    (text, { why, find, replace }) => changed(text, text.replace(find, replace), why),
    code,
  );
  return dropMethods(trimmed);
}

/** A method that nothing calls is beyond a tool's knowledge: it cannot tell which objects have it. */
function dropMethods(code: string): string {
  const start = code.indexOf('class HttpClient {');
  const end = code.indexOf('\n}\n', start);
  const methods = /^ {4}(\w+)\([^\n]*\) \{\n[\s\S]*?^ {4}\}\n/gm;
  const body = code.slice(start, end + 1);
  const kept = body.replace(methods, (method, name: string) =>
    keptMethods.includes(name) ? method : '',
  );
  for (const name of keptMethods) {
    if (!kept.includes(`\n    ${name}(`)) throw new Error(`http-client has no ${name} any more`);
  }
  return changed(code, code.slice(0, start) + kept + code.slice(end + 1), 'methods of HttpClient');
}

function changed(before: string, after: string, why: string): string {
  if (after === before) throw new Error(`Nothing to trim: ${why}`);
  return after;
}
