// LINKTYPE_ values of the registry at tcpdump.org/linktypes.html.

/** A packet whose link type is not known. */
export const NO_LINK = -1;
export const NULL = 0;
export const ETHERNET = 1;
export const PPP = 9;
export const RAW_BSD = 12;
export const RAW_OPENBSD = 14;
export const PPP_HDLC = 50;
export const PPP_ETHERNET = 51;
export const RAW = 101;
export const IEEE802_11 = 105;
export const LOOP = 108;
export const LINUX_SLL = 113;
export const IEEE802_11_RADIOTAP = 127;
export const PPI = 192;
export const IPV4 = 228;
export const IPV6 = 229;
export const NFLOG = 239;
export const LINUX_SLL2 = 276;

const NAMES: ReadonlyMap<number, string> = new Map([
  [3, 'AX25'],
  [6, 'IEEE802_5'],
  [7, 'ARCNET_BSD'],
  [8, 'SLIP'],
  [10, 'FDDI'],
  [100, 'ATM_RFC1483'],
  [104, 'C_HDLC'],
  [107, 'FRELAY'],
  [114, 'LTALK'],
  [117, 'PFLOG'],
  [119, 'IEEE802_11_PRISM'],
  [122, 'IP_OVER_FC'],
  [129, 'ARCNET_LINUX'],
  [143, 'DOCSIS'],
  [147, 'USER0'],
  [163, 'IEEE802_11_AVS'],
  [165, 'BACNET_MS_TP'],
  [187, 'BLUETOOTH_HCI_H4'],
  [189, 'USB_LINUX'],
  [195, 'IEEE802_15_4_WITHFCS'],
  [201, 'BLUETOOTH_HCI_H4_WITH_PHDR'],
  [220, 'USB_LINUX_MMAPPED'],
  [224, 'FC_2'],
  [226, 'IPNET'],
  [227, 'CAN_SOCKETCAN'],
  [231, 'DBUS'],
  [240, 'NETANALYZER'],
  [242, 'IPOIB'],
  [249, 'USBPCAP'],
  [251, 'BLUETOOTH_LE_LL'],
  [252, 'WIRESHARK_UPPER_PDU'],
  [253, 'NETLINK'],
  [271, 'VSOCK'],
  [290, 'ETW'],
]);

/**
 * Names a link type that is not read.
 *
 * @example
 * linkTypeName(189) // 'USB_LINUX (189)'
 */
export function linkTypeName(linkType: number): string {
  const name = NAMES.get(linkType);
  return name === undefined ? `${linkType}` : `${name} (${linkType})`;
}
