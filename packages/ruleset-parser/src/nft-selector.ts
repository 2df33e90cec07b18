import type { WordCursor } from './word-cursor.ts';

/** Keys of `meta` that nft prints without the word `meta`, and selectors of one word. */
const ALONE: ReadonlySet<string> = new Set(
  (
    'iif oif iifname oifname iiftype oiftype iifgroup oifgroup skuid skgid mark l4proto nfproto ' +
    'protocol priority length pkttype cpu cgroup rtclassid random ibrname obrname ibriport ' +
    'obriport secpath ipsec hour day time sdif sdifname symhash'
  ).split(' '),
);

/** Selectors of two words: a header or a subsystem, and its field. */
const PAIRS: ReadonlySet<string> = new Set(
  (
    'meta ip ip6 tcp udp th udplite sctp dccp icmp icmpv6 igmp ether arp vlan ah esp comp gre ' +
    'gretap vxlan geneve rt frag hbh dst mh srh exthdr tunnel socket osf'
  ).split(' '),
);

const OPTION_FIELDS: ReadonlySet<string> = new Set(
  'kind length size left right count tsval tsecr ptr addr value type'.split(' '),
);

/**
 * Reads what a condition of nft looks at: `tcp dport`, `meta l4proto`, `ct original ip daddr`, `fib
 * daddr type`, `ip saddr . tcp dport`; `meta` is left out. Gives null, and takes nothing, where none
 * stands here.
 *
 * @example
 * readSelector(cursor) // 'ct state', of `ct state invalid drop`
 */
export function readSelector(cursor: WordCursor): string | null {
  let selector = readSimpleSelector(cursor);
  while (selector !== null && cursor.peek() === '.' && isSelector(cursor.peek(1))) {
    cursor.take();
    selector = `${selector} . ${readSimpleSelector(cursor) ?? ''}`;
  }
  return selector;
}

/** Says whether a word begins a selector. */
export function isSelector(word: string): boolean {
  return PAIRS.has(word) || ALONE.has(word) || word.startsWith('@') || OTHERS.has(word);
}

const OTHERS: ReadonlyMap<string, (cursor: WordCursor) => string> = new Map([
  ['ct', readConntrack],
  ['fib', readFib],
  ['numgen', (cursor) => readUntilModulus('numgen', cursor)],
  ['jhash', (cursor) => readUntilModulus('jhash', cursor)],
]);

function readSimpleSelector(cursor: WordCursor): string | null {
  const head = cursor.peek();
  if (!isSelector(head)) return null;
  cursor.take();
  const other = OTHERS.get(head);
  if (other !== undefined) return other(cursor);
  if (head === 'meta') return cursor.take();
  if (head === 'tcp' && cursor.peek() === 'option') return readTcpOption(cursor);
  if (head === 'socket' && cursor.peek() === 'cgroupv2') {
    return `socket ${cursor.take()} ${cursor.take()} ${cursor.take()}`;
  }
  return PAIRS.has(head) ? `${head} ${cursor.take()}` : head;
}

function readTcpOption(cursor: WordCursor): string {
  const option = `tcp ${cursor.take()} ${cursor.take()}`;
  return OPTION_FIELDS.has(cursor.peek()) ? `${option} ${cursor.take()}` : option;
}

/** `ct state`, `ct original ip daddr`, `ct reply proto-src` */
function readConntrack(cursor: WordCursor): string {
  let selector = 'ct';
  if (cursor.peek() === 'original' || cursor.peek() === 'reply') selector += ` ${cursor.take()}`;
  if (cursor.peek() === 'ip' || cursor.peek() === 'ip6') selector += ` ${cursor.take()}`;
  return `${selector} ${cursor.take()}`;
}

/** `fib saddr . iif oif`, `fib daddr type` */
function readFib(cursor: WordCursor): string {
  let selector = `fib ${cursor.take()}`;
  while (cursor.accept('.')) selector += ` . ${cursor.take()}`;
  return `${selector} ${cursor.take()}`;
}

/** `numgen random mod 2`, `jhash ip saddr . tcp sport mod 2 seed 0x1 offset 3` */
function readUntilModulus(head: string, cursor: WordCursor): string {
  let selector = head;
  while (!cursor.done && cursor.peek() !== 'mod') selector += ` ${cursor.take()}`;
  selector += ` ${cursor.take()} ${cursor.take()}`;
  while (cursor.peek() === 'seed' || cursor.peek() === 'offset') {
    selector += ` ${cursor.take()} ${cursor.take()}`;
  }
  return selector;
}
