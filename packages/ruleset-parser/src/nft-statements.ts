import type { RuleDraft } from './nft-rule-draft.ts';
import { isSelector, readSelector } from './nft-selector.ts';
import { readValue } from './nft-value.ts';
import type { WordCursor } from './word-cursor.ts';

type ReadStatement = (cursor: WordCursor, draft: RuleDraft, head: string) => void;

const FLAGS: ReadonlySet<string> = new Set(['random', 'fully-random', 'persistent']);

const readVerdict: ReadStatement = (_, draft, head) => draft.setTarget(head.toUpperCase(), 2);

const readJump: ReadStatement = (cursor, draft, head) =>
  draft.setTarget(cursor.take(), 2, head === 'goto');

/** `redirect`, `redirect to :15001-15002 random` */
const readRedirect: ReadStatement = (cursor, draft) => {
  draft.setTarget('REDIRECT', 3);
  if (cursor.accept('to')) draft.options.add('to-ports', readDestination(cursor).replace(/^:/, ''));
  readFlags(cursor, draft);
};

/** `dnat ip to 127.0.0.1:15053`, `snat to 10.0.0.1`, `dnat ip to ip daddr . tcp dport map @svc` */
const readNat: ReadStatement = (cursor, draft, head) => {
  draft.setTarget(head.toUpperCase(), 3);
  // `ip addr . port to …` says of which parts the map gives.
  while (!cursor.done && cursor.peek() !== 'to') cursor.take();
  cursor.accept('to');
  draft.options.add(head === 'dnat' ? 'to-destination' : 'to-source', readDestination(cursor));
  readFlags(cursor, draft);
};

const readMasquerade: ReadStatement = (cursor, draft) => {
  draft.setTarget('MASQUERADE', 3);
  if (cursor.accept('to')) draft.options.add('to-ports', readDestination(cursor).replace(/^:/, ''));
  readFlags(cursor, draft);
};

/** `tproxy to :15006`, `tproxy ip to 127.0.0.1:15006`, `tproxy ip6 to [::1]:15006` */
const readTproxy: ReadStatement = (cursor, draft) => {
  draft.setTarget('TPROXY', 3);
  if (cursor.peek() === 'ip' || cursor.peek() === 'ip6') cursor.take();
  cursor.accept('to');
  const destination = readDestination(cursor);
  const colon = destination.lastIndexOf(':');
  const hasPort = colon >= 0 && (destination.indexOf(':') === colon || destination.includes(']:'));
  const address = hasPort ? destination.slice(0, colon) : destination;
  if (address !== '') draft.options.add('on-ip', address.replace(/^\[|\]$/g, ''));
  if (hasPort) draft.options.add('on-port', destination.slice(colon + 1));
};

/** `reject`, `reject with tcp reset`, `reject with icmp port-unreachable` */
const readReject: ReadStatement = (cursor, draft) => {
  draft.setTarget('REJECT', 3);
  if (!cursor.accept('with')) return;
  const kind = cursor.take();
  cursor.accept('type');
  const what = cursor.take();
  draft.options.add('reject-with', kind === 'tcp' ? 'tcp-reset' : `${kind}-${what}`);
};

/** `log prefix "stray: " level debug flags all group 2` */
const readLog: ReadStatement = (cursor, draft) => {
  draft.setTarget('LOG', 1);
  for (;;) {
    const option = cursor.peek();
    if (!/^(?:prefix|level|group|snaplen|queue-threshold|flags)$/.test(option)) return;
    cursor.take();
    const value = option === 'flags' && cursor.peek() !== 'all' ? readTwo(cursor) : cursor.take();
    draft.options.add(`log-${option}`, value);
  }
};

/** `limit rate over 25/second burst 100 packets`, `limit name "slow"` */
const readLimit: ReadStatement = (cursor, draft) => {
  if (cursor.accept('name')) {
    draft.match.add('limit', cursor.take());
    return;
  }
  cursor.accept('rate');
  const sign = cursor.accept('over') ? '!' : '';
  let rate = cursor.take();
  if (rate.includes('/')) draft.match.add(`${sign}limit`, rate);
  else {
    rate += ` ${cursor.take()}`;
    draft.match.add(`${sign}limit`, rate);
  }
  if (!cursor.accept('burst')) return;
  draft.match.add('limit-burst', cursor.take());
  cursor.take();
};

