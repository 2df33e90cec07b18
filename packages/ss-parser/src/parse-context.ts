/** What the lines before a block say of it. */
export interface SsContext {
  /** The last header was netstat's. */
  isNetstat: boolean;
  /** A header of any of the three came. */
  hasHeader: boolean;
  /** Bytes in the longest line since the last that was no socket: a wrapped line is as long. */
  longestLine: number;
}

/** What is known before the first line. */
export function newContext(): SsContext {
  return { isNetstat: false, hasHeader: false, longestLine: 0 };
}
