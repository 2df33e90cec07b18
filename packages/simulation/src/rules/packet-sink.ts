import type { PacketRule, TproxyRule } from '@tuplescope/kernel-model';
import type { Sink } from './flatten.ts';
import { markOf } from './marked-ports.ts';
import type { Notes } from './notes.ts';
import { pushOnce } from './push-once.ts';
import type { Region } from './region.ts';
import { type Rule, valuesOf } from './rule.ts';

/** Where the rules of a chain go. */
export interface PacketSlot {
  readonly hook: PacketRule['hook'];
  /** Left out: the model's filter table. */
  readonly table?: 'mangle';
  /** Ports of transparent listeners, by the mark that leads to them. */
  readonly markedPorts: ReadonlyMap<number, number>;
}

/** Targets that change nothing of what the model knows. */
const HARMLESS =
  /^(?:AUDIT|CHECKSUM|CLASSIFY|CONNMARK|CONNSECMARK|DSCP|HL|MARK|NFLOG|RATEEST|SECMARK|SET|TCPMSS|TOS|TPROXY|TRACE|TTL|ULOG)$/;

/** Makes rules that log and drop, and of marks that lead to a transparent listener TPROXY rules. */
export function packetSink(
  { hook, table, markedPorts }: PacketSlot,
  into: { readonly rules: PacketRule[]; readonly tproxy: TproxyRule[] },
  notes: Notes,
): Sink {
  const put = (region: Region, action: PacketRule['action']): void => {
    const place = table === undefined ? { hook } : { hook, table };
    pushOnce(into.rules, { ...place, ...parts(region), action });
  };
  return {
    take(region, rule) {
      const [prefix] = valuesOf(rule.targetOptions, 'log-prefix');
      if (rule.target === 'LOG' || prefix !== undefined) {
        put(region, { kind: 'log', prefix: prefix ?? '' });
      }
      if (rule.target === 'DROP' || rule.target === 'REJECT') put(region, { kind: 'drop' });
      else if (rule.target === 'MARK') mark(region, rule);
      else if (rule.target !== 'LOG' && !HARMLESS.test(rule.target ?? '')) {
        notes.skip(rule, `the model has no ${rule.target}`);
      }
      if (rule.target === 'REJECT')
        notes.assume('REJECT is simulated as DROP: it answers nothing.');
    },
    accept(region) {
      put(region, { kind: 'accept' });
      if (markedPorts.size > 0) into.tproxy.push({ ...parts(region), port: null });
    },
    dropByPolicy: (region) => put(region, { kind: 'drop' }),
    skip({ rule, why }) {
      const isMark = rule.target === 'MARK' && markedPorts.size > 0;
      if (isMark || !HARMLESS.test(rule.target ?? '')) notes.skip(rule, why);
    },
  };

  function mark(region: Region, rule: Rule): void {
    const [value] = [
      ...valuesOf(rule.targetOptions, 'set-xmark'),
      ...valuesOf(rule.targetOptions, 'set-mark'),
    ];
    const port = value === undefined ? undefined : markedPorts.get(markOf(value));
    if (port !== undefined) into.tproxy.push({ ...parts(region), port });
  }
}

function parts({ match, except }: Region): Pick<PacketRule, 'match' | 'except'> {
  return {
    ...(Object.keys(match).length === 0 ? {} : { match }),
    ...(except.length === 0 ? {} : { except }),
  };
}
