import type { Report } from './report.ts';

/**
 * Says that nothing was found, and what was not read that would have shown it.
 *
 * @param port the port that alone was asked for, where one was.
 */
export function nothingFound({ incident: { files } }: Report, port?: number): string {
  const hasSockets = files.some(({ kind }) => kind === 'ss');
  const hasEntries = files.some(({ kind }) => kind === 'conntrack');
  if (hasSockets && hasEntries) {
    if (port !== undefined) return `Nothing was found that concerns port ${port}.`;
    return 'Nothing collides: none of the known kinds of collision is in what was read.';
  }
  const lacking = hasSockets
    ? 'no conntrack listing'
    : hasEntries
      ? 'no socket listing'
      : 'neither a socket listing nor a conntrack listing';
  return `Nothing was found, but ${lacking} could be read: there may be something all the same.`;
}
