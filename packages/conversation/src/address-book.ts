import { formatIpv4, normalizeAddress, parseIpv4 } from '@tuplescope/net';

/** Set in an endpoint's second word, above its port: the address is a number of the book. */
export const IN_BOOK: number = 1 << 16;

/** Numbers every address that is not IPv4, the same in all captures. */
export class AddressBook {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];

  /** Gives an address as a number: 32 bits, and 2^32 more where it is a number of the book. */
  numberOf(address: string): number {
    const normal = normalizeAddress(address);
    const ipv4 = parseIpv4(normal);
    if (ipv4 !== null) return ipv4;
    let number = this.#numbers.get(normal);
    if (number === undefined) {
      number = this.#texts.length;
      this.#texts.push(normal);
      this.#numbers.set(normal, number);
    }
    return number + 2 ** 32;
  }

  /** Writes the address of an endpoint's two words. */
  textOf(address: number, port: number): string {
    return port & IN_BOOK ? (this.#texts[address] ?? '') : formatIpv4(address);
  }
}
