// PowerShell's syntax, checked where there is no PowerShell.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as TreeSitter from '@vscode/tree-sitter-wasm';

/** The lines where `script` cannot be read, each with what stands there. */
export async function findSyntaxErrors(script: string): Promise<readonly string[]> {
  const require = createRequire(import.meta.url);
  const { Language, Parser }: typeof TreeSitter = require('@vscode/tree-sitter-wasm');
  const folder = dirname(require.resolve('@vscode/tree-sitter-wasm'));
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(join(folder, 'tree-sitter-powershell.wasm')));
  const root = parser.parse(script)?.rootNode;
  return root ? listErrors(root) : ['No syntax at all'];
}

function listErrors(node: TreeSitter.Node): string[] {
  if (!node.hasError) return [];
  if (node.isError || node.isMissing) {
    return [`Syntax error in line ${node.startPosition.row + 1}: ${node.text}`];
  }
  return node.children.flatMap((child) => (child ? listErrors(child) : []));
}
