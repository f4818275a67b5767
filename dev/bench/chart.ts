// The benchmark's chart: a bar for each contender, with its quartiles, against the limit.
import type { Standing } from './processes.ts';

const width = 840;
const left = 310;
const right = 100;
const row = 34;
const bar = 18;

/** An SVG that stands by itself, on a light ground and on a dark one; a line marks the one named `limitName`. */
export function drawChart(standings: readonly Standing[], limitName: string): string {
  const longest = Math.max(...standings.map(({ wallMs }) => wallMs.upperQuartile));
  const scale = (ms: number) => Math.round(left + (ms / longest) * (width - left - right));
  const limitMs = standings.find(({ name }) => name === limitName)?.wallMs.median ?? Number.NaN;
  const height = standings.length * row + 44;
  const rows = standings.map((standing, index) => drawRow(standing, index * row + 12, scale));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Time of whole processes">
<style>
text { font: 14px system-ui, sans-serif; fill: #1f2328 }
.bar { fill: #8c959f }
.own { fill: #d1242f }
.mark { stroke: #1f2328 }
.limit { stroke: #0969da; stroke-dasharray: 4 3 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .mark { stroke: #e6edf3 }
  .limit { stroke: #4493f8 }
}
</style>
${rows.join('\n')}
<path class="limit" d="M${scale(limitMs)} 4V${height - 32}"/>
<text x="${left}" y="${height - 10}">Median time relative to the bare request (dashed), with quartiles</text>
</svg>
`;
}

function drawRow(
  { name, wallMs, wallRatio }: Standing,
  top: number,
  scale: (ms: number) => number,
): string {
  const middle = top + bar / 2;
  const end = scale(wallMs.median);
  const [low, high] = [scale(wallMs.lowerQuartile), scale(wallMs.upperQuartile)];
  const own = name.startsWith('this action') ? ' own' : '';
  return `<text x="${left - 12}" y="${middle + 5}" text-anchor="end">${name.replaceAll('`', '')}</text>
<rect class="bar${own}" x="${left}" y="${top}" width="${end - left}" height="${bar}" rx="2"/>
<path class="mark" d="M${low} ${middle}H${high}M${low} ${middle - 4}v8M${high} ${middle - 4}v8"/>
<text x="${high + 8}" y="${middle + 5}">${wallRatio.median.toFixed(2)} ×</text>`;
}
