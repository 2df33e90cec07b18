/** How a side already seen is started afresh (tcp_in_window). */
export type Reinit = 'legacy' | 'legacy+synack' | 'synOnly';

/** What becomes of data that ends a little beyond the window. */
export type Overshoot = 'none' | 'invalid+td_end' | 'ignore';

/** How the message of a lowered timeout reads; null where the kernel lowers none. */
export type LoweredTimeoutText = 'response' | 'unack' | null;

/** Which texts the tracker's messages have (nf_conntrack_log_invalid). */
export interface LogBehaviour {
  /** Ignored packets: `packet (index %d) in dir %d ignored, state %s`. */
  readonly ignoredDirection: boolean;
  /** No transition: `packet (index %d) in dir %d invalid, state %s`. */
  readonly invalidDirection: boolean;
  /** Window tests name the bound: `SEQ is over upper bound %u (…)`. */
  readonly windowBounds: boolean;
  readonly loweredTimeout: LoweredTimeoutText;
  /** A packet that cannot begin a connection: `invalid new`. */
  readonly invalidNew: boolean;
  /** Messages carry IN= and OUT=. */
  readonly devices: boolean;
  /** Fewer than 20 bytes of TCP: `short packet`. */
  readonly shortPacket: boolean;
}

/** What ctnetlink tells. */
export interface EventBehaviour {
  /** A DESTROY names the state that the entry had. */
  readonly destroyState: boolean;
}

/** How NAT searches a tuple. */
export interface NatBehaviour {
  /** Source NAT may evict a closing entry that holds the wanted reply tuple. */
  readonly evictClosing: boolean;
  /** Destination NAT to a range begins at its first port. */
  readonly dstPortFromStart: boolean;
}

/** What TCP sockets do. */
export interface SocketBehaviour {
  /** An unacceptable ACK in SYN-SENT, before any retransmission, resends the SYN after 2 jiffies. */
  readonly earlySynResend: boolean;
  /** The first tcp_syn_linear_timeouts retransmissions of a SYN are 1 s apart. */
  readonly linearSynTimeouts: boolean;
  /** Who shares the budget of challenge ACKs. */
  readonly challengeLimit: 'host' | 'namespace';
  /** A SYN that fails the timestamp test gets a challenge ACK, not a duplicate ACK. */
  readonly pawsChallengesSyn: boolean;
  /** Where the search for an ephemeral port begins. */
  readonly portStart: 'counter' | 'table';
  /** IP_LOCAL_PORT_RANGE is searched with step 1, not 2. */
  readonly portRangeStepOne: boolean;
}

/**
 * What a kernel does, as switches: a profile's commits compiled once, so that a tracker asks no set
 * for each packet. Each tracker switch is one commit; off is the older behaviour.
 */
export interface Behaviour {
  /** last_win keeps the window as on the wire. */
  readonly winRaw: boolean;
  /** An inexact RST leaves an ASSURED ESTABLISHED entry open. */
  readonly rstExact: boolean;
  /** A keep-alive may be the first packet seen of a side. */
  readonly keepalive: boolean;
  /** A SYN sent again does not refresh an UNREPLIED SYN_SENT entry. */
  readonly noRenewSyn: boolean;
  /** RSTs of closing entries and after a SYN are judged mildly. */
  readonly rstReuse: boolean;
  /** The sysctl nf_conntrack_tcp_ignore_invalid_rst exists. */
  readonly ignoreRstSysctl: boolean;
  /** Option parsing and the resync keep the BE_LIBERAL flag. */
  readonly keepLiberal: boolean;
  readonly reinit: Reinit;
  readonly overshoot: Overshoot;
  /** Packets below the lower bounds pass, ignored, instead of INVALID. */
  readonly ternary: boolean;
  /** Out-of-window FINs and RSTs may lower the timeout. */
  readonly handleInvalid: boolean;
  /** The RST that answers an ignored challenge ACK is accepted. */
  readonly challengeRst: boolean;
  /** Scaling is reset only by a SYN in the reply direction. */
  readonly wscaleDir: boolean;
  /** A RST answers an ignored SYN only from the other side. */
  readonly rstDir: boolean;
  /** A RST that leaves ESTABLISHED sets the UNACK timeout, not CLOSE. */
  readonly rstUnack: boolean;
  /** A repeated lookup counts as `invalid` in `conntrack -S`. */
  readonly repeatCountsInvalid: boolean;
  readonly log: LogBehaviour;
  readonly events: EventBehaviour;
  readonly nat: NatBehaviour;
  readonly socket: SocketBehaviour;
}
