import type { Incident, Interception, PlacedDropRule } from '@tuplescope/incident';
import type { KernelAssessment } from './assess-kernel.ts';
import type { JoinedAttempt } from './join-attempts.ts';

/** Why a connect that met a stale socket went on as it did. */
export type Cause =
  /** The RST reached the old socket and the next SYN went through. */
  | { readonly kind: 'healed' }
  /** A rule dropped the RST before it could be translated or sent. */
  | { readonly kind: 'rule'; readonly dropRule: PlacedDropRule }
  /** conntrack called the RST INVALID: it was seen, or the kernel is known for it. */
  | { readonly kind: 'kernel'; readonly basis: 'seen' | 'profile' }
  /** The records do not tell. */
  | { readonly kind: 'unknown' };

/** Says why a connect went on as it did, from what was seen before what is known of the kernel. */
export function causeOf(
  attempt: JoinedAttempt,
  incident: Incident,
  kernel: KernelAssessment,
  direction: Interception['direction'] = 'outbound',
): Cause {
  if (attempt.outcome === 'connected') return { kind: 'healed' };
  const dropRule = incident.dropRules.find((candidate) =>
    dropsReset(candidate, attempt, ON_THE_WAY[direction]),
  );
  if (dropRule !== undefined) return { kind: 'rule', dropRule };
  if (attempt.resets.untranslated > 0) return { kind: 'kernel', basis: 'seen' };
  if (attempt.resets.translated > 0) return { kind: 'unknown' };
  const isLiberal = incident.sysctl('net.netfilter.nf_conntrack_tcp_be_liberal') === '1';
  return kernel.callsResetInvalid === 'yes' && !isLiberal
    ? { kind: 'kernel', basis: kernel.contradictedBy.length > 0 ? 'seen' : 'profile' }
    : { kind: 'unknown' };
}

/** The hooks that a client's packets pass on their way to a proxy of the pod. */
const ON_THE_WAY = { outbound: /output|postrouting/, inbound: /prerouting|input/ };

/** A rule on the way that drops RSTs that conntrack finds valid, and lets SYNs pass. */
function dropsReset(
  { rule, hooks, catches }: PlacedDropRule,
  { tuple }: JoinedAttempt,
  onTheWay: RegExp,
): boolean {
  const isOnTheWay = hooks.length === 0 || hooks.some((hook) => onTheWay.test(hook));
  if (!isOnTheWay || !catches.rst || !catches.valid || catches.syn) return false;
  const { dport } = rule.match;
  return dport === undefined || tuple === null || includesPort(dport, tuple.dport);
}

/** A rule's ports: `7777`, `80,443`, `1-1023`. */
function includesPort(ports: string | readonly string[], port: number): boolean {
  return [ports]
    .flat()
    .flatMap((list) => list.split(','))
    .some((range) => {
      const [first, last] = range.split('-').map(Number);
      return port >= (first ?? Number.NaN) && port <= (last ?? first ?? Number.NaN);
    });
}
