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

/** Texts are remembered up to this many, then forgotten all at once. */
const MOST_REMEMBERED = 65_536;

/** Makes an empty book. */
export function createAddressBook(): AddressBook {
  const remembered = new Map<string, AddressNumber>();
  const ipv6Numbers = new Map<string, number>();
  const ipv6Texts: string[] = [];
  const ipv6Groups: (readonly number[])[] = [];

  function parse(text: string): AddressNumber | null {
    if (!text.includes(':')) {
      const ipv4 = parseIpv4(text);
      return ipv4 === null ? null : { family: IPV4, number: ipv4 | 0 };
    }
    const groups = parseIpv6(text);
    if (groups === null) return null;
    const mapped = mappedIpv4(groups);
    if (mapped !== null) return { family: IPV4, number: mapped | 0 };
    const canonical = formatIpv6(groups);
    let number = ipv6Numbers.get(canonical);
    if (number === undefined) {
      number = ipv6Texts.length;
      ipv6Numbers.set(canonical, number);
      ipv6Texts.push(canonical);
      ipv6Groups.push(groups);
    }
    return { family: IPV6, number };
  }

  return {
    read(text) {
      const known = remembered.get(text);
      if (known !== undefined) return known;
      const read = parse(text);
      if (read === null) return null;
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(text, read);
      return read;
    },
    text: (family, number) =>
      family === IPV4 ? formatIpv4(number >>> 0) : (ipv6Texts[number] ?? '::'),
    groups: (number) => ipv6Groups[number] ?? [],
  };
}
