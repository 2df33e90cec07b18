/** One interface of a section of a pcapng, or the one of a pcap. */
export interface SectionInterface {
  /** Its number in the file's list of interfaces. */
  readonly number: number;
  /** LINKTYPE_ in the registry of tcpdump.org. */
  readonly linkType: number;
  /** Bytes kept of a packet; 0 is no limit. */
  readonly snapLength: number;
  /** `if_tsresol`: units of a second, 10^n, or 2^n with the highest bit set. */
  readonly resolution: number;
  /** `if_tsoffset`: seconds to add to each time. */
  readonly offsetSeconds: number;
}

/** What the headers say of the packets that follow: a pcapng may have several sections, a pcap is one. */
export interface Section {
  /** Numbers have their lowest byte first. */
  readonly isLittle: boolean;
  /** Bytes before the data of a packet in a pcap: 16, or 24 in the modified format. */
  readonly headerLength: number;
  /** Fractions of a second that a pcap counts in: a million, or a milliard. */
  readonly fractions: number;
  /** Nanoseconds of such a fraction: 1000, or 1. */
  readonly nanosecondsOfFraction: number;
  /** Most bytes of a packet that a pcap claims to hold; 0 is no limit. */
  readonly snapLength: number;
  /** In the order of their blocks; a pcap has one. */
  readonly interfaces: SectionInterface[];
}

/** Makes a section without interfaces, as it is before the first header. */
export function newSection(isLittle = true): Section {
  return {
    isLittle,
    headerLength: 16,
    fractions: 1e6,
    nanosecondsOfFraction: 1000,
    snapLength: 0,
    interfaces: [],
  };
}
