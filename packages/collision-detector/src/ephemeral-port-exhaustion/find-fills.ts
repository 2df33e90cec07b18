import { type CaptureOf, capturesOf, type Incident, placeOf } from '@tuplescope/incident';
import { isLoopback, normalizeAddress } from '@tuplescope/net';
import { entryListings } from '../entries.ts';
import { isTcpNetid } from '../is-tcp-netid.ts';
import type { LocalPortRange } from '../local-port-range.ts';
import type { Fill } from './fill.ts';
import { FillTally } from './fill-tally.ts';
import { forMany, type PortUses } from './port-use.ts';

/** NAT keeps a port above 1023 above 1023 (nf_nat_l4proto_unique_tuple): 1024 to 65535. */
const NAT_PORTS = 65_536 - 1024;

/** So many records are enough to point at. */
const EXAMPLES = 2;

/**
 * Finds the endpoints toward which an address has used up most of its source ports, in each
 * snapshot: as sockets and entries show it of the pod's own connects, as entries show it of NAT.
 */
export function findFills(incident: Incident, range: LocalPortRange): Fill[] {
  return incident.snapshots.flatMap(({ captures }, snapshot) => {
    const own = new FillTally('connect', snapshot, range.usable);
    for (const capture of capturesOf(captures, 'ss')) addSockets(own, capture, range);
    for (const capture of entryListings(captures)) addEntries(own, capture, range, incident);
    const translated = new FillTally('nat', snapshot, NAT_PORTS);
    for (const capture of entryListings(captures)) addTranslated(translated, capture);
    return [...own.full(), ...translated.full()];
  });
}

function addSockets(tally: FillTally, capture: CaptureOf<'ss'>, range: LocalPortRange): void {
  const { table } = capture.content;
  const uses: PortUses = {
    length: table.length,
    portsAt(row) {
      const sport = table.portAt(row, 'local');
      const dport = table.portAt(row, 'peer');
      if (sport === null || dport === null || dport < 0 || !range.has(sport)) return -1;
      const isTcp = table.stateAt(row) !== 'LISTEN' && isTcpNetid(table.netidAt(row));
      return isTcp ? dport * 65_536 + sport : -1;
    },
    srcAt: (row) => table.addressAt(row, 'local'),
    dstAt: (row) => table.addressAt(row, 'peer'),
    srcIpv4At: () => null,
    dstIpv4At: () => null,
  };
  forMany(uses, tally.least, (row, use) => {
    const group = tally.of(use);
    group.held.add(use.sport);
    if (table.stateAt(row) === 'TIME-WAIT') group.inTimeWait.add(use.sport);
    group.sockets ??= capture;
    if (group.examples.length < EXAMPLES) {
      group.examples.push(placeOf(capture, table.at(row).source));
    }
  });
}

/** A client elsewhere has ports of its own, so only the pod's addresses count where they are known. */
function addEntries(
  tally: FillTally,
  capture: CaptureOf<'conntrack'>,
  range: LocalPortRange,
  { podAddresses }: Incident,
): void {
  const { table } = capture.content;
  const own = new Set(podAddresses);
  const uses: PortUses = {
    length: table.length,
    portsAt(row) {
      const sport = table.portAt(row, 'origSrc');
      const dport = table.portAt(row, 'origDst');
      if (sport === null || dport === null || !range.has(sport)) return -1;
      return table.protoAt(row) === 'tcp' ? dport * 65_536 + sport : -1;
    },
    srcAt: (row) => table.addressAt(row, 'origSrc'),
    dstAt: (row) => table.addressAt(row, 'origDst'),
    srcIpv4At: (row) => table.ipv4At(row, 'origSrc'),
    dstIpv4At: (row) => table.ipv4At(row, 'origDst'),
  };
  forMany(uses, tally.least, (_, use) => {
    if (own.size > 0 && !own.has(use.src) && !isLoopback(use.src)) return;
    const group = tally.of(use);
    group.tracked.add(use.sport);
    group.entries ??= capture;
  });
}

function addTranslated(tally: FillTally, capture: CaptureOf<'conntrack'>): void {
  const { table } = capture.content;
  if (table.length < tally.least) return;
  const uses: PortUses = {
    length: table.length,
    portsAt(row) {
      const sport = table.portAt(row, 'replyDst');
      const dport = table.portAt(row, 'replySrc');
      if (sport === null || dport === null || sport < 1024) return -1;
      return table.protoAt(row) === 'tcp' ? dport * 65_536 + sport : -1;
    },
    srcAt: (row) => table.addressAt(row, 'replyDst'),
    dstAt: (row) => table.addressAt(row, 'replySrc'),
    srcIpv4At: (row) => table.ipv4At(row, 'replyDst'),
    dstIpv4At: (row) => table.ipv4At(row, 'replySrc'),
  };
  forMany(uses, tally.least, (row, use) => {
    const isTranslated =
      table.portAt(row, 'origDst') !== use.dport ||
      table.portAt(row, 'origSrc') !== use.sport ||
      normalizeAddress(table.addressAt(row, 'origSrc')) !== use.src;
    if (!isTranslated) return;
    const group = tally.of(use);
    group.tracked.add(use.sport);
    group.entries ??= capture;
  });
}
