import { execFileSync } from 'node:child_process';
import type { PcapSegment } from '../pcap-segment.ts';

/** What is compared with tshark, by its names; an empty text is a field that is not there. */
export type TsharkFields = Readonly<Record<string, string>>;

const FIELDS = [
  'frame.number',
  'frame.time_epoch',
  'ip.src',
  'ip.dst',
  'ipv6.src',
  'ipv6.dst',
  'ip.id',
  'ip.ttl',
  'ip.len',
  'ip.dsfield',
  'ip.flags.df',
  'ipv6.hlim',
  'ipv6.plen',
  'ipv6.flow',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.seq',
  'tcp.ack',
  'tcp.flags',
  'tcp.window_size_value',
  'tcp.len',
  'tcp.urgent_pointer',
  'tcp.checksum',
  'tcp.options.mss_val',
  'tcp.options.wscale.shift',
  'tcp.options.sack_perm',
  'tcp.options.sack_le',
  'tcp.options.sack_re',
  'tcp.options.timestamp.tsval',
  'tcp.options.timestamp.tsecr',
] as const;

/** Whether a tool can be run here. */
export function isInstalled(tool: string): boolean {
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Gives what tshark says of the TCP packets of a file, all numbers as on the wire. */
export function readByTshark(path: string): TsharkFields[] {
  const preferences = [
    'tcp.relative_sequence_numbers:false',
    'ip.defragment:false',
    'ipv6.defragment:false',
  ];
  const text = execFileSync(
    'tshark',
    [
      '-n',
      '-r',
      path,
      '-Y',
      'tcp',
      '-T',
      'fields',
      ...preferences.flatMap((preference) => ['-o', preference]),
      ...FIELDS.flatMap((field) => ['-e', field]),
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const values = line.split('\t');
      return Object.fromEntries(FIELDS.map((field, i) => [field, plain(field, values[i] ?? '')]));
    });
}

/** Of headers in headers the last; numbers in decimal. */
function plain(field: string, value: string): string {
  const last = field.startsWith('ip') ? (value.split(',').at(-1) ?? '') : value;
  return /^0x[0-9a-f]+$/.test(last) ? String(Number(last)) : last;
}

const FLAGS = 'FSRPAUEWe';

/** Says a segment in the words of tshark; options that tshark names and the record lacks are empty. */
export function asTshark(segment: PcapSegment): TsharkFields {
  const { options = {}, checksum } = segment;
  const isIpv6 = segment.src.includes(':');
  const flags = [...segment.flags].reduce((bits, flag) => bits | (1 << FLAGS.indexOf(flag)), 0);
  const text = (value: number | undefined): string => (value === undefined ? '' : String(value));
  const ip = (value: number | string | undefined): string => (isIpv6 ? '' : String(value));
  const ip6 = (value: number | string | undefined): string => (isIpv6 ? String(value) : '');
  return {
    'frame.number': text(segment.n),
    'frame.time_epoch': epochText(segment),
    'ip.src': ip(segment.src),
    'ip.dst': ip(segment.dst),
    'ipv6.src': ip6(segment.src),
    'ipv6.dst': ip6(segment.dst),
    'ip.id': ip(segment.ipId),
    'ip.ttl': ip(segment.ttl),
    'ip.len': ip(segment.ipLength),
    'ip.dsfield': ip(segment.tos),
    'ip.flags.df': ip(segment.df ? 1 : 0),
    'ipv6.hlim': ip6(segment.ttl),
    'ipv6.plen': ip6(segment.ipLength),
    'ipv6.flow': ip6(segment.flowLabel ?? 0),
    'tcp.srcport': text(segment.sport),
    'tcp.dstport': text(segment.dport),
    'tcp.seq': text(segment.seq),
    'tcp.ack': text(segment.ack),
    'tcp.flags': text(flags),
    'tcp.window_size_value': text(segment.win),
    'tcp.len': text(segment.len),
    'tcp.urgent_pointer': text(segment.urg),
    'tcp.checksum': text(checksum?.value),
    'tcp.options.mss_val': text(options.mss),
    'tcp.options.wscale.shift': text(options.wscale),
    'tcp.options.sack_perm': options.sackOK === true ? '04:02' : '',
    'tcp.options.sack_le': (options.sack ?? []).map(([left]) => left).join(),
    'tcp.options.sack_re': (options.sack ?? []).map(([, right]) => right).join(),
    'tcp.options.timestamp.tsval': text(options.ts?.[0]),
    'tcp.options.timestamp.tsecr': text(options.ts?.[1]),
  };
}

function epochText({ at, nanoseconds = 0 }: PcapSegment): string {
  if (at === null) return '';
  // The whole seconds are exact in `at`, the fraction is not.
  const seconds = Math.round(at - nanoseconds / 1e9);
  return `${seconds}.${String(nanoseconds).padStart(9, '0')}`;
}
