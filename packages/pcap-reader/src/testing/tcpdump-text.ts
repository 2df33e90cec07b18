/** What a line of tcpdump says, in the fields of a record. */
export interface TcpdumpLine {
  readonly n: number;
  /** Whole seconds. */
  readonly at: number;
  readonly nanoseconds: number;
  readonly [field: string]: unknown;
}

const START = /^ *(\d+) {2}(\d+)\.(\d{9}) (?:ifindex \d+ |\S+ +)?(?:(In|Out|B|M|P) +)?/;
const ENDS = /(\S+)\.(\d+) > (\S+)\.(\d+): Flags \[([^\]]*)\]/;

/**
 * Reads the TCP packets in the text of `tcpdump -n -S -v -tt -# --nano`, as far as a few patterns can: a
 * witness independent of the reader, for lines of the plain kind. Lines inside tunnels are left out.
 */
export function readTcpdumpText(text: string): TcpdumpLine[] {
  const packets = text.replaceAll(/\n(?! *\d+ {2}\d)/g, ' ').split('\n');
  return packets.flatMap((packet) => {
    const ends = ENDS.exec(packet);
    const isPlain =
      packet.split(' > ').length === 2 && !packet.includes('[|') && !/\bAH\(/.test(packet);
    return ends === null || !isPlain ? [] : [readPacket(packet, ends)];
  });
}

function readPacket(packet: string, ends: RegExpExecArray): TcpdumpLine {
  const start = START.exec(packet) as RegExpExecArray;
  const [, src = '', sport, dst = '', dport, flags = ''] = ends;
  const numberAfter = (pattern: RegExp): number | undefined => {
    const found = pattern.exec(packet)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const numbers = {
    tos: numberAfter(/\((?:tos|class) (0x[0-9a-f]+)/),
    ttl: numberAfter(/(?:ttl|hlim) (\d+)/),
    ipId: numberAfter(/, id (\d+), offset/),
    ipLength: numberAfter(/(?:proto TCP \(6\), length|payload length:) (\d+)/),
    seq: numberAfter(/, seq (\d+)/),
    ack: numberAfter(/, ack (\d+)/),
    win: numberAfter(/, win (\d+)/),
    urg: numberAfter(/, urg (\d+)/),
    len: numberAfter(/(?:\]|win \d+|urg \d+), length (\d+)/),
  };
  const said = Object.entries(numbers).filter(([, value]) => value !== undefined);
  const options = optionsOf(packet);
  return {
    n: Number(start[1]),
    at: Number(start[2]),
    nanoseconds: Number(start[3]),
    ...(start[4] === undefined ? {} : { direction: start[4] }),
    src,
    sport: Number(sport),
    dst,
    dport: Number(dport),
    ...Object.fromEntries(said),
    ...(/flags \[/.test(packet) && { df: /, flags \[[^\]]*DF/.test(packet) }),
    ...checksumOf(packet),
    ...(options !== null && { options }),
    // tcpdump has no letter for the ninth flag.
    flags: expectFlags(flags),
  };
}

/** The letters in the order of a record; `.` is ACK. */
function expectFlags(flags: string): string {
  if (flags === 'none') return '';
  return [...'FSRPAUEW'].filter((flag) => flags.replace('.', 'A').includes(flag)).join('');
}

function checksumOf(packet: string): object {
  const found =
    /Flags \[[^\]]*\], cksum (0x[0-9a-f]+) \((correct|incorrect -> (0x[0-9a-f]+))\)/.exec(packet);
  if (found === null) return {};
  const value = Number(found[1]);
  const isCorrect = found[2] === 'correct';
  return {
    checksum: isCorrect
      ? { value, correct: true }
      : { value, correct: false, expected: Number(found[3]) },
  };
}

/** The common options. */
function optionsOf(packet: string): object | null {
  const list = /, options \[([^\]]*)\], length/.exec(packet)?.[1];
  if (list === undefined) return null;
  const stamps = /TS val (\d+) ecr (\d+)/.exec(list);
  const blocks = [...list.matchAll(/\{(\d+):(\d+)\}/g)];
  const mss = /mss (\d+)(?!\[|\d)/.exec(list);
  const scale = /wscale (\d+)/.exec(list);
  return {
    ...(mss !== null && { mss: Number(mss[1]) }),
    ...(/sackOK/.test(list) && { sackOK: true }),
    ...(scale !== null && { wscale: Number(scale[1]) }),
    ...(stamps !== null && { ts: [Number(stamps[1]), Number(stamps[2])] }),
    ...(blocks.length > 0 && { sack: blocks.map((b) => [Number(b[1]), Number(b[2])]) }),
  };
}
