import { enterTable, type RulesetContext } from './parse-context.ts';

const TOOL = /(?:^|[\s/])(ip6?tables)(?:-legacy|-nft)?(?:-save)?(?=\s|$)/;
const TABLE = /\s(?:-t\s*|--table[= ])(\w+)/;

/**
 * Takes family and table from a command line, as a prompt shows it before what it prints.
 *
 * @example
 * noteCommand('ip6tables -t nat -S', context) // true; context.family 'ip6', context.table 'nat'
 */
export function noteCommand(command: string, context: RulesetContext): boolean {
  const tool = TOOL.exec(command)?.[1];
  if (tool === undefined) return false;
  context.family = tool === 'ip6tables' ? 'ip6' : 'ip';
  // A save names its tables itself; anything else works on `filter` unless told otherwise.
  const table = TABLE.exec(command)?.[1] ?? 'filter';
  enterTable(context, /-save\b/.test(command) ? null : table);
  return true;
}
