import { splitWords } from './iptables-words.ts';
import { normalizeMatchValue } from './match-value.ts';
import type { OptionList } from './rule-body.ts';
import { formatFlagMatch } from './tcp-flag-match.ts';

const PORTS: Readonly<Record<string, string>> = {
  spt: 'sport',
  spts: 'sport',
  dpt: 'dport',
  dpts: 'dport',
};

const FLAG_BITS: readonly string[] = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];

/**
 * Reads what extensions print after the columns of `iptables -L`, each in its own way: `tcp
 * dpt:!15008`, `owner UID match 1337`, `redir ports 15001`. What is in none of these ways is kept
 * word for word as the condition `other`. Says whether the target is gone to, not jumped to.
 */
export function readListedExtras(
  text: string,
  match: OptionList,
  targetOptions: OptionList,
): boolean {
  const words = splitWords(withoutComments(text, match));
  let goesTo = false;
  const other: string[] = [];
  let sign = '';
  for (let at = 0; at < words.length; ) {
    const word = words[at]?.text ?? '';
    const value = (offset: number): string => words[at + offset]?.text ?? '';
    const add = (key: string, text: string): void =>
      match.add(sign + key, normalizeMatchValue(key, text));
    let taken = 1;
    if (word === '!') {
      sign = '!';
      at++;
      continue;
    }
    if (word === '[goto]') goesTo = true;
    else if ((word === 'tcp' || word === 'udp') && words.length > at + 1) taken = 1;
    else if (word === 'flags' && value(1) === '') taken = 1;
    else if (isPort(word)) addPort(match, word);
    else if (word.startsWith('flags:')) addFlags(match, word.slice(6));
    else if (word === 'multiport' && /^[sd]?ports$/.test(value(1))) {
      const negated = value(2) === '!';
      sign = negated ? '!' : sign;
      add(value(1).slice(0, -1), value(negated ? 3 : 2));
      taken = negated ? 4 : 3;
    } else if (word === 'owner' && /^[UG]ID$/.test(value(1))) {
      add(value(1).toLowerCase(), value(3));
      taken = 4;
    } else if (word === 'ctstate' || word === 'state') {
      add('ctstate', value(1));
      taken = 2;
    } else if ((word === 'mark' || word === 'connmark') && value(1) === 'match') {
      const negated = value(2) === '!';
      sign = negated ? '!' : sign;
      add(word === 'mark' ? 'mark' : 'ctmark', value(negated ? 3 : 2));
      taken = negated ? 4 : 3;
    } else if (/^(?:dst|src)-type$/.test(word)) {
      add(word, value(1));
      taken = 2;
    } else if (word === 'ADDRTYPE' && value(1) === 'match') taken = 2;
    else if (word === 'redir' && value(1) === 'ports') {
      targetOptions.add('to-ports', value(2));
      taken = 3;
    } else if (word.startsWith('to:')) targetOptions.add('to-destination', word.slice(3));
    else if (word === 'TPROXY' && value(1) === 'redirect') {
      const colon = value(2).lastIndexOf(':');
      targetOptions.add('on-ip', value(2).slice(0, colon));
      targetOptions.add('on-port', value(2).slice(colon + 1));
      if (value(3) === 'mark') targetOptions.add('tproxy-mark', value(4));
      taken = value(3) === 'mark' ? 5 : 3;
    } else if (word === 'reject-with') {
      targetOptions.add('reject-with', value(1));
      taken = 2;
    } else if (word === 'prefix') {
      targetOptions.add('log-prefix', value(1));
      taken = 2;
    } else other.push(sign === '' ? word : `! ${word}`);
    sign = '';
    at += taken;
  }
  if (other.length > 0) match.add('other', other.join(' '));
  return goesTo;
}

/** Takes the comments out, which stand as `/* … *\/` between the other words. */
function withoutComments(text: string, match: OptionList): string {
  let rest = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf('/* ', at);
    const end = start < 0 ? -1 : text.indexOf(' */', start + 2);
    if (end < 0) return rest + text.slice(at);
    match.add('comment', text.slice(start + 3, end));
    rest += text.slice(at, start);
    at = end + 3;
  }
}

function isPort(word: string): boolean {
  const colon = word.indexOf(':');
  return colon > 0 && Object.hasOwn(PORTS, word.slice(0, colon));
}

/** `dpt:!15008`, `spts:32768:60999` */
function addPort(match: OptionList, word: string): void {
  const colon = word.indexOf(':');
  const key = PORTS[word.slice(0, colon)] as string;
  const value = word.slice(colon + 1);
  const negated = value.startsWith('!');
  match.add(negated ? `!${key}` : key, normalizeMatchValue(key, negated ? value.slice(1) : value));
}

/** `flags:!0x17/0x02`: mask, then what is set; names in the place of numbers since 1.8.10. */
function addFlags(match: OptionList, text: string): void {
  const negated = text.startsWith('!');
  const [mask = '', set = ''] = (negated ? text.slice(1) : text).split('/');
  match.add(negated ? '!tcp-flags' : 'tcp-flags', formatFlagMatch(flagNames(set), flagNames(mask)));
}

function flagNames(text: string): string {
  const bits = Number(text);
  if (!Number.isInteger(bits)) return text;
  return FLAG_BITS.filter((_, bit) => bits & (1 << bit)).join(',');
}
