import type { PacketSegment } from '@tuplescope/incident';
import type {
  ConnectOptions,
  PodSocketInput,
  SocketState,
  SocketTimestamps,
} from '@tuplescope/kernel-model';
import type { ConnectFacts } from './connect-facts.ts';
import type { StalePort } from './stale-port.ts';
import { secondsBetween, timeOf } from './times.ts';

const STATES: readonly (SocketState | 'ESTAB')[] = [
  'ESTAB',
  'SYN-RECV',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
];

/** The proxy's old socket, but for its numbers; times count from the connect. */
export function oldSocketInput(
  { client, local, state, uid }: StalePort,
  facts: ConnectFacts,
): PodSocketInput {
  const { challenge, old } = facts;
  const scale = windowScale(old?.synAck) ?? windowScale(facts.syn);
  return {
    state: STATES.find((one) => one === state) ?? 'FIN-WAIT-2',
    owner: 'proxy',
    local,
    peer: client,
    timestamps: oldTimestamps(facts),
    ...(uid === null ? {} : { uid }),
    ...(scale === undefined ? {} : { rcvScale: scale }),
    ...(challenge?.win === undefined ? {} : { rcvWindow: challenge.win << (scale ?? 0) }),
    ...(challenge?.ipId === undefined ? {} : { nextIpId: challenge.ipId }),
  };
}

/** What the connecting socket puts into its SYN, as the captured SYN has it. */
export function connectSocket(facts: ConnectFacts): NonNullable<ConnectOptions['socket']> {
  const { syn } = facts;
  if (syn === null) return { timestamps: null };
  const { win, ipId, options } = syn;
  const stamp = options?.ts?.[0];
  const scale = windowScale(syn);
  return {
    timestamps: stamp === undefined || oldTimestamps(facts) === null ? null : { offset: stamp },
    ...(win === undefined ? {} : { rcvWindow: win }),
    ...(scale === undefined ? {} : { rcvScale: scale }),
    ...(options?.mss === undefined ? {} : { mss: options.mss }),
    ...(ipId === undefined ? {} : { nextIpId: ipId }),
    sackOK: options?.sackOK === true,
  };
}

/** The shift count of a SYN; one over 14 counts as 14 (RFC 7323 section 2.3). */
function windowScale(syn: PacketSegment | null | undefined): number | undefined {
  const shift = syn?.options?.wscale;
  return shift === undefined ? undefined : Math.min(shift, 14);
}

/** The old socket's clock and the newest value it has from its peer; null where they are not captured. */
function oldTimestamps({ syn, challenge, old, at }: ConnectFacts): SocketTimestamps | null {
  const answered = challenge ?? old?.proxyStamp ?? null;
  const [value, echo] = answered?.options?.ts ?? [];
  const time = answered === null ? null : timeOf(answered);
  if (syn?.options?.ts === undefined || value === undefined) return null;
  if (time === null || at === null) return null;
  const heard = old?.clientStamp == null ? null : timeOf(old.clientStamp);
  return {
    offset: (value - Math.round(secondsBetween(at, time) * 1000)) >>> 0,
    recent: echo ?? 0,
    recentAt: heard === null ? -1 : secondsBetween(at, heard),
  };
}
