/** What is changed in ncc's output so that the bundle loads no more of Node than it uses. */

interface Trim {
  readonly why: string;
  readonly find: RegExp;
  readonly replace: string;
}

const TRIMS: readonly Trim[] = [
  {
    why: 'getBuiltinModule gives the same object, without resolving a path for each and without the source map machinery behind `module`',
    find: /__WEBPACK_EXTERNAL_createRequire\(import\.meta\.url\)\(/g,
    replace: 'process.getBuiltinModule(',
  },
  {
    why: 'not needed any more',
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
    why: 'what it takes out of fs.promises as it is loaded loads all of that, and goes with it',
    find: /^const \{ access, appendFile, writeFile \} = \w+\.promises;$/m,
    replace: '',
  },
];

/**
 * The bundle with the changes made.
 * @throws {Error} when a change finds nothing to do: then a dependency has changed, and its reason may be gone.
 */
export function trim(code: string): string {
  return TRIMS.reduce((text, { why, find, replace }) => {
    const trimmed = text.replace(find, replace);
    if (trimmed === text) throw new Error(`Nothing to trim: ${find} (${why})`);
    return trimmed;
  }, code);
}
