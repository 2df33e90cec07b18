import { normalizeAddress } from '@tuplescope/net';
import type { PcapColumns } from '@tuplescope/pcap-reader';
import type { PacketFilter, PutVerdicts } from '../../protocol/packets.ts';
import { differs, UNEXPECTED, wordOf } from '../../protocol/verdict.ts';

/** Whether a filter asks for anything that only a packet's headers tell. */
export function asksForHeaders({ ports, addresses, ends, flags }: PacketFilter): boolean {
  return ports.length > 0 || addresses.length > 0 || ends.length > 0 || flags !== 0;
}

/** Whether a filter asks for anything that changes with the kernel. */
export function asksForVerdicts({ verdicts, unexpected, differs }: PacketFilter): boolean {
  return verdicts.length > 0 || unexpected || differs;
}

/** Gives the function that says whether a packet has the verdict that a filter asks for. */
export function verdictMatcherOf(
  filter: PacketFilter,
  { own, other }: PutVerdicts,
): (n: number) => boolean {
  if (!asksForVerdicts(filter)) return () => true;
  const words = new Set(filter.verdicts);
  return (n) => {
    const verdict = own?.[n - 1] ?? 0;
    if (words.size > 0 && !words.has(wordOf(verdict))) return false;
    if (filter.unexpected && (verdict & UNEXPECTED) === 0) return false;
    return !filter.differs || differs(verdict, other?.[n - 1]);
  };
}

/** Gives the function that says whether the headers of a row have all that a filter asks for. */
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
