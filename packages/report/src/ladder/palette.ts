/** The colours of a ladder, by what they are for. */
export interface Palette {
  /** Behind everything. */
  readonly paper: string;
  /** Behind lane titles and marks. */
  readonly raised: string;
  /** Words. */
  readonly ink: string;
  /** Words that stand back. */
  readonly quiet: string;
  /** Lanes and frames. */
  readonly line: string;
  /** Packets that conntrack knows, and its entry. */
  readonly good: string;
  /** Behind the words of such a verdict. */
  readonly goodPaper: string;
  /** Translated addresses, and the life of an entry. */
  readonly nat: string;
  /** INVALID, and what goes astray. */
  readonly bad: string;
  /** Behind the word INVALID. */
  readonly badPaper: string;
  /** The word INVALID. */
  readonly badInk: string;
  /** The socket that should be gone. */
  readonly stale: string;
  /** Behind the packets of a collision. */
  readonly band: string;
  /** A packet that the kernel would have treated otherwise. */
  readonly against: string;
}

/** On paper, and on a light screen. */
export const LIGHT: Palette = {
  paper: '#ffffff',
  raised: '#f3f5f8',
  ink: '#16202c',
  quiet: '#55616f',
  line: '#8391a1',
  good: '#0b6e4f',
  goodPaper: '#e3f4ec',
  nat: '#0a58b5',
  bad: '#b42318',
  badPaper: '#b42318',
  badInk: '#ffffff',
  stale: '#a34b00',
  band: '#fdf0ee',
  against: '#86198f',
};

/** On a dark screen. */
export const DARK: Palette = {
  paper: '#0f151d',
  raised: '#1b2430',
  ink: '#edf2f7',
  quiet: '#a5b1bf',
  line: '#66748a',
  good: '#5fd3a6',
  goodPaper: '#11362b',
  nat: '#7cb8ff',
  bad: '#ff8577',
  badPaper: '#ff8577',
  badInk: '#2b0703',
  stale: '#f5a64b',
  band: '#2a181b',
  against: '#e79bf0',
};
