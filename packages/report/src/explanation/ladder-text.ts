import type { Explanation, Lineage } from '@tuplescope/packet-explainer';
import { visible } from '@tuplescope/scan';
import { count, type TextStyle, wrap } from '../text-style.ts';
import { countKinds } from './count-kinds.ts';
import { foldPlain, isFold } from './fold-plain.ts';
import { CTSTATE, type LadderFrame, ladderCells, ladderFrame, WAY } from './ladder-columns.ts';
import { packedRow } from './pack-columns.ts';
import { collisionPart, isAstray, isOdd, PART_TITLES } from './packet-notice.ts';
import { sentencesBehind } from './packet-words.ts';

/** Columns before the first: the mark of a packet, and a blank. */
const MARGIN = 2;

/** What is said of a packet hangs below its row. */
const HANG = ' '.repeat(2);

/** Narrower than this there is room for what came of a packet, and not for why. */
const ROOM_FOR_DETAILS = 100;

/** So many sentences are remembered; after that they are said again. */
const MOST_REMEMBERED = 1000;

/** Writes the packets of a lineage below each other: each a row, what is said of it below. */
export function* ladderText(lineage: Lineage, style: TextStyle): Iterable<string> {
  const steps = foldPlain(lineage.explanations);
  const shown = steps.filter((step): step is Explanation => !isFold(step));
  const frame = ladderFrame(lineage, shown, Math.max(0, style.width - MARGIN));
  yield linesText(packedRow(frame.packed, frame.titles).map(style.paint.dim), ' ');
  const isNew = sayOnce();
  for (const step of steps) {
    yield isFold(step) ? foldText(step, style) : packetText(step, isNew, frame, style);
  }
}

/** Makes what says whether a sentence is new: packets that come again have the same behind them. */
function sayOnce(): (sentence: string) => boolean {
  const said = new Set<string>();
  return (sentence) => {
    const isNew = !said.has(sentence);
    if (said.size >= MOST_REMEMBERED) said.clear();
    said.add(sentence);
    return isNew;
  };
}

function foldText(folded: readonly Explanation[], { paint, width }: TextStyle): string {
  const text = `${count(folded.length, 'packet')} more in health: ${countKinds(folded)}; --format ndjson has them all.`;
  return `${wrap(paint.dim(text), width, '⋮ ', HANG)}\n`;
}

function packetText(
  explanation: Explanation,
  isNew: (sentence: string) => boolean,
  frame: LadderFrame,
  style: TextStyle,
): string {
  const { paint, width } = style;
  const { says, contradiction, assumption } = explanation;
  const part = collisionPart(explanation);
  const title = part === null ? '' : `${PART_TITLES[part]}: `;
  const hasRoom = isOdd(explanation) && width >= ROOM_FOR_DETAILS;
  const why = hasRoom ? sentencesBehind(explanation) : [];
  const behind = [...why, ...(assumption === null ? [] : [assumption])].filter(isNew).join(' ');
  const [first = '', ...others] = wrapped(title + says, width);
  const lines = [
    ...rowLines(explanation, frame, style),
    title === '' ? first : first.replace(title, paint.bold(title)),
    ...others,
    ...wrapped(behind, width).map(paint.dim),
  ];
  const against = contradiction === null ? [] : wrapped(contradiction, width);
  return (
    linesText(lines, part === null ? ' ' : paint.red('┃')) +
    linesText(against.map(paint.magenta), paint.magenta('≠'))
  );
}

/** Lines below a row; they are coloured after they are wrapped, which is much faster. */
function wrapped(text: string, width: number): string[] {
  return text === '' ? [] : wrap(visible(text), width - MARGIN, HANG).split('\n');
}

function linesText(lines: readonly string[], mark: string): string {
  return lines.map((line) => `${`${mark} ${line}`.trimEnd()}\n`).join('');
}

function rowLines(explanation: Explanation, frame: LadderFrame, { paint }: TextStyle): string[] {
  const isInvalid = explanation.ctstate === 'INVALID';
  const colours: Record<number, (text: string) => string> = {
    1: paint.dim,
    2: paint.cyan,
    [WAY]: isInvalid || isAstray(explanation) ? paint.red : paint.green,
    [CTSTATE]: isInvalid ? (text) => paint.bold(paint.red(text)) : paint.green,
  };
  return packedRow(frame.packed, ladderCells(explanation, frame), (text, column) =>
    (colours[column] ?? String)(text),
  );
}
