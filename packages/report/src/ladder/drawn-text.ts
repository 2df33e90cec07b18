import { element, escapeMarkup } from '../markup.ts';
import type { FaceName } from './fonts.ts';

/** How a text is set. */
export interface TextPlace {
  readonly face: FaceName;
  readonly at: readonly [x: number, y: number];
  /** A class of colour. */
  readonly colour?: string;
  readonly anchor?: 'middle' | 'end';
}

/** Writes a text; whoever calls has made it fit. */
export function drawnText(text: string, place: TextPlace): string {
  return text === '' ? '' : drawnTextOf(escapeMarkup(text), place);
}

/** Writes a text of spans. */
export function drawnTextOf(
  markup: string,
  { face, at: [x, y], colour, anchor }: TextPlace,
): string {
  const tint = colour === undefined ? '' : ` tl-${colour}`;
  return element('text', { x, y, class: `tl-f-${face}${tint}`, 'text-anchor': anchor }, markup);
}
