/** A count; a string of digits where it is over 2^53 - 1 and a number would lose some. */
export type Count = number | string;

/** Time that a limit held a connection back. */
export interface LimitedTime {
  /** Milliseconds. */
  readonly ms: Count;
  /** Share of the busy time, in percent. */
  readonly percent: number;
}

/**
 * What `ss -i` prints of a TCP socket, under its own names (tcp_stats_print in misc/ss.c, ss(8));
 * `ss` leaves out what is zero, so an absent field is zero or not known. Times are milliseconds,
 * rates bits per second, amounts bytes where they are not packets.
 */
export interface TcpInfo {
  /** Timestamps are in use (RFC 7323). */
  readonly ts?: true;
  /** Timestamps count microseconds. */
  readonly usec_ts?: true;
  /** Selective acknowledgement is in use. */
  readonly sack?: true;
  /** Explicit congestion notification is in use. */
  readonly ecn?: true;
  /** A packet with ECN bits was seen. */
  readonly ecnseen?: true;
  /** The SYN carried data. */
  readonly fastopen?: true;
  /** The acknowledgement timer is in bidirectional (pingpong) mode. */
  readonly bidir?: true;
  /** The sender had less to send than the network could take. */
  readonly app_limited?: true;
  /** The congestion control algorithm: `cubic`, `bbr`. */
  readonly congestion?: string;
  /** Window scale, the shift counts of sender and receiver. */
  readonly wscale?: { readonly snd: number; readonly rcv: number };
  /** Retransmission timeout, ms. */
  readonly rto?: number;
  /** How often the timeout was doubled. */
  readonly backoff?: number;
  /** Smoothed round trip time, ms. */
  readonly rtt?: number;
  /** Mean deviation of the round trip time, ms. */
  readonly rttvar?: number;
  /** Delayed acknowledgement timeout, ms. */
  readonly ato?: number;
  /** Quick acknowledgements left. */
  readonly qack?: number;
  /** Maximum segment size; `ss` prints it signed. */
  readonly mss?: number;
  /** Path MTU. */
  readonly pmtu?: number;
  /** Segment size seen from the peer. */
  readonly rcvmss?: number;
  /** Segment size advertised. */
  readonly advmss?: number;
  /** Congestion window, packets. */
  readonly cwnd?: number;
  /** Slow start threshold, packets. */
  readonly ssthresh?: number;
  /** Bytes of data sent, those sent again too. */
  readonly bytes_sent?: Count;
  /** Of them, bytes sent again. */
  readonly bytes_retrans?: Count;
  /** Bytes of data that the peer has acknowledged. */
  readonly bytes_acked?: Count;
  /** Bytes of data received in order. */
  readonly bytes_received?: Count;
  /** Segments sent, those without data too. */
  readonly segs_out?: number;
  /** Segments received, those without data too. */
  readonly segs_in?: number;
  /** Segments with data sent. */
  readonly data_segs_out?: number;
  /** Segments with data received. */
  readonly data_segs_in?: number;
  /** DCTCP's own figures, or `fallback_mode`, as printed. */
  readonly dctcp?: string;
  /** BBR's own figures, as printed. */
  readonly bbr?: string;
  /** cwnd × mss / rtt, bits per second. */
  readonly send?: Count;
  /** Since the last packet with data was sent, ms. */
  readonly lastsnd?: number;
  /** Since the last packet with data was received, ms. */
  readonly lastrcv?: number;
  /** Since the last acknowledgement was received, ms. */
  readonly lastack?: number;
  /** Rate at which packets are sent, bits per second. */
  readonly pacing_rate?: Count;
  /** Limit that the program set to that rate, bits per second. */
  readonly pacing_rate_max?: Count;
  /** The newest measured rate, bits per second. */
  readonly delivery_rate?: Count;
  /** Packets that have reached the peer. */
  readonly delivered?: number;
  /** Of them, those that the peer saw an ECN mark on. */
  readonly delivered_ce?: number;
  /** Time with data to send, ms. */
  readonly busy?: Count;
  /** Of the busy time: held back by the peer's window. */
  readonly rwnd_limited?: LimitedTime;
  /** Of the busy time: held back by the send buffer. */
  readonly sndbuf_limited?: LimitedTime;
  /** Packets not acknowledged. */
  readonly unacked?: number;
  /** Packets sent again and not acknowledged yet; packets ever sent again. */
  readonly retrans?: { readonly now: number; readonly total: number };
  /** Packets taken for lost. */
  readonly lost?: number;
  /** Packets acknowledged selectively. */
  readonly sacked?: number;
  /** Duplicates that the peer reported (RFC 2883). */
  readonly dsack_dups?: number;
  /** Packets up to the highest that was acknowledged selectively. */
  readonly fackets?: number;
  /** Packets that may overtake one before it is taken for lost. */
  readonly reordering?: number;
  /** How often packets were seen to overtake others. */
  readonly reord_seen?: number;
  /** Receiver's estimate of the round trip time, ms. */
  readonly rcv_rtt?: number;
  /** What the receive buffer is tuned to, bytes. */
  readonly rcv_space?: number;
  /** Limit of the window that is advertised, bytes. */
  readonly rcv_ssthresh?: number;
  /** Bytes waiting to be sent. */
  readonly notsent?: number;
  /** Least round trip time seen, ms. */
  readonly minrtt?: number;
  /** Packets received out of order. */
  readonly rcv_ooopack?: number;
  /** Window of the peer, bytes. */
  readonly snd_wnd?: number;
  /** Own window, bytes. */
  readonly rcv_wnd?: number;
  /** How often the path was changed by another hash. */
  readonly rehash?: number;
}

