import { decodeText } from '@tuplescope/scan';

/** What a line is that is no socket. */
export type Surrounding =
  /** A header of `ss`, of netstat, of /proc/net/tcp; or a part of one, on a narrow terminal. */
  | 'ss-header'
  | 'netstat-header'
  | 'proc-header'
  /** A line that people and tools put around a listing, by what it should not be. */
  | { readonly expected: string }
  | null;

/** No surrounding is longer, but for a header padded to a wide terminal. */
const LONGEST = 4096;

/** The header without its blanks, for each set of columns: any part of it may be a line. */
const SS_HEADERS = [
  'NetidStateRecv-QSend-QLocalAddress:PortPeerAddress:PortProcess',
  'NetidStateLocalAddress:PortPeerAddress:PortProcess',
  'NetidRecv-QSend-QLocalAddress:PortPeerAddress:PortProcess',
];

/**
 * Says what a line is that was not read as a socket: a header, or a shell prompt, a comment, the
 * head of `watch`, an error of netlink; null where it is none of them.
 *
 * @param isInHeader the line before was a part of a header of `ss`.
 */
export function surroundingOf(
  bytes: Uint8Array,
  start: number,
  end: number,
  isInHeader: boolean,
): Surrounding {
  const text = decodeText(bytes, start, Math.min(end, start + LONGEST)).trim();
  const squeezed = text.replace(/\s+/g, '').replace(/Socketstorage$/, '');
  if (isSsHeader(squeezed, isInHeader)) return 'ss-header';
  if (/^Proto\s+(Recv-Q|RefCnt)\b/.test(text)) return 'netstat-header';
  if (text.startsWith('Active ')) return expectedIf(/^Active (Internet|UNIX|IPX|X\.25)/.test(text));
  if (/^sl\s+local_address\s+rem/.test(text)) return 'proc-header';
  return expectedIf(isSurrounding(text));
}

function expectedIf(isForgiven: boolean): Surrounding {
  return isForgiven ? { expected: 'a socket' } : null;
}

function isSsHeader(squeezed: string, isInHeader: boolean): boolean {
  if (squeezed === '') return false;
  if (/^(Netid|State|Recv-Q|LocalAddress:Port)/.test(squeezed)) {
    return SS_HEADERS.some((header) => header.includes(squeezed));
  }
  return isInHeader && SS_HEADERS.some((header) => header.includes(squeezed));
}

function isSurrounding(text: string): boolean {
  const first = text[0];
  if (first === '#' || text === '...' || text === '…' || text.startsWith('```')) return true;
  if (/^Every \d+([.,]\d+)?s: /.test(text)) return true;
  if (/^(RTNETLINK answers|ss|netstat): /.test(text)) return true;
  if (
    /^(Cannot open netlink socket|\(Not all processes could be identified|will not be shown)/.test(
      text,
    )
  )
    return true;
  if (/^\(?No info could be read for "-p"/.test(text)) return true;
  if (/^(sudo )?(ss|netstat)( |$)|^cat \/proc\/net\/\w+$/.test(text)) return true;
  return isPrompt(text);
}

/**
 * `$ ss -tan`, `root@pod:/# ss -s`, `[root@node ~]# ss`, `fortio-server-l2-0:/ # ss -naoep`: at most
 * two words, the sign of a prompt, and a command or nothing. `>` and `%` want the command, and no
 * minus before them, for `<->` is no prompt.
 */
function isPrompt(text: string): boolean {
  return PROMPT.test(text);
}

const PROMPT =
  /^(?:\[[^\]]{1,80}\]|\S{0,80}(?: \S{1,40})??) ?(?:[#$](?:\s+[\w./(-]|$)|(?<!-)[%>]\s+[a-z./])/;
