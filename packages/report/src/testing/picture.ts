import { DOMParser, type Element } from '@xmldom/xmldom';
import { FACES, type FaceName } from '../ladder/fonts.ts';
import { textWidth } from '../ladder/text-width.ts';

/** Parses XML, and throws at anything that a strict parser would not take. */
export function parseXml(text: string): Element {
  const onError = (level: string, message: string): never => {
    throw new Error(`${level}: ${message}`);
  };
  const root = new DOMParser({ onError, locator: false }).parseFromString(
    text,
    'text/xml',
  ).documentElement;
  if (root === null) throw new Error('no root element');
  return root;
}

/** Lists the elements of a name below one, in their order; with a class, those that have it. */
export function elementsOf(root: Element, name: string, className?: string): Element[] {
  return Array.from(root.getElementsByTagName(name)).filter(
    (one) => className === undefined || classesOf(one).includes(className),
  );
}

function classesOf(element: Element): string[] {
  return (element.getAttribute('class') ?? '').split(' ');
}

/** Room that something takes at most. */
export interface Box {
  readonly what: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Gives the boxes of all texts and of the verdicts' marks in a ladder. */
export function labelBoxes(root: Element): Box[] {
  return elementsOf(root, 'text').map(textBox);
}

/** Gives the boxes of what conntrack says. */
export function verdictBoxes(root: Element): Box[] {
  return ['tl-verdict-good', 'tl-verdict-bad'].flatMap((name) =>
    elementsOf(root, 'rect', name).map((rect): Box => {
      const number = (key: string): number => Number(rect.getAttribute(key));
      const [left, top] = [number('x'), number('y')];
      return {
        what: name,
        left,
        top,
        right: left + number('width'),
        bottom: top + number('height'),
      };
    }),
  );
}

function textBox(text: Element): Box {
  const face = faceOf(text, 'note');
  const { size } = FACES[face];
  let width = 0;
  for (const child of Array.from(text.childNodes)) {
    const inner = child.nodeType === 1 ? faceOf(child as Element, face) : face;
    width += textWidth(child.textContent ?? '', inner);
  }
  const x = Number(text.getAttribute('x'));
  const y = Number(text.getAttribute('y'));
  const anchor = text.getAttribute('text-anchor');
  const left = anchor === 'end' ? x - width : anchor === 'middle' ? x - width / 2 : x;
  const what = text.textContent ?? '';
  return { what, left, right: left + width, top: y - size * 0.78, bottom: y + size * 0.22 };
}

function faceOf(element: Element, otherwise: FaceName): FaceName {
  const named = classesOf(element).find((name) => name.startsWith('tl-f-'));
  return named === undefined ? otherwise : (named.slice('tl-f-'.length) as FaceName);
}

/** Names the pairs of boxes that lie over each other. */
export function overlaps(boxes: readonly Box[]): string[] {
  const found: string[] = [];
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      const isApart =
        a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      if (!isApart) found.push(`${a.what} | ${b.what}`);
    }
  }
  return found;
}
