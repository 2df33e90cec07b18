/** More than any packet of a network: libpcap's MAXIMUM_SNAPLEN. */
export const MOST_CAPTURED: number = 262_144;
/** A file may claim a larger snap length, for USB; it is believed up to here. */
export const MOST_BELIEVED: number = 16 << 20;
/** Seconds that two packets in a row may be apart where it is doubtful that they are packets. */
export const FAR: number = 30 * 86_400;
