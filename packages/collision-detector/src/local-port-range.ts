import type { Incident } from '@tuplescope/incident';

/** The ports from which the kernel chooses one for a connect that names none. */
export interface LocalPortRange {
  readonly low: number;
  readonly high: number;
  /** How many of them a connect can get: reserved ones are passed over. */
  readonly usable: number;
  /** Whether a captured sysctl says so; else it is the kernel's default. */
  readonly isCaptured: boolean;
  /** Says whether the kernel may choose this port. */
  has(port: number): boolean;
}

/** Documentation/networking/ip-sysctl.rst, ip_local_port_range: "Default: 32768 60999". */
const DEFAULT = [32_768, 60_999] as const;

/**
 * Reads ip_local_port_range, which is of IPv6 too, and ip_local_reserved_ports.
 *
 * @example
 * localPortRange(incident).usable // 28232, where neither is captured
 */
export function localPortRange(incident: Incident): LocalPortRange {
  const captured = readRange(incident.sysctl('net.ipv4.ip_local_port_range') ?? '');
  const [low, high] = captured ?? DEFAULT;
  const reserved = new Uint8Array(65_536);
  for (const range of (incident.sysctl('net.ipv4.ip_local_reserved_ports') ?? '').split(',')) {
    const [first, last] = readRange(range.includes('-') ? range : `${range}-${range}`) ?? [1, 0];
    reserved.fill(1, first, last + 1);
  }
  const has = (port: number): boolean => port >= low && port <= high && reserved[port] === 0;
  let usable = 0;
  for (let port = low; port <= high; port++) if (has(port)) usable++;
  return { low, high, usable, isCaptured: captured !== null, has };
}

/** `32768 60999`, `9000-9100`; null where it is not two ports in order. */
function readRange(text: string): readonly [number, number] | null {
  const [, first, last] = /^\s*(\d{1,5})[\s-]+(\d{1,5})\s*$/.exec(text) ?? [];
  const [low, high] = [Number(first), Number(last)];
  return low >= 0 && high <= 65_535 && low <= high ? [low, high] : null;
}
