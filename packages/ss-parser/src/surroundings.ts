import { classifyPastedLine, decodeText, startsWithAt } from '@tuplescope/scan';

/**
 * What a line is that is no socket: a header of `ss`, of netstat, of /proc/net/tcp (or a part of one,
 * on a narrow terminal), or what people and tools put around a listing.
 */
export type Surrounding = 'ss-header' | 'netstat-header' | 'proc-header' | 'around';

/** No surrounding is longer, but for a header padded to a wide terminal. */
const LONGEST = 4096;

/** The header without its blanks, for each set of columns: any part of it may be a line. */
const SS_HEADERS = [
  'NetidStateRecv-QSend-QLocalAddress:PortPeerAddress:PortProcess',
  'NetidStateLocalAddress:PortPeerAddress:PortProcess',
  'NetidRecv-QSend-QLocalAddress:PortPeerAddress:PortProcess',
];

/**
 * Says what a line is that was not read as a socket, or null where it is damaged, or the rest of a
 * wrapped one.
 *
 * @param isInHeader the line before was a part of a header of `ss`.
 */
export function surroundingOf(
  bytes: Uint8Array,
  start: number,
  end: number,
  isInHeader: boolean,
): Surrounding | null {
  const text = decodeText(bytes, start, Math.min(end, start + LONGEST)).trim();
  const squeezed = text.replace(/\s+/g, '').replace(/Socketstorage$/, '');
  if (isSsHeader(squeezed, isInHeader)) return 'ss-header';
  if (/^Proto\s+(Recv-Q|RefCnt)\b/.test(text)) return 'netstat-header';
  if (/^sl\s+local_address\s+rem/.test(text)) return 'proc-header';
  if (BROKEN_SHUTDOWN.test(text)) return null;
  const isAround = OF_THE_TOOLS.test(text) || classifyPastedLine(bytes, start, end) !== null;
  return isAround ? 'around' : null;
}

function isSsHeader(squeezed: string, isInHeader: boolean): boolean {
  if (squeezed === '') return false;
  if (/^(Netid|State|Recv-Q|LocalAddress:Port)/.test(squeezed)) {
    return SS_HEADERS.some((header) => header.includes(squeezed));
  }
  return isInHeader && SS_HEADERS.some((header) => header.includes(squeezed));
}

/** `---`, or a part of it that a terminal broke off, is no ruler here: see `SsSocket.shutdown`. */
const BROKEN_SHUTDOWN = /^[<>-]{1,3}$/;

/** Titles and messages of `ss` and netstat, and their command lines without a prompt. */
const OF_THE_TOOLS = new RegExp(
  [
    '^Active (Internet|UNIX|IPX|X\\.25)',
    '^(RTNETLINK answers|ss|netstat): ',
    '^Cannot open netlink socket',
    '^\\(Not all processes could be identified',
    '^will not be shown',
    '^\\(?No info could be read for "-p"',
    '^(ss|netstat)( |$)',
  ].join('|'),
);

/** Says whether an indented line can be a surrounding: no detail of a socket begins like one. */
export function mayBeSurrounding(bytes: Uint8Array, at: number, end: number): boolean {
  return BEGINNINGS.some((word) => startsWithAt(bytes, at, end, word));
}

const BEGINNINGS = ['#', 'sl ', 'Netid', 'State', 'Proto', '$ ', '```'];
