/** What rules are read for: the packets of a pod's own connections at one hook. */
export interface RulePlace {
  readonly hook: 'prerouting' | 'input' | 'output' | 'postrouting';
  /** The nat table: of a connection only the first packet, its SYN, comes here. */
  readonly isNat: boolean;
  /** The pod's own addresses; loopback it has anyway. */
  readonly addresses: readonly string[];
  /** Some rule sets marks, so that what mark a packet carries is not known. */
  readonly setsMarks: boolean;
}
