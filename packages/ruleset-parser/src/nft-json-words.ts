import type { Word } from './iptables-words.ts';
import { type Json, member, textMember } from './json.ts';

type Print = (value: Json) => Word[];

/**
 * Writes an expression of nft's JSON in the words of nft's text (libnftables-json(5)), so that one
 * reader reads both.
 *
 * @example
 * expressionWords({ payload: { protocol: 'tcp', field: 'dport' } }) // the words `tcp dport`
 */
export function expressionWords(value: Json): Word[] {
  if (typeof value === 'string') return [{ text: value, quoted: true }];
  if (typeof value !== 'object' || value === null) return plain(String(value));
  if (Array.isArray(value)) return plain(value.map((item) => joined(item)).join(','));
  for (const [name, inner] of Object.entries(value)) {
    const print = EXPRESSIONS.get(name);
    return print === undefined ? plain(name) : print(inner);
  }
  return [];
}

/** The words of an expression as one text. */
export function joined(value: Json): string {
  return expressionWords(value)
    .map(({ text }) => text)
    .join(' ');
}

/** Makes words of a text that has no quotes. */
export function plain(text: string): Word[] {
  const words = text.split(' ').filter((word) => word !== '');
  return words.map((word) => ({ text: word, quoted: false }));
}

/** The elements of a set or map in braces. */
function setWords(elements: Json): Word[] {
  const words: Word[] = [];
  for (const element of Array.isArray(elements) ? elements : [elements]) {
    words.push(...plain(words.length === 0 ? '{' : ','), ...elementWords(element));
  }
  return words.length === 0 ? plain('{ }') : [...words, ...plain('}')];
}

/** A set's element, or a map's pair `22 : accept`. */
export function elementWords(element: Json): Word[] {
  const isPair = Array.isArray(element) && element.length === 2;
  if (!isPair) return expressionWords(element);
  return [
    ...expressionWords(element[0] as Json),
    ...plain(':'),
    ...expressionWords(element[1] as Json),
  ];
}

const text = (value: Json, name: string): string => textMember(value, name) ?? '';

const operation =
  (operator: string): Print =>
  (value) => {
    const [left = '', right = ''] = Array.isArray(value) ? (value as Json[]) : [];
    return [...expressionWords(left), ...plain(operator), ...expressionWords(right)];
  };

const joinedList =
  (separator: string): Print =>
  (value) =>
    plain(
      (Array.isArray(value) ? value : [value]).map((item: Json) => joined(item)).join(separator),
    );

const verdict =
  (name: string): Print =>
  (value) =>
    plain(`${name} ${text(value, 'target')}`);

const header: Print = (value) =>
  member(value, 'base') === undefined
    ? plain(`${text(value, 'protocol')} ${text(value, 'field')}`)
    : plain(`@${text(value, 'base')},${text(value, 'offset')},${text(value, 'len')}`);

const numbering: Print = (value) => {
  const offset = text(value, 'offset');
  const tail = offset === '' || offset === '0' ? '' : ` offset ${offset}`;
  return plain(`numgen ${text(value, 'mode')} mod ${text(value, 'mod')}${tail}`);
};

const fib: Print = (value) => {
  const flags = member(value, 'flags') ?? [];
  const list = Array.isArray(flags) ? flags : [flags];
  return plain(`fib ${list.join(' . ')} ${text(value, 'result')}`);
};

const valueOfElement: Print = (value) => expressionWords(member(value, 'val') ?? '');

const EXPRESSIONS: ReadonlyMap<string, Print> = new Map<string, Print>([
  ['meta', (value) => plain(`meta ${text(value, 'key')}`)],
  [
    'ct',
    (value) => plain(`ct ${text(value, 'dir')} ${text(value, 'family')} ${text(value, 'key')}`),
  ],
  ['rt', (value) => plain(`rt ${text(value, 'family')} ${text(value, 'key')}`)],
  ['socket', (value) => plain(`socket ${text(value, 'key')}`)],
  ['osf', (value) => plain(`osf ${text(value, 'key')}`)],
  ['payload', header],
  ['exthdr', (value) => plain(`${text(value, 'name')} ${text(value, 'field')}`)],
  ['tcp option', (value) => plain(`tcp option ${text(value, 'name')} ${text(value, 'field')}`)],
  ['fib', fib],
  ['numgen', numbering],
  ['prefix', (value) => plain(`${text(value, 'addr')}/${text(value, 'len')}`)],
  ['range', joinedList('-')],
  ['concat', joinedList(' . ')],
  ['set', setWords],
  ['elem', valueOfElement],
  ['map', (value) => mapWords('map', value)],
  ['&', operation('&')],
  ['|', operation('|')],
  ['^', operation('^')],
  ['accept', verdict('accept')],
  ['drop', verdict('drop')],
  ['return', verdict('return')],
  ['continue', verdict('continue')],
  ['jump', verdict('jump')],
  ['goto', verdict('goto')],
]);

/** `tcp dport vmap { 22 : accept }`, `ip daddr map @svc` */
export function mapWords(name: string, value: Json): Word[] {
  const key = expressionWords(member(value, 'key') ?? '');
  return [...key, ...plain(name), ...expressionWords(member(value, 'data') ?? '')];
}
