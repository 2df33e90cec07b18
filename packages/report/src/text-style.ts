import pc from 'picocolors';
import { columnWidth } from './column-width.ts';
import type { AskedPort } from './report.ts';
import { wrapLines } from './wrap-lines.ts';

/** How the text is laid out. */
export interface TextOptions extends AskedPort {
  /** Whether escape sequences may colour it. */
  readonly color: boolean;
  /** Columns to wrap at; commands, file names and addresses are never broken. */
  readonly width: number;
}

/** What the pieces of a text are written with. */
export interface TextStyle {
  readonly paint: ReturnType<typeof pc.createColors>;
  /** Columns to wrap at. */
  readonly width: number;
}

/** Columns below which wrapping would leave single words. */
const LEAST_ROOM = 30;

/** Makes the style for some options. */
export function textStyle({ color, width }: TextOptions): TextStyle {
  return { paint: pc.createColors(color), width };
}

/** Wraps at words; the first line has its own lead, the others hang below its text. */
export function wrap(text: string, width: number, lead: string, hang: string = lead): string {
  const room = Math.max(LEAST_ROOM, width - columnWidth(hang));
  const lines = wrapLines(text, room);
  return lines.map((line, i) => `${i === 0 ? lead : hang}${line}`).join('\n');
}

/** Cuts what does not fit on a line, with `…` at the end. */
export function clip(text: string, width: number): string {
  const room = Math.max(LEAST_ROOM, width);
  if (columnWidth(text) <= room) return text;
  let clipped = '';
  let columns = 1;
  for (const character of text) {
    columns += columnWidth(character);
    if (columns > room) break;
    clipped += character;
  }
  return `${clipped}…`;
}

/** A titled list of lines, or nothing where there are none. */
export function section(title: string, lines: readonly string[], { paint }: TextStyle): string {
  return lines.length === 0 ? '' : `  ${paint.underline(title)}\n${lines.join('\n')}`;
}

/** One point of a list, behind its mark. */
export function item(text: string, mark: string, { width }: TextStyle): string {
  const lead = `  ${' '.repeat(Math.max(0, 2 - columnWidth(mark)))}${mark} `;
  return wrap(text, width, lead, ' '.repeat(5));
}

/** A command to copy, whole on its line. */
export function shell(command: string, { paint }: TextStyle): string {
  return `     ${paint.green('$')} ${command}`;
}

/** A number with its noun: `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The first of some names, and how many there are more. */
export function someOf(names: readonly string[], most: number): string {
  const more = names.length - most;
  return more <= 0 ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${more} more`;
}
