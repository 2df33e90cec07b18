import { type PcapColumns, TCP } from '@tuplescope/pcap-reader';

/**
 * Parts a capture into groups of packets that can be looked at apart: what one connection shows before
 * and after translation has the client's port in common, so packets go together by their rarer port.
 */
export interface PortGroups {
  /** First look: which ports each port talks with. */
  survey(columns: PcapColumns): void;
  /** Second look: which ports go together, and how many packets they have. */
  group(columns: PcapColumns): void;
  /** Gives the group of a packet by its ports, after both looks. */
  groupOf(sport: number, dport: number): number;
  /** Gives how many packets each group has, by its number. */
  sizes(): Uint32Array;
}

const PORTS = 65_536;

/** Words of 32 bits for each port: the ports that it talks with, as a small filter. */
const WORDS = 4;

/** A port that talks with more others than this is a server's: it binds nothing together. */
const MOST_PEERS = 8;

/** Begins to part a capture. */
export function portGroups(): PortGroups {
  const peers = new Uint32Array(PORTS * WORDS);
  const parent = Uint32Array.from({ length: PORTS }, (_, port) => port);
  const rows = new Uint32Array(PORTS);
  let counts: Uint8Array | null = null;

  const notePeer = (port: number, peer: number): void => {
    const bit = Math.imul(peer, 0x9e37_79b1) >>> 25;
    const word = port * WORDS + (bit >>> 5);
    peers[word] = (peers[word] as number) | (1 << (bit & 31));
  };

  const find = (port: number): number => {
    let root = port;
    while (parent[root] !== root) root = parent[root] as number;
    for (let at = port; at !== root; ) {
      const next = parent[at] as number;
      parent[at] = root;
      at = next;
    }
    return root;
  };

  /** The port that says which group a packet is of: the one that talks with fewer others. */
  const keyOf = (sport: number, dport: number): number => {
    counts ??= peerCounts(peers);
    const own = counts[sport] as number;
    const other = counts[dport] as number;
    if (own === other) return Math.min(sport, dport);
    return own < other ? sport : dport;
  };

  return {
    survey: ({ length, sport, dport, kind }) => {
      for (let row = 0; row < length; row++) {
        if (kind[row] !== TCP) continue;
        notePeer(sport[row] as number, dport[row] as number);
        notePeer(dport[row] as number, sport[row] as number);
      }
    },
    group: ({ length, sport, dport, kind }) => {
      for (let row = 0; row < length; row++) {
        if (kind[row] !== TCP) continue;
        const from = sport[row] as number;
        const to = dport[row] as number;
        const key = keyOf(from, to);
        rows[key] = (rows[key] as number) + 1;
        const most = Math.max(counts?.[from] ?? 0, counts?.[to] ?? 0);
        if (most <= MOST_PEERS) parent[find(from)] = find(to);
      }
    },
    groupOf: (sport, dport) => find(keyOf(sport, dport)),
    sizes: () => {
      const sizes = new Uint32Array(PORTS);
      for (let port = 0; port < PORTS; port++) {
        const group = find(port);
        sizes[group] = (sizes[group] as number) + (rows[port] as number);
      }
      return sizes;
    },
  };
}

function peerCounts(peers: Uint32Array): Uint8Array {
  const counts = new Uint8Array(PORTS);
  for (let port = 0; port < PORTS; port++) {
    for (let word = port * WORDS; word < (port + 1) * WORDS; word++) {
      for (let bits = peers[word] as number; bits !== 0; bits &= bits - 1) {
        counts[port] = (counts[port] as number) + 1;
      }
    }
  }
  return counts;
}
