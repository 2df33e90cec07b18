/** Where a NAT rule stands: what arrives, what this host sends, what leaves. */
export type NatHook = 'prerouting' | 'output' | 'postrouting';

/** One port, or the first and last of a range. */
export type PortRange = number | readonly [first: number, last: number];

/** What a packet must have; a field left out says nothing. */
export interface NatMatch {
  /** Source address, or a prefix as `10.30.0.0/16`. */
  readonly src?: string;
  /** Destination address or prefix; at postrouting the one that destination NAT gave. */
  readonly dst?: string;
  readonly sport?: PortRange;
  readonly dport?: PortRange;
  /** The packet's `interface`: where it came in, or at output and postrouting where it leaves. */
  readonly interface?: string;
  /** User id of the process that sends, as `-m owner --uid-owner` has it; output only. */
  readonly owner?: number;
}

/**
 * What a rule does with a new connection.
 *
 * - `accept`: no rule behind it counts (also what RETURN from a base chain does).
 * - `redirect`: the destination becomes this host, 127.0.0.1 or ::1 at output; at prerouting `address`,
 *   the first of the interface, which may be left out where packets already go to it.
 * - `dnat`, `snat`, `masquerade`: destination or source become `address`. Without `port` the port
 *   stays; a source port that is taken is changed.
 */
export type NatAction =
  | { readonly kind: 'accept' }
  | { readonly kind: 'redirect'; readonly port?: PortRange; readonly address?: string }
  | { readonly kind: 'dnat'; readonly address: string; readonly port?: PortRange }
  | { readonly kind: 'snat'; readonly address: string; readonly port?: PortRange }
  | { readonly kind: 'masquerade'; readonly address: string; readonly port?: PortRange };

/** A rule of the nat table; the first of its hook that fits a new connection decides. */
export interface NatRule {
  readonly hook: NatHook;
  readonly match?: NatMatch;
  /** The rule leaves out what fits any of these: iptables' `!`. */
  readonly except?: readonly NatMatch[];
  readonly action: NatAction;
}
