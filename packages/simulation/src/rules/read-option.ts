import type { Ctstate } from '@tuplescope/kernel-model';
import type { PacketBox } from './packet-box.ts';
import { readPrefix } from './prefix.ts';
import { readTcpFlags } from './read-tcp-flags.ts';
import type { Condition } from './region.ts';
import type { RulePlace } from './rule-place.ts';

/** The packets that an option of a rule fits; `unknown` is what the model knows nothing of. */
export type Fitting = Condition | 'all' | 'none' | 'unknown';

const STATES: readonly Ctstate[] = ['NEW', 'ESTABLISHED', 'RELATED', 'INVALID', 'UNTRACKED'];

/** The main device of a pod is called eth0 in the model, whatever its name. */
const DEVICES: Readonly<Record<string, string>> = { lo: 'lo', eth0: 'eth0', 'eth+': 'eth0' };

/**
 * Reads one option of a rule, without its `!`.
 *
 * @example
 * readOption('dport', '53,1000-2000', place)
 * // { boxes: [{ dport: 53 }, { dport: [1000, 2000] }], except: [] }
 */
export function readOption(key: string, value: string, place: RulePlace): Fitting {
  switch (key) {
    case 'comment':
      return 'all';
    case 'protocol':
      return value.split(',').some((name) => name === 'tcp' || name === 'all') ? 'all' : 'none';
    case 'src':
    case 'dst':
      return readEach(value, (text) => readPrefix(text)?.text, key);
    case 'sport':
    case 'dport':
      return readEach(value, readPorts, key);
    case 'port':
      return either(readOption('sport', value, place), readOption('dport', value, place));
    case 'in':
    case 'out':
      return readDevice(key, value, place);
    case 'uid':
    case 'gid':
      // What owns a packet is known by its user alone; a proxy's group has the same number.
      return place.hook === 'output' ? readEach(value, readUser, 'owner') : 'none';
    case 'ctstate':
      return readStates(value.split(','), place);
    case 'tcp-flags':
      return readTcpFlags(value, place.isNat);
    case 'src-type':
    case 'dst-type':
      if (value !== 'LOCAL') return 'unknown';
      return fitting(
        ['127.0.0.0/8', '::1', ...place.addresses].map((address) => ({
          [key.slice(0, 3)]: address,
        })),
      );
    case 'mark':
      return place.setsMarks ? 'unknown' : isMarked(value);
    default:
      return 'unknown';
  }
}

function fitting(boxes: readonly PacketBox[]): Condition {
  return { boxes, except: [] };
}

/** Reads a list; one value that cannot be read makes all of it unknown. */
function readEach<Value>(
  list: string,
  read: (text: string) => Value | undefined,
  key: keyof PacketBox,
): Fitting {
  const values = list.split(',').map(read);
  return values.includes(undefined)
    ? 'unknown'
    : fitting(values.map((value) => ({ [key]: value })));
}

function readPorts(text: string): PacketBox['dport'] {
  const [, low, high = low] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const [first, last] = [Number(low), Number(high)];
  if (!(first <= last && last <= 65_535)) return undefined;
  return first === last ? first : [first, last];
}

function readUser(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function either(a: Fitting, b: Fitting): Fitting {
  if (typeof a === 'string') return a;
  return typeof b === 'string' ? b : fitting([...a.boxes, ...b.boxes]);
}

/** A packet has a device to come in by before it is routed, and one to leave by after. */
function readDevice(key: 'in' | 'out', value: string, { hook }: RulePlace): Fitting {
  const isLeaving = hook === 'output' || hook === 'postrouting';
  if ((key === 'out') !== isLeaving) return 'none';
  const device = DEVICES[value];
  if (value === '+') return 'all';
  return device === undefined ? 'unknown' : fitting([{ interface: device }]);
}

function readStates(names: readonly string[], { isNat }: RulePlace): Fitting {
  if (!names.every((name) => (STATES as readonly string[]).includes(name))) return 'unknown';
  if (isNat) return names.includes('NEW') ? 'all' : 'none';
  return fitting([{ ctstate: names as readonly Ctstate[] }]);
}

/** No packet is marked where no rule marks any: `0x539/0xfff` fits none, `0x0/0x4000` all. */
function isMarked(value: string): Fitting {
  const mark = Number(value.split('/')[0]);
  if (!Number.isSafeInteger(mark)) return 'unknown';
  return mark === 0 ? 'all' : 'none';
}
