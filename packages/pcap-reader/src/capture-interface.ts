/** Where packets of a file were captured. */
export interface CaptureInterface {
  /** The name that a pcapng gives (`eth0`); absent where it gives none, and in a pcap. */
  readonly name?: string;
  /** The kernel's number of the interface, where each packet has its own (SLL2, modified pcap). */
  readonly index?: number;
  /** What its packets begin with: LINKTYPE_ in the registry of tcpdump.org; 1 is Ethernet. */
  readonly linkType: number;
}

/**
 * Gives the interface as records show it: `#2` for a kernel's number, else the name, else nothing.
 *
 * @example
 * interfaceName({ name: 'any', index: 2, linkType: 276 }) // '#2'
 */
export function interfaceName({ name, index }: CaptureInterface): string | undefined {
  return index === undefined ? name : `#${index}`;
}

/** A row has 16 bits for its interface. */
const MAX_INTERFACES = 0xffff;

/** The interfaces of a file, each distinct one under a small number. */
export class InterfaceList {
  readonly list: CaptureInterface[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #byIndex = new Map<number, number>();
  #lastKey = -1;
  #lastNumber = 0;

  /** @param ordinal number of the interface in its section: two without a name are still two. */
  add(ordinal: number, description: CaptureInterface): number {
    const key = `${ordinal} ${description.linkType} ${description.name ?? ''}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const number = this.#push(description);
    if (this.list.length < MAX_INTERFACES) this.#byKey.set(key, number);
    return number;
  }

  /** Gives the number of a kernel's interface seen at an interface of the file. */
  withIndex(number: number, index: number): number {
    const key = index * 0x10000 + number;
    if (key === this.#lastKey) return this.#lastNumber;
    let found = this.#byIndex.get(key);
    if (found === undefined) {
      if (this.list.length >= MAX_INTERFACES) return number;
      found = this.#push({ ...(this.list[number] as CaptureInterface), index });
      this.#byIndex.set(key, found);
    }
    this.#lastKey = key;
    this.#lastNumber = found;
    return found;
  }

  #push(description: CaptureInterface): number {
    // What does not fit any more shares the last number.
    if (this.list.length < MAX_INTERFACES) this.list.push(description);
    return this.list.length - 1;
  }
}
