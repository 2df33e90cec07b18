import { type CaptureOf, capturesOf, type Snapshot } from '@tuplescope/incident';

/** Options and words that leave connections out: listeners alone, one state, an address, a port. */
const FILTERS = /(?:^|\s)(?:state|exclude|src|dst|sport|dport|fwmark|\|)(?:\s|$)|[:=]\d/;

/** Programs behind a pipe that pass on every line. */
const PASSING = /\|\s*(?:tee|cat|sort|less|more)\b/g;

/** Picks the listings of a snapshot that show every TCP connection of the namespace. */
export function wholeSocketListings({ captures }: Snapshot): CaptureOf<'ss'>[] {
  return capturesOf(captures, 'ss').filter(isWhole);
}

function isWhole({ command, path }: CaptureOf<'ss'>): boolean {
  const words = command?.replaceAll(PASSING, '') ?? path.slice(path.lastIndexOf('/') + 1);
  if (command !== null && FILTERS.test(words)) return false;
  const options = /(?:ss|netstat)[\s_-]+-?([A-Za-z]+)/.exec(words)?.[1] ?? '';
  const isListenersAlone = options.includes('l') && !options.includes('a');
  // `ss -s` is a summary; `-u`, `-x` and so on without `-t` have no TCP in them.
  return !isListenersAlone && (options.includes('t') || !/[uxw04]/.test(options));
}
