import type {
  Capture,
  CaptureKind,
  CaptureOf,
  PacketCapture,
  PacketSegment,
} from '@tuplescope/incident';

/**
 * Picks the captures of one kind, typed as such: `capturesOf` of the incident, of which this package
 * knows the types alone.
 */
export function ofKind<Kind extends CaptureKind>(
  captures: readonly Capture[],
  kind: Kind,
): CaptureOf<Kind>[] {
  return captures.filter((one): one is CaptureOf<Kind> => one.content.kind === kind);
}

/** Picks the captures of packets, capture files first: they have every number. */
export function packetCaptures(captures: readonly Capture[]): PacketCapture[] {
  return [...ofKind(captures, 'pcap'), ...ofKind(captures, 'tcpdump')];
}

/** Picks the conntrack listings, not the events. */
export function conntrackListings(captures: readonly Capture[]): CaptureOf<'conntrack'>[] {
  return ofKind(captures, 'conntrack').filter(
    ({ content: { table } }) => table.length === 0 || table.at(0).event === null,
  );
}

/**
 * Gives the segments of a capture in their order; of a capture file those alone that `keep` lets through
 * by ports and flags (bits), so that millions of others cost no object.
 */
export function* segmentsOf(
  { content }: PacketCapture,
  keep: (sport: number, dport: number, flags: number) => boolean,
): Generator<PacketSegment> {
  if (content.kind === 'tcpdump') {
    yield* content.table;
    return;
  }
  for (const page of content.table.columns) {
    for (let row = 0; row < page.length; row++) {
      const [sport, dport] = [page.sport[row] as number, page.dport[row] as number];
      if (keep(sport, dport, page.flags[row] as number)) yield page.at(row);
    }
  }
}
