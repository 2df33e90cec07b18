/** A face of text: its size, and what it is set in. */
export interface Face {
  /** Units of the drawing, 1440 of which are its width. */
  readonly size: number;
  readonly family: 'sans' | 'mono';
  readonly bold?: true;
}

/** What a text is: the class that sets its face. */
export type FaceName =
  | 'headline'
  | 'subline'
  | 'lane'
  | 'end'
  | 'segment'
  | 'address'
  | 'verdict'
  | 'state'
  | 'socket'
  | 'time'
  | 'place'
  | 'note'
  | 'what'
  | 'break'
  | 'part'
  | 'mark'
  | 'band'
  | 'legend';

/** The faces of a ladder, by the class that sets them. */
export const FACES: Readonly<Record<FaceName, Face>> = {
  headline: { size: 28, family: 'sans', bold: true },
  subline: { size: 15, family: 'sans' },
  lane: { size: 17, family: 'sans', bold: true },
  end: { size: 12.5, family: 'mono' },
  segment: { size: 14.5, family: 'mono', bold: true },
  address: { size: 13, family: 'mono' },
  verdict: { size: 12, family: 'sans', bold: true },
  state: { size: 12.5, family: 'mono' },
  socket: { size: 13, family: 'sans', bold: true },
  time: { size: 12.5, family: 'mono' },
  place: { size: 11, family: 'mono' },
  note: { size: 13, family: 'sans' },
  what: { size: 13, family: 'sans', bold: true },
  break: { size: 13, family: 'sans' },
  part: { size: 12.5, family: 'sans', bold: true },
  mark: { size: 22, family: 'sans', bold: true },
  band: { size: 12, family: 'sans', bold: true },
  legend: { size: 13, family: 'sans' },
};

/** Fonts that systems have; a picture loads none. */
export const FAMILIES: Readonly<Record<Face['family'], string>> = {
  sans: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif',
  mono: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace',
};
