import { WordList } from './word-list.ts';

/**
 * What `ss` prints in its Netid column (misc/ss.c: proto_name and its siblings), then the words of
 * netstat's Proto column that `ss` does not have. The order is ours; only the groups below rely on it.
 */
export const NETIDS: WordList = new WordList([
  ...['u_str', 'u_dgr', 'u_seq'],
  ...['nl'],
  ...['p_raw', 'p_dgr', 'xdp'],
  ...['v_str', 'v_dgr', 'ti_st', 'ti_rd', 'ti_sq', 'ti_dg'],
  ...['tcp', 'udp', 'raw', 'icmp6', 'dccp', 'sctp', 'mptcp', '???', 'unknown'],
  ...['tcp6', 'udp6', 'raw6', 'udplite', 'udpl6', 'unix'],
]);

/** The number of a Netid in the list; the caller names one that is there. */
export function netidNumber(netid: string): number {
  return NETIDS.words.indexOf(netid);
}

/** Stands in the column where the listing has no Netid. */
export const NO_NETID = 255;

/** A unix socket: its ends are a path and an inode with a blank between. */
export function isUnix(netid: number): boolean {
  return netid <= LAST_UNIX;
}

/** Netlink: its peer is `*`, or group and port. */
export function isNetlink(netid: number): boolean {
  return netid === NETLINK;
}

/** Packet and XDP sockets: their peer is `*`. */
export function hasNoPeer(netid: number): boolean {
  return netid > NETLINK && netid <= LAST_WITHOUT_PEER;
}

/** Sockets whose port has 16 bits. */
export function hasShortPort(netid: number): boolean {
  return netid >= FIRST_INET && netid !== NO_NETID;
}

/** The words that netstat alone prints. */
export function isNetstatOnly(netid: number): boolean {
  return netid >= FIRST_NETSTAT && netid !== NO_NETID;
}

const LAST_UNIX = netidNumber('u_seq');
const NETLINK = netidNumber('nl');
const LAST_WITHOUT_PEER = netidNumber('xdp');
const FIRST_INET = netidNumber('tcp');
const FIRST_NETSTAT = netidNumber('tcp6');
