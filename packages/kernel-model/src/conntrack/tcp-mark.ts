// The flags of one side of a TCP entry, IP_CT_TCP_FLAG_* in
// include/uapi/linux/netfilter/nf_conntrack_tcp.h; `conntrack` and ctnetlink show them.

/** The side offered window scaling. */
export const WINDOW_SCALE = 0x01;
/** The side permits selective acknowledgements. */
export const SACK_PERMITTED = 0x02;
/** The side sent the first FIN. */
export const CLOSE_INIT = 0x04;
/** The side's packets pass every window test: the entry was picked up in the middle. */
export const BE_LIBERAL = 0x08;
/** The side sent data that was not acknowledged yet. */
export const DATA_UNACKNOWLEDGED = 0x10;
/** The highest acknowledgement of the side is known. */
export const MAXACK_SET = 0x20;
/** Only of the remembered flags: in LAST_ACK a SYN passed, a challenge ACK is due. */
export const EXPECT_CHALLENGE_ACK = 0x40;
/** Only of the remembered flags: both sides sent a SYN. */
export const SIMULTANEOUS_OPEN = 0x80;
