/** Where the layers of a packet begin, in the bytes that hold it; made once, filled for each packet. */
export interface Layers {
  /** Offset of the IP header, the innermost that was read; -1 where there is none. */
  ip: number;
  isIpv6: boolean;
  /** Offset of what the IP packet carries. */
  transport: number;
  /** Offset after the IP packet by its own length, where the bytes may end before. */
  packetEnd: number;
  /** The packet is the first of several fragments. */
  isFirstFragment: boolean;
}

/** Makes the layers of no packet. */
export function newLayers(): Layers {
  return {
    ip: -1,
    isIpv6: false,
    transport: 0,
    packetEnd: 0,
    isFirstFragment: false,
  };
}
