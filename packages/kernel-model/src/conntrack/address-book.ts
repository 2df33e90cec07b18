import { formatIpv4, formatIpv6, mappedIpv4, parseIpv4, parseIpv6 } from '@tuplescope/net';
import { IPV4, IPV6 } from './segment.ts';

/** An address as the tracker's tables keep it. */
export interface AddressNumber {
  /** IPV4 or IPV6. */
  readonly family: number;
  /** The 32 bits of an IPv4 address, signed; of an IPv6 address its number in the book. */
  readonly number: number;
}

/** Turns addresses into numbers and back; IPv6 addresses get theirs as they come. */
export interface AddressBook {
  /** Gives the number of an address, or null where the text is none; IPv4-mapped IPv6 is IPv4. */
  read(text: string): AddressNumber | null;
  /** Gives the canonical text of a number that `read` gave. */
  text(family: number, number: number): string;
  /** Gives the eight 16-bit groups of an IPv6 address by its number. */
  groups(number: number): readonly number[];
}

/** Makes an empty book. */
export function createAddressBook(): AddressBook {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  const parts: (readonly number[])[] = [];

  function readIpv6(text: string): AddressNumber | null {
    const groups = parseIpv6(text);
    if (groups === null) return null;
    const mapped = mappedIpv4(groups);
    if (mapped !== null) return { family: IPV4, number: mapped | 0 };
    const canonical = formatIpv6(groups);
    let number = numbers.get(canonical);
    if (number === undefined) {
      number = texts.length;
      numbers.set(canonical, number);
      texts.push(canonical);
      parts.push(groups);
    }
    return { family: IPV6, number };
  }

  return {
    read(text) {
      if (text.includes(':')) return readIpv6(text);
      const ipv4 = parseIpv4(text);
      return ipv4 === null ? null : { family: IPV4, number: ipv4 | 0 };
    },
    text: (family, number) =>
      family === IPV4 ? formatIpv4(number >>> 0) : (texts[number] ?? '::'),
    groups: (number) => parts[number] ?? [],
  };
}
