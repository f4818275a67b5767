// A job summary as text: GitHub shows the table that its HTML is.

export function renderSummary(summary: string): string {
  return summary
    .replace(/^#+ /gm, '')
    .replace(/<table>(.*?)<\/table>/gs, (_, rows: string) => renderTable(rows))
    .trim();
}

/** Columns, the first as wide as its longest cell; further lines of a cell stand below the first. */
function renderTable(html: string): string {
  const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => readText(cell)),
  );
  const width = Math.max(...rows.map(([name = '']) => name.length));
  const indent = ' '.repeat(width + 2);
  return rows
    .map(([name = '', ...rest]) => `${name.padEnd(width)}  ${rest.join('  ')}`)
    .map((row) => row.replaceAll('\n', `\n${indent}`))
    .join('\n');
}

function readText(html: string): string {
  return html
    .replaceAll('<br>', '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
