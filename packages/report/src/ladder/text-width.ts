import { shownText } from '../markup.ts';
import { FACES, type Face, type FaceName } from './fonts.ts';

/**
 * Widths of the characters from the space to `~` in thousandths of the size, as DejaVu Sans has
 * them: of the fonts that systems have it is the widest, so what fits in it fits in any.
 */
const REGULAR = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
  636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
  575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
  611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
  278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/** The same of its bold face. */
const BOLD = [
  348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696,
  696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683,
  683, 821, 837, 372, 372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771,
  724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665,
  343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
];

/** One column of a monospaced font; none that systems have is wider. */
const MONO = 605;

/** Any other character; of the scripts in daily use bold Cyrillic capitals are the widest. */
const OTHER = 1230;

/**
 * Gives the width that a text takes at most, in units of the drawing. A ladder is laid out without
 * a font at hand, and must not overlap with whatever font shows it.
 *
 * @example
 * textWidth('SYN', 'segment') // 26.3
 */
export function textWidth(text: string, name: FaceName): number {
  const face: Face = FACES[name];
  let thousandths = 0;
  for (const character of text) thousandths += characterWidth(character, face);
  return (thousandths * face.size) / 1000;
}

function characterWidth(character: string, { family, bold }: Face): number {
  const at = character.charCodeAt(0) - 0x20;
  if (at >= 0 && at < REGULAR.length) {
    if (family === 'mono') return MONO;
    return (bold === true ? BOLD : REGULAR)[at] as number;
  }
  // A mono font lacks what is not Latin, and another font stands in for it.
  if (/[·…→←↔×≠]/u.test(character)) return family === 'mono' ? MONO : 1000;
  return OTHER;
}

/** Cuts a text, as it will be shown, at its end so that it fits, with `…` where it was cut. */
export function fitText(raw: string, name: FaceName, room: number): string {
  const text = shownText(raw);
  if (textWidth(text, name) <= room) return text;
  let kept = '';
  let used = textWidth('…', name);
  for (const character of text) {
    used += textWidth(character, name);
    if (used > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Cuts the middle out of a text that does not fit: the ends of names and addresses tell most. */
export function fitMiddle(raw: string, name: FaceName, room: number): string {
  const text = shownText(raw);
  if (textWidth(text, name) <= room) return text;
  const half = (room - textWidth('…', name)) / 2;
  const head = leading(Array.from(text), name, half);
  const tail = leading(Array.from(text).reverse(), name, half).reverse();
  return `${head.join('')}…${tail.join('')}`;
}

function leading(characters: readonly string[], name: FaceName, room: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += textWidth(character, name);
    return used > room;
  });
  return characters.slice(0, end < 0 ? characters.length : end);
}

/**
 * Breaks a text, as it will be shown, into lines that fit; a word that is too wide is cut. What is over `most` lines is
 * left out, with `…` at the end.
 *
 * @param indent what the first line has before it.
 */
export function wrapText(
  text: string,
  name: FaceName,
  room: number,
  { most, indent = 0 }: { readonly most: number; readonly indent?: number },
): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of shownText(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    const free = room - (lines.length === 0 ? indent : 0);
    if (textWidth(longer, name) <= free) line = longer;
    else {
      if (line !== '') lines.push(fitText(line, name, free));
      line = word;
    }
    if (lines.length > most) break;
  }
  lines.push(line);
  if (lines.length <= most) {
    return lines.map((one, i) => fitText(one, name, room - (i === 0 ? indent : 0)));
  }
  const kept = lines.slice(0, most);
  const last = `${kept[most - 1]} …`;
  return [...kept.slice(0, -1), fitText(last, name, room - (most === 1 ? indent : 0))];
}
