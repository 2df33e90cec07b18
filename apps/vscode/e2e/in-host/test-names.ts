/** What is tried inside the extension host; known outside it too, so that each is counted. */
export const TEST_NAMES = [
  'starts when a text is opened, and registers each of its commands',
  'lists in Problems what a transcript shows, with related places',
  'says on hover what a field means, and on a port what was found',
  'leads from the socket to its entry, and to its packets and log lines',
  'outlines a text by commands and records',
  'offers findings above lines, unless a setting says no',
  'gives language models its tools, where the editor has any',
  'opens the sample incident, which comes with it',
  'writes the report in each format',
] as const;

/** The name of a test. */
export type TestName = (typeof TEST_NAMES)[number];

/** Stands before a line of the log that tells how a test went. */
export const MARK = '[in-host] ';

/** How a test went. */
export interface TestResult {
  readonly name: string;
  /** What went wrong, or null. */
  readonly error: string | null;
}
