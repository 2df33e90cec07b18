import type { Explanation } from '@tuplescope/packet-explainer';

/** Folders, and archives whose members are named after `!`. */
const NAME = /[^/\\!]*$/;

/**
 * Names the files of packets as short as they can be told apart: by their last part, or where two
 * files share it, by all but the folders that are common to all.
 *
 * @example
 * shortNames(explanations).get('bundle/pod-a/lo.pcap') // 'lo.pcap'
 */
export function shortNames(explanations: readonly Explanation[]): ReadonlyMap<string, string> {
  const files = [...new Set(explanations.map(({ at }) => at.file))];
  const names = files.map((file) => NAME.exec(file)?.[0] ?? file);
  const areDistinct = new Set(names).size === files.length && !names.includes('');
  const common = areDistinct ? 0 : commonFolders(files);
  return new Map(
    files.map((file, i) => [file, areDistinct ? (names[i] ?? file) : file.slice(common)]),
  );
}

/** Length of the folders that all paths begin with, the last slash included. */
function commonFolders([first = '', ...others]: readonly string[]): number {
  let length = first.lastIndexOf('/') + 1;
  for (const other of others) {
    while (length > 0 && !other.startsWith(first.slice(0, length))) {
      length = first.lastIndexOf('/', length - 2) + 1;
    }
  }
  return length;
}
