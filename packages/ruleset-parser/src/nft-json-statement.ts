import type { Word } from './iptables-words.ts';
import { type Json, member, textMember } from './json.ts';
import { elementWords, expressionWords, joined, mapWords, plain } from './nft-json-words.ts';

type Print = (value: Json, name: string) => Word[];

/**
 * Writes a statement of nft's JSON in the words of nft's text (libnftables-json(5), STATEMENTS).
 *
 * @example
 * statementWords({ redirect: { port: 15001 } }) // the words `redirect to :15001`
 */
export function statementWords(statement: Json): Word[] {
  if (typeof statement !== 'object' || statement === null || Array.isArray(statement)) return [];
  for (const [name, value] of Object.entries(statement)) {
    const print = STATEMENTS.get(name);
    return print === undefined ? [{ text: name, quoted: false }] : print(value as Json, name);
  }
  return [];
}

const bare: Print = (_, name) => plain(name);

const quoted = (text: string): Word[] => [{ text, quoted: true }];

/** Members in the order given, each as its name and value where it is there. */
function membersInOrder(value: Json, names: readonly string[]): Word[] {
  const words: Word[] = [];
  for (const name of names) {
    const found = textMember(value, name);
    if (found !== null) words.push(...plain(name), ...quoted(found));
  }
  return words;
}

const match: Print = (value) => {
  const operator = textMember(value, 'op') ?? '==';
  return [
    ...expressionWords(member(value, 'left') ?? ''),
    ...plain(operator === 'in' ? '' : operator),
    ...expressionWords(member(value, 'right') ?? ''),
  ];
};

const counter: Print = (value) => {
  if (typeof value === 'string') return [...plain('counter name'), ...quoted(value)];
  return [...plain('counter'), ...membersInOrder(value, ['packets', 'bytes'])];
};

const jump: Print = (value, name) => [...plain(name), ...quoted(textMember(value, 'target') ?? '')];

/** `dnat ip to 127.0.0.1:15053 random`, from family, addr, port and flags, each where it is there. */
const translation: Print = (value, name) => {
  const address = member(value, 'addr');
  const port = member(value, 'port');
  const words = plain(`${name} ${textMember(value, 'family') ?? ''}`);
  if (address !== undefined || port !== undefined) {
    const host = address === undefined ? '' : joined(address);
    const isBare = host.includes(':') && !host.includes(' ') && port !== undefined;
    const to = `${isBare ? `[${host}]` : host}${port === undefined ? '' : `:${joined(port)}`}`;
    words.push(...plain(`to ${to}`));
  }
  const flags = member(value, 'flags') ?? [];
  return [...words, ...plain((Array.isArray(flags) ? flags : [flags]).join(' '))];
};

const reject: Print = (value) => {
  const type = textMember(value, 'type');
  if (type === null) return plain('reject');
  return plain(`reject with ${type} ${textMember(value, 'expr') ?? ''}`);
};

const log: Print = (value) => [
  ...plain('log'),
  ...membersInOrder(value, ['prefix', 'level', 'group', 'snaplen', 'queue-threshold', 'flags']),
];

const limit: Print = (value) => {
  if (typeof value === 'string') return [...plain('limit name'), ...quoted(value)];
  const unit = textMember(value, 'rate_unit');
  const over = member(value, 'inv') === true ? 'over ' : '';
  const size = unit === null || unit === 'packets' ? '' : ` ${unit}`;
  const per = textMember(value, 'per') ?? 'second';
  const burst = textMember(value, 'burst');
  const bucket = textMember(value, 'burst_unit') ?? 'packets';
  const tail = burst === null || burst === '0' ? '' : ` burst ${burst} ${bucket}`;
  return plain(`limit rate ${over}${textMember(value, 'rate') ?? ''}${size}/${per}${tail}`);
};

const assignment: Print = (value) => [
  ...expressionWords(member(value, 'key') ?? ''),
  ...plain('set'),
  ...expressionWords(member(value, 'value') ?? ''),
];

const setUpdate: Print = (value) => {
  const inner = (member(value, 'stmt') ?? []) as Json;
  const statements = (Array.isArray(inner) ? inner : [inner]).flatMap((one: Json) => [
    ...statementWords(one),
  ]);
  return [
    ...plain(`${textMember(value, 'op') ?? 'add'} ${textMember(value, 'set') ?? ''} {`),
    ...elementWords(member(value, 'elem') ?? ''),
    ...statements,
    ...plain('}'),
  ];
};

const quota: Print = (value) => {
  const over = member(value, 'inv') === true ? 'over ' : '';
  return plain(
    `quota ${over}${textMember(value, 'val') ?? ''} ${textMember(value, 'val_unit') ?? ''}`,
  );
};

const queue: Print = (value) => {
  const number = member(value, 'num');
  const flags = member(value, 'flags');
  const num = number === undefined ? '' : `num ${joined(number)}`;
  return plain(`queue ${num} ${flags === undefined ? '' : joined(flags)}`);
};

const extension: Print = (value) => [
  ...plain(`xt ${textMember(value, 'type') ?? ''}`),
  ...quoted(textMember(value, 'name') ?? ''),
];

const STATEMENTS: ReadonlyMap<string, Print> = new Map<string, Print>([
  ['match', match],
  ['counter', counter],
  ['accept', bare],
  ['drop', bare],
  ['return', bare],
  ['continue', bare],
  ['notrack', bare],
  ['jump', jump],
  ['goto', jump],
  ['redirect', translation],
  ['dnat', translation],
  ['snat', translation],
  ['masquerade', translation],
  ['tproxy', translation],
  ['reject', reject],
  ['log', log],
  ['limit', limit],
  ['mangle', assignment],
  ['vmap', (value) => mapWords('vmap', value)],
  ['set', setUpdate],
  ['quota', quota],
  ['queue', queue],
  ['xt', extension],
  [
    'flow',
    (value) =>
      plain(`flow ${textMember(value, 'op') ?? ''} ${textMember(value, 'flowtable') ?? ''}`),
  ],
  ['last', bare],
  ['comment', (value) => [...plain('comment'), ...quoted(String(value))]],
]);
