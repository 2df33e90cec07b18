// Status bits of an entry, IPS_* in include/uapi/linux/netfilter/nf_conntrack_common.h.

/** A packet of the reply direction was accepted; without it the entry is printed [UNREPLIED]. */
export const SEEN_REPLY = 0x002;
/** The handshake was seen to its end; printed [ASSURED]. */
export const ASSURED = 0x004;
/** The entry is in the table. */
export const CONFIRMED = 0x008;
/** The source of its packets is translated. */
export const SRC_NAT = 0x010;
/** The destination of its packets is translated. */
export const DST_NAT = 0x020;
/** Source NAT was decided. */
export const SRC_NAT_DONE = 0x080;
/** Destination NAT was decided. */
export const DST_NAT_DONE = 0x100;
/** Its timeout is never refreshed. */
export const FIXED_TIMEOUT = 0x400;
