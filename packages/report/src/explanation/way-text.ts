import type { Explanation } from '@tuplescope/packet-explainer';
import { isAstray } from './packet-notice.ts';
import { type Lane, packetWay } from './packet-way.ts';

/** The columns at which the lanes of a ladder stand. */
const LANE_COLUMNS = [0, 9, 18, 26] as const;

/** Columns of a ladder. */
export const WAY_WIDTH = 27;

/**
 * Writes the names of the lanes above their columns.
 *
 * @example
 * laneTitles(['app', 'conntrack', 'proxy', 'wire']) // 'app  conntrack  proxy  wire'
 */
export function laneTitles(order: readonly Lane[]): string {
  let line = '';
  for (const [i, lane] of order.entries()) {
    const centred = (LANE_COLUMNS[i] ?? 0) - (lane.length >> 1);
    const start = Math.min(
      WAY_WIDTH - lane.length,
      Math.max(line === '' ? 0 : line.length + 1, centred),
    );
    line = line.padEnd(start) + lane;
  }
  return line;
}

/**
 * Draws the way of a packet past the lanes: `✓` where conntrack knows it, `✗` where it is INVALID,
 * and dashes from there on where it goes astray. What starts and ends on the same side of conntrack
 * turns back there.
 *
 * @example
 * wayText(explanation, ['app', 'conntrack', 'proxy', 'wire']) // '●────────✓───────►│       │'
 */
export function wayText(explanation: Explanation, order: readonly Lane[]): string {
  const { from, to } = packetWay(explanation);
  const start = columnOf(order, from);
  const end = columnOf(order, to);
  const judge = columnOf(order, 'conntrack');
  const cells = new Array<string>(WAY_WIDTH).fill(' ');
  fill(cells, judge, end, isAstray(explanation) ? '╌' : '─');
  fill(cells, start, judge, '─');
  for (const column of LANE_COLUMNS.slice(0, order.length)) {
    cells[column] = cells[column] === ' ' ? '│' : '┼';
  }
  cells[judge] = MARKS[explanation.ctstate];
  cells[end] = Math.max(start, judge) > end && end > Math.min(start, judge) ? '┼' : '│';
  cells[start] = '●';
  const onward = end < judge ? -1 : 1;
  cells[end - onward] = onward > 0 ? '►' : '◄';
  return cells.join('');
}

function fill(cells: string[], from: number, to: number, line: string): void {
  for (let at = Math.min(from, to); at <= Math.max(from, to); at++) cells[at] = line;
}

const MARKS = { NEW: '✓', ESTABLISHED: '✓', RELATED: '✓', INVALID: '✗', UNTRACKED: '·' } as const;

function columnOf(order: readonly Lane[], lane: Lane): number {
  return LANE_COLUMNS[order.indexOf(lane)] ?? 0;
}
