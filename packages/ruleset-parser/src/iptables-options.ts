/** Short and long options of iptables(8) and iptables-extensions(8) to the keys of a match. */
const MATCH_KEYS: ReadonlyMap<string, string> = new Map([
  ['-p', 'protocol'],
  ['--protocol', 'protocol'],
  ['-s', 'src'],
  ['--source', 'src'],
  ['--src-range', 'src'],
  ['-d', 'dst'],
  ['--destination', 'dst'],
  ['--dst-range', 'dst'],
  ['-i', 'in'],
  ['--in-interface', 'in'],
  ['-o', 'out'],
  ['--out-interface', 'out'],
  ['-f', 'fragment'],
  ['--fragment', 'fragment'],
  ['--source-port', 'sport'],
  ['--source-ports', 'sport'],
  ['--sports', 'sport'],
  ['--destination-port', 'dport'],
  ['--destination-ports', 'dport'],
  ['--dports', 'dport'],
  ['--ports', 'port'],
  ['--uid-owner', 'uid'],
  ['--gid-owner', 'gid'],
  ['--state', 'ctstate'],
]);

/** Modules that a condition of its own tells already, so that the bare module says nothing. */
export const PLAIN_MODULES: ReadonlySet<string> = new Set(['tcp', 'udp', 'multiport', 'comment']);

/** Options of iptables itself, met in a rule's middle once a target has been named. */
export const GENERAL_OPTIONS: ReadonlySet<string> = new Set([
  '-p',
  '--protocol',
  '-s',
  '--source',
  '-d',
  '--destination',
  '-i',
  '--in-interface',
  '-o',
  '--out-interface',
  '-f',
  '--fragment',
  '-m',
  '--match',
]);

/**
 * Gives an option's name in a match: the short keys, else its long name without hyphens.
 *
 * @param module the module named last, which tells `--mark` of connmark from that of mark.
 * @example
 * matchKey('--uid-owner', 'owner') // 'uid'
 */
export function matchKey(option: string, module: string): string {
  if (option === '--mark' && module === 'connmark') return 'ctmark';
  return MATCH_KEYS.get(option) ?? withoutHyphens(option);
}

/**
 * Gives a long or short option's name without its hyphens.
 *
 * @example
 * withoutHyphens('--to-ports') // 'to-ports'
 */
export function withoutHyphens(option: string): string {
  let start = 0;
  while (option.charCodeAt(start) === 0x2d) start++;
  return option.slice(start);
}
