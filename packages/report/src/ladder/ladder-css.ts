import { FACES, FAMILIES, type Face } from './fonts.ts';
import { DARK, LIGHT, type Palette } from './palette.ts';

/**
 * The style sheet of a ladder: light, dark where a screen is, light again on paper. Its names begin
 * with `tl-`, so that a page can hold the picture itself.
 */
export function ladderCss(): string {
  const faces = Object.entries(FACES).map(([name, { size, family, ...rest }]: [string, Face]) => {
    const weight = rest.bold === true ? 700 : 400;
    return `.tl-f-${name}{font-family:${FAMILIES[family]};font-size:${size}px;font-weight:${weight}}`;
  });
  return [
    ...faces,
    SHAPES,
    colours(LIGHT),
    `@media screen and (prefers-color-scheme:dark){${colours(DARK)}}`,
  ].join('\n');
}

/** What has the same shape in any colour. */
const SHAPES = `.tl-way{fill:none;stroke-width:2}
.tl-astray{stroke-dasharray:7 5}
.tl-lane{fill:none;stroke-width:1.5}
.tl-title,.tl-verdict-good{stroke-width:1.5}
.tl-cross{fill:none;stroke-width:2.2;stroke-linecap:round}
.tl-burst,.tl-entry,.tl-socket,.tl-stale-socket{stroke-width:1.5}
.tl-hatch{fill:none;stroke-width:2.5}
.tl-entry-end,.tl-socket-end,.tl-stale-socket-end{fill:none;stroke-width:3}
.tl-cut-edge{fill:none;stroke-width:1.5}
.tl-band{stroke-width:1;stroke-dasharray:2 4}`;

function colours(colour: Palette): string {
  const rules: readonly (readonly [selector: string, fill: string, stroke?: string])[] = [
    ['.tl-ladder text', colour.ink],
    ['.tl-ladder .tl-quiet', colour.quiet],
    ['.tl-ladder .tl-nat', colour.nat],
    ['.tl-ladder .tl-good', colour.good],
    ['.tl-ladder .tl-bad', colour.bad],
    ['.tl-ladder .tl-bad-ink', colour.badInk],
    ['.tl-ladder .tl-stale', colour.stale],
    ['.tl-ladder .tl-against', colour.against],
    ['.tl-paper', colour.paper],
    ['.tl-title', colour.raised, colour.line],
    ['.tl-lane', 'none', colour.line],
    ['.tl-way-good', 'none', colour.good],
    ['.tl-way-bad', 'none', colour.bad],
    ['.tl-fill-good', colour.good],
    ['.tl-fill-bad', colour.bad],
    ['.tl-verdict-good', colour.goodPaper, colour.good],
    ['.tl-verdict-bad', colour.badPaper],
    ['.tl-cross', 'none', colour.badInk],
    ['.tl-entry', colour.raised, colour.nat],
    ['.tl-entry-end', 'none', colour.nat],
    ['.tl-socket', colour.raised, colour.line],
    ['.tl-socket-end', 'none', colour.line],
    ['.tl-stale-socket', 'url(#tl-hatch)', colour.stale],
    ['.tl-stale-socket-end', 'none', colour.stale],
    ['.tl-hatch', 'none', colour.stale],
    ['.tl-hatch-paper', colour.paper],
    ['.tl-burst', colour.bad, colour.paper],
    ['.tl-cut', colour.paper],
    ['.tl-cut-edge', 'none', colour.line],
    ['.tl-band', colour.band, colour.bad],
  ];
  return rules
    .map(([selector, fill, stroke]) => {
      const line = stroke === undefined ? '' : `;stroke:${stroke}`;
      return `${selector}{fill:${fill}${line}}`;
    })
    .join('\n');
}