/** The words without a value. */
export const TCP_FLAGS: ReadonlySet<string> = new Set([
  ...['ts', 'usec_ts', 'sack', 'ecn', 'ecnseen', 'fastopen', 'bidir', 'app_limited'],
]);

/** The words whose value follows after a blank, in bits per second. */
export const TCP_RATES: ReadonlySet<string> = new Set(['send', 'pacing_rate', 'delivery_rate']);

const NUMBERS: ReadonlySet<string> = new Set([
  ...['rto', 'backoff', 'ato', 'qack', 'mss', 'pmtu', 'rcvmss', 'advmss', 'cwnd', 'ssthresh'],
  ...['bytes_sent', 'bytes_retrans', 'bytes_acked', 'bytes_received', 'segs_out', 'segs_in'],
  ...['data_segs_out', 'data_segs_in', 'lastsnd', 'lastrcv', 'lastack', 'delivered'],
  ...['delivered_ce', 'unacked', 'lost', 'sacked', 'dsack_dups', 'fackets', 'reordering'],
  ...['reord_seen', 'rcv_rtt', 'rcv_space', 'rcv_ssthresh', 'notsent', 'minrtt', 'rcv_ooopack'],
  ...['snd_wnd', 'rcv_wnd', 'rehash'],
]);

/** A TcpInfo while it is put together. */
export type TcpInfoDraft = Record<string, unknown>;

/** Reads `rto:208` and its like into the draft; false where the word is none of them. */
export function readTcpWord(word: string, draft: TcpInfoDraft): boolean {
  const colon = word.indexOf(':');
  if (colon < 0) return false;
  const key = word.slice(0, colon);
  const value = word.slice(colon + 1);
  if (NUMBERS.has(key)) return put(draft, key, readCount(value));
  switch (key) {
    case 'rtt':
      return readPair(value, '/', (rtt, rttvar) => Object.assign(draft, { rtt, rttvar }));
    case 'wscale':
      return readPair(value, ',', (snd, rcv) => Object.assign(draft, { wscale: { snd, rcv } }));
    case 'retrans':
      return readPair(value, '/', (now, total) =>
        Object.assign(draft, { retrans: { now, total } }),
      );
    case 'busy':
      return value.endsWith('ms') && put(draft, key, readCount(value.slice(0, -2)));
    case 'rwnd_limited':
    case 'sndbuf_limited':
      return put(draft, key, readLimited(value));
    case 'bbr':
    case 'dctcp': {
      const text = value.startsWith('(') && value.endsWith(')') ? value.slice(1, -1) : value;
      if (text.includes('(') || text === '') return false;
      draft[key] = text;
      return true;
    }
    default:
      return false;
  }
}

/** Reads what follows `send`, `pacing_rate` or `delivery_rate`: `138890182bps`, `2.77Gbps/1Tbps`. */
export function readTcpRate(key: string, value: string, draft: TcpInfoDraft): boolean {
  const slash = key === 'pacing_rate' ? value.indexOf('/') : -1;
  const rate = readRate(slash < 0 ? value : value.slice(0, slash));
  const limit = slash < 0 ? null : readRate(value.slice(slash + 1));
  if (rate === null || (slash >= 0 && limit === null)) return false;
  draft[key] = rate;
  if (limit !== null) draft.pacing_rate_max = limit;
  return true;
}

function put(draft: TcpInfoDraft, key: string, value: unknown): boolean {
  if (value === null) return false;
  draft[key] = value;
  return true;
}

function readPair(value: string, between: string, put: (a: number, b: number) => unknown): boolean {
  const at = value.indexOf(between);
  const first = readCount(value.slice(0, Math.max(0, at)));
  const second = readCount(value.slice(at + 1));
  if (at < 0 || typeof first !== 'number' || typeof second !== 'number') return false;
  put(first, second);
  return true;
}

/** `208`, `5.154`, `1.70373e+06`, `-101983540`, `14385317585936796820`; null for anything else. */
function readCount(text: string): Count | null {
  if (text.length > 40 || !/^-?\d+(\.\d+)?(e[+-]\d{1,3})?$/.test(text)) return null;
  const value = Number(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(value) ? text : value;
}

const SCALE: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9, T: 1e12 };

function readRate(text: string): Count | null {
  const found = /^(.{1,40}?)([kMGT]?)bps$/.exec(text);
  if (found === null) return null;
  const count = readCount(found[1] as string);
  const scale = SCALE[found[2] as string];
  return scale === undefined || typeof count !== 'number' ? count : count * scale;
}

function readLimited(text: string): LimitedTime | null {
  const found = /^(\d{1,20})ms\((\d{1,20}(?:\.\d{1,9})?)%\)$/.exec(text);
  const ms = readCount(found?.[1] ?? '');
  return found === null || ms === null ? null : { ms, percent: Number(found[2]) };
}
