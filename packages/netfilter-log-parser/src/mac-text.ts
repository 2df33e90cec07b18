import type { LoggedMac } from './netfilter-log-record.ts';

/**
 * Takes `MAC=02:42:ac:1d:49:07:02:42:5e:f7:11:03:08:00` apart: Ethernet's header is destination,
 * source, type. A header of another length is given whole; an empty one is none.
 */
export function readMacText(header: string): LoggedMac {
  if (header === '') return {};
  if (header.length !== 14 * 3 - 1) return { header };
  return {
    header,
    source: header.slice(18, 35),
    destination: header.slice(0, 17),
    protocol: header.slice(36).replace(':', ''),
  };
}
