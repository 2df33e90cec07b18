import { type FieldRule, fixed, type Meaning, oneOf } from './field-rule.ts';
import { SOCKET_STATES } from './socket-states.ts';

const TIMERS: Readonly<Record<string, string>> = {
  on: 'The retransmission timer: it fires in {0}. It has fired {1} times so far, so what was sent last is not acknowledged.',
  keepalive: 'The keep-alive timer: it fires in {0}; {1} probes are unanswered.',
  timewait: 'The socket is closed; its port is free in {0}.',
  persist: "The peer's window is closed: it is probed in {0}. {1} probes were sent.",
  unknown: 'A timer that ss does not know fires in {0}; it has fired {1} times.',
};

/** The fields of `ss`, in the order in which they are tried. */
export const SS_FIELDS: readonly FieldRule[] = [
  {
    pattern: /timer:\((\w+),([\w.]*),(\d+)\)/g,
    explain: ([, name = '', time = '', count = '']) => timerMeaning(name, time, count),
  },
  {
    pattern: /\("([^"]*)",pid=(\d+),fd=(\d+)\)/g,
    explain: ([, name = '', pid = '', fd = '']) => ({
      text: 'Held by the process {0}, number {1} in the namespace that was listed, as its file descriptor {2}.',
      values: [name, pid, fd],
    }),
  },
  {
    pattern: /\bino:(\d+)/g,
    explain: ([, inode]) => ({
      text:
        inode === '0'
          ? 'Inode 0: no process holds this socket any more; the kernel finishes it alone.'
          : 'The inode of the socket: /proc/PID/fd shows it as socket:[{0}].',
      values: [inode ?? ''],
    }),
  },
  fixed(
    /\buid:\d+/g,
    'The user that owns the socket. Istio does not redirect what user 1337 sends.',
  ),
  fixed(
    /\bsk:\w+/g,
    'The kernel’s cookie of this socket: the same in every listing while it lives.',
  ),
  fixed(/(?<=\s|^)<->(?=\s|$)/g, 'Open in both directions.'),
  fixed(
    /(?<=\s|^)-->(?=\s|$)/g,
    'No more is read: the FIN of the peer has come. It may still send.',
  ),
  fixed(
    /(?<=\s|^)<--(?=\s|$)/g,
    'No more is sent: this side has shut down. It still waits for the FIN of the peer.',
  ),
  fixed(/(?<=\s)---(?=\s|$)/g, 'Shut down in both directions.'),
  oneOf(SOCKET_STATES),
];

/**
 * Before iproute2 6.11 `ss` prints the seconds with a fraction and calls them `ms`: `1.684ms` is
 * 1.684 seconds.
 */
function timerMeaning(name: string, time: string, count: string): Meaning | null {
  const text = TIMERS[name];
  if (text === undefined) return null;
  const seconds = /^([\d.]*\.\d+)m?s(?:ec)?$/.exec(time)?.[1];
  const left = time === '' ? '0 s' : seconds === undefined ? time : `${seconds} s`;
  return { text, values: [left, count] };
}
