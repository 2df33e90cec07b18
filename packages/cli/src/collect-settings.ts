import { readNumber } from './read-number.ts';
import { UsageError } from './usage-error.ts';

/** The options of `collect`, as commander hands them over. */
export interface CollectOptions {
  readonly namespace?: string;
  readonly pid?: string;
  readonly kubectl?: boolean;
  readonly run?: boolean;
  readonly seconds: string;
  readonly snaplen?: string;
  readonly redact?: boolean;
  readonly output?: string;
  readonly quiet?: boolean;
}

/** What a script is to gather, and where to; each value checked. */
export interface CollectSettings {
  /** The pod's name, or null where a process is named. */
  readonly pod: string | null;
  /** The pod's namespace, or null where any will do. */
  readonly namespace: string | null;
  /** A process in the pod's network namespace, or null where the pod is named. */
  readonly pid: number | null;
  /** Seconds to capture; 0 captures nothing. */
  readonly seconds: number;
  /** Bytes to keep of each packet, or null for its headers and nothing behind them. */
  readonly snaplen: number | null;
  readonly redact: boolean;
  readonly quiet: boolean;
  /** The archive; `-` is standard output, null a name made of pod and time. */
  readonly output: string | null;
}

/** The largest number that Linux gives a process. */
const MAX_PID = 2 ** 22;

/** Reads the pod's name and the options of `collect`, or throws a usage error. */
export function readCollectSettings(
  pod: string | undefined,
  options: CollectOptions,
): CollectSettings {
  const { namespace, pid, kubectl = false, snaplen, redact = false, output } = options;
  if ((pod === undefined) === (pid === undefined)) {
    throw new UsageError('collect takes the name of a pod, or --pid: one of the two');
  }
  if (pid !== undefined && (kubectl || namespace !== undefined)) {
    throw new UsageError(`${kubectl ? '--kubectl' : '--namespace'} takes the name of a pod`);
  }
  if (redact && snaplen !== undefined) {
    throw new UsageError('--redact keeps only the headers of packets: leave --snaplen out');
  }
  if (output === '') throw new UsageError('--output takes the name of a file');
  return {
    pod: pod === undefined ? null : readPodName(pod),
    namespace: namespace === undefined ? null : readNamespace(namespace),
    pid: pid === undefined ? null : readWhole('--pid', pid, 1, MAX_PID),
    seconds: readWhole('--seconds', options.seconds, 0, 3600),
    snaplen: snaplen === undefined ? null : readWhole('--snaplen', snaplen, 64, 262_144),
    redact,
    quiet: options.quiet ?? false,
    output: output ?? null,
  };
}

/** RFC 1123, as Kubernetes reads it: lower case, and no limit on what stands between two points. */
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

function readPodName(name: string): string {
  if (name.length <= 253 && SUBDOMAIN.test(name)) return name;
  throw new UsageError(
    `expected the name of a pod (a-z, 0-9, - and ., as in web-0), found ${JSON.stringify(name)}`,
  );
}

function readNamespace(name: string): string {
  if (name.length <= 63 && LABEL.test(name)) return name;
  throw new UsageError(
    `--namespace takes a name (a-z, 0-9 and -, as in default), not ${JSON.stringify(name)}`,
  );
}

function readWhole(option: string, text: string, least: number, most: number): number {
  const value = readNumber(option, text, least, most);
  if (Number.isInteger(value)) return value;
  throw new UsageError(`${option} takes a whole number, not "${text}"`);
}
