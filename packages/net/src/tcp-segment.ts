/** The TCP options of one segment; what the header does not carry is absent. */
export interface TcpOptions {
  /** Maximum segment size in bytes (RFC 9293 section 3.7.1). */
  readonly mss?: number;
  /** Window scale, the shift count as sent (RFC 7323 section 2). */
  readonly wscale?: number;
  /** SACK permitted (RFC 2018 section 2). */
  readonly sackOK?: true;
  /** SACK blocks, left and right edge (RFC 2018 section 3). */
  readonly sack?: readonly (readonly [left: number, right: number])[];
  /** Timestamp value and echo reply (RFC 7323 section 3). */
  readonly ts?: readonly [value: number, echo: number];
  /** TCP Fast Open cookie in hex, empty for a request (RFC 7413 section 2). */
  readonly tfo?: string;
  /** Multipath TCP, the text or the subtype that the capture names (RFC 8684 section 3). */
  readonly mptcp?: string;
  /** Options that are none of these, as `kind` or as the capture spells them. */
  readonly other?: readonly string[];
}

/** One TCP segment as a capture shows it. */
export interface TcpSegment {
  /** Number of the packet in its capture, from 1. */
  readonly n: number;
  /** Seconds since the epoch, or null where the capture names no date. */
  readonly at: number | null;
  /** Interface by name or `#index`; absent where the capture does not say. */
  readonly interface?: string;
  /** Source address as text. */
  readonly src: string;
  /** Source port in host order. */
  readonly sport: number;
  /** Destination address as text. */
  readonly dst: string;
  /** Destination port in host order. */
  readonly dport: number;
  /** Flag letters in the order F S R P A U E W e. */
  readonly flags: string;
  /** Sequence number; absent where the text does not print it. */
  readonly seq?: number;
  /** Acknowledgement number; absent without ACK. */
  readonly ack?: number;
  /** Sequence and acknowledgement count from the start of the capture's connection, not absolute. */
  readonly relative?: true;
  /** Window as on the wire, not scaled; absent where the text does not print it. */
  readonly win?: number;
  /** Payload in bytes. */
  readonly len: number;
  /** TCP options; absent where there are none. */
  readonly options?: TcpOptions;
  /** IPv4 identification; absent for IPv6 and where the text does not print it. */
  readonly ipId?: number;
  /** Time to live or hop limit; absent where the text does not print it. */
  readonly ttl?: number;
  /** The capture holds less of this packet than the wire carried. */
  readonly truncated: boolean;
}
