/** What may follow `conntrack` without leaving entries out; any other option is a filter. */
const WHOLE = new Set(['-L', '--dump', '-o', '--output', '-z', '--zero', '-b', '--buffer-size']);

/** Programs that pass on every line. */
const PASSING = new Set(['tee', 'cat', 'sort', 'less', 'more', 'column', 'ts', 'nl']);

/**
 * Says whether a listing made by this command would show a row: a listing that was filtered shows
 * that something is absent only where the filter asks for it.
 *
 * @param command as typed, or null where it is not known: such a listing is taken as whole.
 * @param fields ports and addresses of the row; a filter that names one of them asks for it.
 * @example
 * wouldShow('conntrack -L | grep 44410', ['44410', '15001']) // true
 * wouldShow('conntrack -L -p udp', ['44410', '15001']) // false
 */
export function wouldShow(command: string | null, fields: readonly string[]): boolean {
  if (command === null) return true;
  const [listing = [], ...pipes] = command.split('|').map((part) => part.trim().split(/\s+/));
  const filters = [
    ...optionsOf(listing),
    ...pipes.filter(([program = '']) => !PASSING.has(program)),
  ];
  if (filters.length === 0) return true;
  const words = filters.flat();
  if (words.some((word) => EXCLUDING.test(word))) return false;
  // A pattern names a field whole: 44410 is not in 144410, nor 10.0.0.1 in 10.0.0.12.
  const named = new Set(words.flatMap((word) => word.match(/[\da-f.:]*\d[\da-f.:]*/gi) ?? []));
  return fields.some((field) => named.has(field) || named.has(`:${field}`));
}

/** `grep -v`, or a protocol that is not TCP. */
const EXCLUDING = /^(?:-\w*v\w*|(?:--proto=)?(?:udp|icmp|icmpv6|sctp|dccp|gre))$/;

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
