import { normalizeAddress } from '@tuplescope/net';
import type { PcapColumns } from '@tuplescope/pcap-reader';
import type { PacketFilter } from '../../protocol/packets.ts';

/** Gives the function that says whether a row has all that a filter asks for. */
export function matcherOf({
  ports,
  addresses,
  ends,
  flags,
}: PacketFilter): (columns: PcapColumns, row: number) => boolean {
  const wantedAddresses = addresses.map(normalizeAddress);
  const wantedEnds = ends.map(({ address, port }) => ({
    address: normalizeAddress(address),
    port,
  }));

  return (columns, row) => {
    const sport = columns.sport[row] as number;
    const dport = columns.dport[row] as number;
    if (!ports.every((port) => port === sport || port === dport)) return false;
    if (((columns.flags[row] as number) & flags) !== flags) return false;
    if (!wantedEnds.every(({ port }) => port === sport || port === dport)) return false;
    if (wantedAddresses.length === 0 && wantedEnds.length === 0) return true;
    const src = normalizeAddress(columns.srcText(row));
    const dst = normalizeAddress(columns.dstText(row));
    return (
      wantedAddresses.every((address) => address === src || address === dst) &&
      wantedEnds.every(
        ({ address, port }) =>
          (address === src && port === sport) || (address === dst && port === dport),
      )
    );
  };
}
