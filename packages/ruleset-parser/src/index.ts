export type { Chain, NamedSet } from './chain.ts';
export type { Counters } from './counters.ts';
export { type CaughtPackets, type DropRule, findDropRules } from './drop-rules.ts';
export {
  type Exemption,
  type InterceptionPort,
  interceptionPorts,
  MAX_EXEMPTIONS,
} from './interception-ports.ts';
export { looksLikeRuleset } from './looks-like-ruleset.ts';
export { looksLikeSysctl } from './looks-like-sysctl.ts';
export { looksLikeUname } from './looks-like-uname.ts';
export { parseRuleset } from './parse-ruleset.ts';
export { parseSysctl } from './parse-sysctl.ts';
export { parseUname } from './parse-uname.ts';
export type { Rule, RuleFamily, RuleOptions } from './rule.ts';
export type { Ruleset } from './rule-walk.ts';
export { RulesetTable } from './ruleset-table.ts';
export { streamRuleset } from './stream-ruleset.ts';
export { streamSysctl } from './stream-sysctl.ts';
export { normalizeSysctlKey } from './sysctl-key.ts';
export type { SysctlSetting } from './sysctl-setting.ts';
export { SysctlTable } from './sysctl-table.ts';
export type { Uname } from './uname.ts';
