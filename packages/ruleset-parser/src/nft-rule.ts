import { readCounters } from './counters.ts';
import type { Word } from './iptables-words.ts';
import { normalizeMatchValue } from './match-value.ts';
import { addComparison, keyOfSelector } from './nft-condition.ts';
import { RuleDraft } from './nft-rule-draft.ts';
import { readSelector } from './nft-selector.ts';
import { NFT_STATEMENTS } from './nft-statements.ts';
import { readValue } from './nft-value.ts';
import { splitNftWords } from './nft-words.ts';
import type { RuleBody } from './rule-body.ts';
import { WordCursor } from './word-cursor.ts';

const OPERATORS: ReadonlySet<string> = new Set(['==', '!=', '<', '>', '<=', '>=', '!']);
const BITWISE: ReadonlySet<string> = new Set(['&', 'and']);

/**
 * Reads what a rule of `nft list ruleset` says.
 *
 * @example
 * readNftRule('meta l4proto tcp counter packets 1 bytes 60 redirect to :15001').targetOptions
 * // { 'to-ports': '15001' }
 */
export function readNftRule(text: string): RuleBody {
  const draft = draftOf(splitNftWords(text));
  if (isStatementLost(text)) draft.loseStatement();
  return draft.body();
}

/** Reads what a rule says that is in words already: what nft's JSON is turned into. */
export function readNftWords(words: readonly Word[]): RuleBody {
  return draftOf(words).body();
}

function draftOf(words: readonly Word[]): RuleDraft {
  const draft = new RuleDraft();
  const cursor = new WordCursor(words);
  while (!cursor.done) readStatement(cursor, draft);
  return draft;
}

function readStatement(cursor: WordCursor, draft: RuleDraft): void {
  const head = cursor.peek();
  if (head === 'counter') {
    cursor.take();
    readCounter(cursor, draft);
    return;
  }
  const statement = NFT_STATEMENTS.get(head);
  if (statement !== undefined) {
    cursor.take();
    statement(cursor, draft, head);
    return;
  }
  const selector = readSelector(cursor);
  if (selector !== null) readComparison(cursor, draft, selector);
  else if (cursor.accept('#')) readComment(cursor, draft);
  else draft.keepUnknown(cursor.take());
}

/** `counter packets 1 bytes 60`, `counter name "stray"` */
function readCounter(cursor: WordCursor, draft: RuleDraft): void {
  if (cursor.accept('name')) draft.options.add('counter', cursor.take());
  if (!cursor.accept('packets')) return;
  const packets = cursor.take();
  cursor.accept('bytes');
  draft.counters = readCounters(packets, cursor.take());
  if (draft.counters === null) draft.doubt('counters up to 2^53 - 1');
}

/** After `#`: `handle 7` of `nft -a`, or `xt_owner`, an extension that nft cannot print. */
function readComment(cursor: WordCursor, draft: RuleDraft): void {
  const word = cursor.take();
  if (word.startsWith('xt_')) draft.addOpaque(word.slice(3), null);
  else if (word !== 'handle') cursor.skipRest();
  else cursor.take();
}

function readComparison(cursor: WordCursor, draft: RuleDraft, selector: string): void {
  if (cursor.accept('vmap')) {
    draft.setTarget('VMAP', 2);
    draft.options.add('key', keyOfSelector(selector));
    draft.options.add('map', readValue(cursor));
    return;
  }
  if (cursor.accept('set')) {
    readAssignment(cursor, draft, selector);
    return;
  }
  let mask: string | null = null;
  if (BITWISE.has(cursor.peek())) {
    cursor.take();
    mask = readValue(cursor);
  }
  const operator = OPERATORS.has(cursor.peek()) ? cursor.take() : '';
  addComparison(draft.match, { selector, mask, operator, value: readValue(cursor) });
}

/** `meta mark set 0x539`, `tcp option maxseg size set rt mtu`, `ct zone set 1` */
function readAssignment(cursor: WordCursor, draft: RuleDraft, selector: string): void {
  const from = readSelector(cursor);
  const value = from ?? readValue(cursor);
  const operation = BITWISE.has(cursor.peek()) ? ` ${cursor.take()} ${readValue(cursor)}` : '';
  const target = ASSIGNMENTS.get(selector);
  draft.setTarget(target?.[0] ?? 'SET', 1);
  const normal =
    from === null && target?.[1] === 'set-mark' ? normalizeMatchValue('mark', value) : value;
  draft.options.add(target?.[1] ?? selector, normal + operation);
}

const ASSIGNMENTS: ReadonlyMap<string, readonly [target: string, option: string]> = new Map([
  ['mark', ['MARK', 'set-mark']],
  ['ct mark', ['CONNMARK', 'set-mark']],
  ['tcp option maxseg size', ['TCPMSS', 'set-mss']],
  ['ct zone', ['CT', 'zone']],
]);

/**
 * An iptables rule whose target this nft cannot print ends in a blank where the target would stand
 * (nft 1.0.6, `table ip6 nat`: `… counter packets 0 bytes 0 `, and REDIRECT is gone).
 */
function isStatementLost(text: string): boolean {
  const handle = text.lastIndexOf(' # handle ');
  const statements = handle < 0 ? text : text.slice(0, handle);
  return statements.endsWith(' ') && COUNTER_LAST.test(statements.slice(-80));
}

const COUNTER_LAST = /counter packets \d+ bytes \d+ $/;
