import { type Capture, capturesOf, type Incident, type Place, placeOf } from '@tuplescope/incident';
import { type Endpoint, formatIpv4, normalizeAddress, parseIpv4, parseIpv6 } from '@tuplescope/net';
import { decodeText } from '@tuplescope/scan';

/** A server behind a virtual service, as `ipvsadm -Ln` or /proc/net/ip_vs lists it. */
export interface IpvsServer {
  readonly service: Endpoint;
  readonly server: Endpoint;
  /** 0: it gets no new connections. */
  readonly weight: number;
  readonly place: Place;
}

/** A connection that IPVS remembers, as `ipvsadm -Lnc` or /proc/net/ip_vs_conn lists it. */
export interface IpvsConnection {
  readonly client: Endpoint;
  readonly service: Endpoint;
  readonly server: Endpoint;
  /** SYN_RECV: a SYN has passed and no answer; TIME_WAIT, ESTABLISHED and so on as for TCP. */
  readonly state: string;
  readonly place: Place;
}

/** What IPVS lists at one moment. */
export interface IpvsListing {
  /** Index of the snapshot, or null where the listing lies beside none. */
  readonly snapshot: number | null;
  readonly servers: readonly IpvsServer[];
  readonly connections: readonly IpvsConnection[];
}

/** Longer outputs are not these, or say no more. */
const MAX_BYTES = 64 << 20;

/** `TCP  10.96.0.9:80 rr`, or with hexadecimal ends in /proc. */
const SERVICE = /^TCP\s+(\S+)\s+[a-z]\w*\b/;

/** `  -> 203.0.113.10:80   Masq   0   1   0` */
const SERVER = /^\s+->\s+(\S+)\s+\w+\s+(\d+)\s+\d+\s+\d+\s*$/;

/** `TCP 01:38  TIME_WAIT   10.1.0.2:42001     10.96.0.9:80       203.0.113.10:80` */
const CONNECTION = /^TCP\s+\d+:\d+(?::\d+)?\s+([A-Z_]+)\s+(\S+)\s+(\S+)\s+(\S+)\s*$/;

/** `TCP 0A010002 A411 0A600009 0050 CB00710A 0050 TIME_WAIT        94` */
const PROC_CONNECTION =
  /^TCP\s+(\S+)\s+([\dA-F]{4})\s+(\S+)\s+([\dA-F]{4})\s+(\S+)\s+([\dA-F]{4})\s+([A-Z_]+)\s+\d+/;

/**
 * Reads what IPVS lists, which no parser package knows: outputs that were not recognised as anything
 * else. Each snapshot's are put together.
 */
export function ipvsListings(incident: Incident): IpvsListing[] {
  const folders = incident.snapshots.map(({ captures }) => folderOf(captures[0]?.path ?? ''));
  const byFolder = new Map<string, { servers: IpvsServer[]; connections: IpvsConnection[] }>();
  for (const capture of capturesOf(incident.captures, 'unknown')) {
    const read = readIpvs(capture);
    if (read === null) continue;
    const folder = folderOf(capture.path);
    const known = byFolder.get(folder) ?? { servers: [], connections: [] };
    for (const server of read.servers) known.servers.push(server);
    for (const connection of read.connections) known.connections.push(connection);
    byFolder.set(folder, known);
  }
  return [...byFolder].map(([folder, listing]) => {
    const snapshot = folders.indexOf(folder);
    return { snapshot: snapshot < 0 ? null : snapshot, ...listing };
  });
}

function readIpvs(capture: Capture): Pick<IpvsListing, 'servers' | 'connections'> | null {
  const { bytes } = capture;
  if (bytes.length > MAX_BYTES || !looksLikeIpvs(bytes)) return null;
  const servers: IpvsServer[] = [];
  const connections: IpvsConnection[] = [];
  let service: Endpoint | null = null;
  let start = 0;
  for (let line = 1; start < bytes.length; line++) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed;
    const text = end - start > 400 ? '' : decodeText(bytes, start, end);
    const place = placeOf(capture, { line, start, end });
    const connection = readConnection(text);
    const listed = SERVER.exec(text);
    const server = listed === null ? null : endpointIn(listed[1] as string);
    if (connection !== null) connections.push({ ...connection, place });
    else if (server !== null && service !== null) {
      servers.push({ service, server, weight: Number(listed?.[2]), place });
    } else {
      const named = SERVICE.exec(text)?.[1];
      if (named !== undefined) service = endpointIn(named);
    }
    start = end + 1;
  }
  return { servers, connections };
}

/** All four begin with a heading that nothing else has. */
function looksLikeIpvs(bytes: Uint8Array): boolean {
  const head = decodeText(bytes, 0, Math.min(bytes.length, 400));
  return /IP Virtual Server version|IPVS connection entries|^Pro FromIP\s+FPrt/m.test(head);
}

function readConnection(text: string): Omit<IpvsConnection, 'place'> | null {
  const told = CONNECTION.exec(text);
  if (told !== null) {
    const [, state = '', from = '', virtual = '', to = ''] = told;
    return ends(endpointIn(from), endpointIn(virtual), endpointIn(to), state);
  }
  const proc = PROC_CONNECTION.exec(text);
  if (proc === null) return null;
  const [, from, fromPort, virtual, virtualPort, to, toPort, state = ''] = proc;
  return ends(
    endpointIn(`${from}:${fromPort}`),
    endpointIn(`${virtual}:${virtualPort}`),
    endpointIn(`${to}:${toPort}`),
    state,
  );
}

function ends(
  client: Endpoint | null,
  service: Endpoint | null,
  server: Endpoint | null,
  state: string,
): Omit<IpvsConnection, 'place'> | null {
  if (client === null || service === null || server === null) return null;
  return { client, service, server, state };
}

/** `203.0.113.10:80`, `[fd00::1]:80`, or `CB00710A:0050` as the kernel writes it. */
function endpointIn(text: string): Endpoint | null {
  const hex = /^([\dA-F]{8}):([\dA-F]{4})$/.exec(text);
  if (hex !== null) {
    const address = formatIpv4(Number.parseInt(hex[1] as string, 16));
    return { address, port: Number.parseInt(hex[2] as string, 16) };
  }
  const colon = text.lastIndexOf(':');
  const address = normalizeAddress(text.slice(0, colon).replace(/^\[(.*)\]$/, '$1'));
  const port = text.slice(colon + 1);
  if (!/^\d{1,5}$/.test(port)) return null;
  const isAddress = parseIpv4(address) !== null || parseIpv6(address) !== null;
  return isAddress ? { address, port: Number(port) } : null;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
