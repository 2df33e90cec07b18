import type { CaptureKind } from '@tuplescope/incident';
import { CONNTRACK_FIELDS } from './conntrack-fields.ts';
import { type ExplainedField, type FieldRule, fieldAt } from './field-rule.ts';
import { LOG_FIELDS } from './log-fields.ts';
import { NSTAT_FIELDS } from './nstat-fields.ts';
import { RULESET_FIELDS } from './ruleset-fields.ts';
import { SS_FIELDS } from './ss-fields.ts';
import { TCPDUMP_FIELDS } from './tcpdump-fields.ts';

const RULES: Readonly<Partial<Record<CaptureKind, readonly FieldRule[]>>> = {
  ss: SS_FIELDS,
  conntrack: CONNTRACK_FIELDS,
  tcpdump: TCPDUMP_FIELDS,
  log: LOG_FIELDS,
  nstat: NSTAT_FIELDS,
  ruleset: RULESET_FIELDS,
  sysctl: RULESET_FIELDS,
};

/**
 * Explains the field at a character of a line, or gives null where there is nothing to explain.
 *
 * @param kind what the line is part of.
 * @example
 * explainField('ss', 'timer:(on,1.684ms,2)', 8)?.values // ['1.684 s', '2']
 */
export function explainField(
  kind: CaptureKind,
  line: string,
  character: number,
): ExplainedField | null {
  return fieldAt(RULES[kind] ?? [], line, character);
}
