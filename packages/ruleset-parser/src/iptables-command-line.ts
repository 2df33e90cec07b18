import { decodeText } from '@tuplescope/scan';
import type { BlockState, Line } from './block-state.ts';
import { noteCommand } from './iptables-command.ts';
import { readPolicyOrChain, readRuleLine } from './iptables-text.ts';

const COMMAND = /^(?:sudo )?(?:\/\S{0,60}\/)?ip6?tables(?:-legacy|-nft)? /;
const CHANGE = / (?=-[AINP] |--append |--insert )/;

/**
 * Reads a command that a person typed or a script holds, `iptables -t nat -A OUTPUT …`, and says
 * whether it was one that adds a rule or a chain.
 */
export function readCommandLine(state: BlockState, at: Line): boolean {
  const { bytes } = state.rows;
  // Before the option that changes something stand only the tool, its table and its flags.
  const head = decodeText(bytes, at.start, Math.min(at.end, at.start + 200));
  if (!COMMAND.test(head)) return false;
  const change = CHANGE.exec(head);
  if (change === null) return false;
  const before = { family: state.context.family, table: state.context.table };
  noteCommand(head, state.context);
  // The bytes before the option are ASCII, so that characters count as bytes.
  const from = at.start + change.index + 1;
  const isRule = readRuleLine(state, at, from) || readPolicyOrChain(state, at, from);
  Object.assign(state.context, before);
  return isRule;
}
