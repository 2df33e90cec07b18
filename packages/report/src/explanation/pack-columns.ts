import { columnWidth } from '../column-width.ts';

/** A column of a table: its title, and whether it stands at the right. */
export interface Column {
  readonly title: string;
  readonly align?: 'right';
}

/** A column with its place in a row's cells, and as wide as its widest cell. */
export interface SizedColumn extends Column {
  readonly index: number;
  readonly width: number;
}

/** Spaces between two columns. */
const GAP = 2;

/** What continues a row stands further in. */
const INDENT = 2;

/**
 * Spreads columns over lines: a group that no longer fits begins a line. The same for all rows, so
 * that what belongs together stands below each other at any width; a column without cells is left
 * out.
 *
 * @param groups columns that are never parted.
 * @param widths columns that the widest cell of each needs.
 */
export function packColumns(
  groups: readonly (readonly Column[])[],
  widths: readonly number[],
  room: number,
): readonly (readonly SizedColumn[])[] {
  const lines: SizedColumn[][] = [];
  let used = 0;
  let index = 0;
  for (const group of groups) {
    const sized = group.map((column): SizedColumn => {
      const width = widths[index] ?? 0;
      const least = width === 0 ? 0 : columnWidth(column.title);
      return { ...column, index: index++, width: Math.max(width, least) };
    });
    const columns = sized.filter(({ width }) => width > 0);
    if (columns.length === 0) continue;
    const needed = columns.reduce((sum, { width }) => sum + width + GAP, 0);
    const line = lines.at(-1);
    if (line === undefined || used + needed - GAP > room) {
      used = (line === undefined ? 0 : INDENT) + needed;
      lines.push(columns);
    } else {
      used += needed;
      line.push(...columns);
    }
  }
  return lines;
}

/** Writes one row of cells; lines that nothing is in are left out. */
export function packedRow(
  lines: readonly (readonly SizedColumn[])[],
  cells: readonly string[],
  paint: (text: string, column: number) => string = (text) => text,
): string[] {
  return lines
    .filter((columns) => columns.some(({ index }) => cells[index] !== ''))
    .map((columns, i) => {
      const texts = columns.map((column) =>
        paint(pad(cells[column.index] ?? '', column), column.index),
      );
      return `${' '.repeat(i === 0 ? 0 : INDENT)}${texts.join(' '.repeat(GAP))}`;
    });
}

function pad(text: string, { width, align }: SizedColumn): string {
  const blanks = ' '.repeat(Math.max(0, width - columnWidth(text)));
  return align === 'right' ? blanks + text : text + blanks;
}