/** `queue`, `queue num 3 bypass`, `queue flags bypass,fanout to 1-3` */
const readQueue: ReadStatement = (cursor, draft) => {
  draft.setTarget('NFQUEUE', 3);
  for (;;) {
    if (cursor.accept('num') || cursor.accept('to'))
      draft.options.add('queue-num', readDestination(cursor));
    else if (cursor.accept('flags')) draft.options.add('queue-flags', cursor.take());
    else if (/^(?:bypass|fanout)(?:,|$)/.test(cursor.peek())) {
      draft.options.add('queue-flags', cursor.take());
    } else return;
  }
};

/** `add @seen { ip saddr timeout 5m }`, `update @seen { … }`, `flow add @ft`, `set add …` */
const readSetUpdate: ReadStatement = (cursor, draft, head) => {
  draft.setTarget('SET', 1);
  const rest = head === 'flow' || head === 'set' ? ` ${cursor.take()}` : '';
  const set = cursor.take();
  const elements = cursor.peek() === '{' ? ` { ${readValue(cursor)} }` : '';
  draft.options.add(head + rest, set + elements);
};

/** `quota over 100 mbytes used 0 bytes` */
const readQuota: ReadStatement = (cursor, draft) => {
  const sign = cursor.accept('over') ? '!' : '';
  draft.match.add(`${sign}quota`, readTwo(cursor));
  if (cursor.accept('used')) readTwo(cursor);
};

const readNotrack: ReadStatement = (_, draft) => {
  draft.setTarget('CT', 1);
  draft.options.add('notrack', '');
};

/** `xt match "owner"`, `xt target TPROXY`: an extension that nft cannot print. */
const readExtension: ReadStatement = (cursor, draft) => {
  const type = cursor.take();
  draft.addOpaque(cursor.take(), type);
};

const readComment: ReadStatement = (cursor, draft) => draft.match.add('comment', cursor.take());

/** `synproxy mss 1460 wscale 7 timestamp sack-perm` */
const readSynproxy: ReadStatement = (cursor, draft) => {
  draft.setTarget('SYNPROXY', 3);
  while (/^(?:mss|wscale|timestamp|sack-perm|name)$/.test(cursor.peek())) {
    const option = cursor.take();
    const hasValue = option !== 'timestamp' && option !== 'sack-perm';
    draft.options.add(option, hasValue ? cursor.take() : '');
  }
};

/** `last used 2s ago` only reports. */
const readLast: ReadStatement = (cursor) => {
  if (cursor.accept('used') && cursor.take() !== 'never') cursor.accept('ago');
};

/** `dup to 10.0.0.1 device "eth0"`, `fwd to "eth0"` */
const readCopy: ReadStatement = (cursor, draft, head) => {
  draft.setTarget(head.toUpperCase(), head === 'fwd' ? 3 : 1);
  cursor.accept('to');
  draft.options.add('to', readDestination(cursor));
  if (cursor.accept('device')) draft.options.add('device', cursor.take());
};

/** What stands where a condition could, by its first word. */
export const NFT_STATEMENTS: ReadonlyMap<string, ReadStatement> = new Map([
  ['accept', readVerdict],
  ['drop', readVerdict],
  ['return', readVerdict],
  ['continue', readVerdict],
  ['jump', readJump],
  ['goto', readJump],
  ['redirect', readRedirect],
  ['dnat', readNat],
  ['snat', readNat],
  ['masquerade', readMasquerade],
  ['tproxy', readTproxy],
  ['reject', readReject],
  ['log', readLog],
  ['limit', readLimit],
  ['queue', readQueue],
  ['add', readSetUpdate],
  ['update', readSetUpdate],
  ['delete', readSetUpdate],
  ['flow', readSetUpdate],
  ['set', readSetUpdate],
  ['quota', readQuota],
  ['notrack', readNotrack],
  ['xt', readExtension],
  ['comment', readComment],
  ['synproxy', readSynproxy],
  ['last', readLast],
  ['dup', readCopy],
  ['fwd', readCopy],
]);

/** An address, a port, or an expression with a map that gives them. */
function readDestination(cursor: WordCursor): string {
  if (!isSelector(cursor.peek())) return readValue(cursor);
  let text = readSelector(cursor) ?? '';
  while (/^(?:map|&|\.|offset)$/.test(cursor.peek()))
    text += ` ${cursor.take()} ${readValue(cursor)}`;
  return text;
}

function readFlags(cursor: WordCursor, draft: RuleDraft): void {
  while (FLAGS.has(cursor.peek().split(',')[0] ?? '')) {
    for (const flag of cursor.take().split(',')) draft.options.add(flag, '');
  }
}

function readTwo(cursor: WordCursor): string {
  return `${cursor.take()} ${cursor.take()}`;
}
