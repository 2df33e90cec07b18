/** What may follow `conntrack` without leaving entries out; any other option is a filter. */
const WHOLE = new Set(['-L', '--dump', '-o', '--output', '-z', '--zero', '-b', '--buffer-size']);

/** Programs that pass on every line. */
const PASSING = new Set(['tee', 'cat', 'sort', 'less', 'more', 'column', 'ts', 'nl']);

/**
 * Says whether a listing made by this command would show what has one of these ports: a listing that
 * was filtered shows that something is absent only where the filter asks for it.
 *
 * @param command as typed, or null where it is not known: such a listing is taken as whole.
 * @example
 * wouldShow('conntrack -L | grep 44410', [44410, 15001]) // true
 * wouldShow('conntrack -L -p udp', [44410, 15001]) // false
 */
export function wouldShow(command: string | null, ports: readonly number[]): boolean {
  if (command === null) return true;
  const [listing = [], ...pipes] = command.split('|').map((part) => part.trim().split(/\s+/));
  const filters = [
    ...optionsOf(listing),
    ...pipes.filter(([program = '']) => !PASSING.has(program)),
  ];
  if (filters.length === 0) return true;
  const words = filters.flat();
  if (
    words.some((word) => /^(?:-\w*v\w*|(?:--proto=)?(?:udp|icmp|icmpv6|sctp|dccp|gre))$/.test(word))
  )
    return false;
  const numbers = words.flatMap((word) => word.match(/\d+/g) ?? []).map(Number);
  return ports.some((port) => numbers.includes(port));
}

/** The options of `conntrack` that choose entries, each with its value. */
function optionsOf(listing: readonly string[]): string[][] {
  const own = listing.slice(listing.findIndex((word) => /(?:^|\/)conntrack$/.test(word)) + 1);
  const options: string[][] = [];
  for (const [i, word] of own.entries()) {
    const name = word.split('=')[0] as string;
    const value = own[i + 1] ?? '';
    const isWhole = WHOLE.has(name) || (/^(?:-p|--proto)$/.test(name) && value === 'tcp');
    if (/^--?[a-z]/i.test(name) && !isWhole) options.push([word, value]);
  }
  return options;
}
