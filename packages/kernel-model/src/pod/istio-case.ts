import { addSerial } from '@tuplescope/net';
import type { Packet } from '../packet.ts';
import type { Profile } from '../profile.ts';
import { istioOutbound } from './istio-outbound.ts';
import type { ConnectOptions, PodOptions } from './pod.ts';

/** The two cases of istio #43301. */
export type IstioCaseNumber = 1 | 2;

/** A case as data: the pod before the connect, and the connect. */
export interface IstioCase {
  readonly pod: PodOptions;
  readonly connect: ConnectOptions;
}

const CLIENT = { address: '172.29.73.7', port: 44_410 };
const SERVICE = { address: '172.21.206.198', port: 7777 };
const PROXY = { address: '127.0.0.1', port: 15_001 };

/** Initial numbers of the old connection and of the new one, from the report. */
const NUMBERS = {
  1: { old: 1_382_665_634, isn: 66_001_914 },
  2: { old: 2_082_340_709, isn: 3_587_723_838 },
} as const;

/** The report does not tell the proxy's number; any will do. */
const PROXY_ISN = 2_639_327_785;

/** Bytes that the application had sent. */
const SENT = 4;

/** Seconds from the proxy's FIN to the new connect: more than CLOSE_WAIT has by default. */
const AGE = 600;

/**
 * Gives a case of istio #43301: a sidecar that half-closed a connection ten minutes ago, of which its
 * socket is left in FIN-WAIT-2 and the entry has expired; then a connect from the same port.
 *
 * In case 1 the RST's number lies ahead of the SYN's on the circle, in case 2 behind it.
 *
 * @example
 * const { pod, connect } = istioCase(1, '5.19.0');
 * createPod(pod).connect(connect).outcome // 'timed-out'
 */
export function istioCase(number: IstioCaseNumber, profile: Profile | string): IstioCase {
  const { old, isn } = NUMBERS[number];
  const istio = istioOutbound();
  const fin = addSerial(PROXY_ISN, 1);
  return {
    pod: {
      profile,
      addresses: [CLIENT.address],
      nat: istio.nat,
      rules: istio.rules,
      sockets: [
        ...istio.sockets,
        {
          state: 'FIN-WAIT-2',
          uid: 1337,
          local: PROXY,
          peer: CLIENT,
          sndNxt: addSerial(fin, 1),
          rcvNxt: addSerial(old, 1 + SENT),
        },
      ],
      history: oldConnection(old),
      at: 0,
    },
    connect: { sport: CLIENT.port, to: SERVICE, isn },
  };
}

/** The old connection as conntrack saw it: handshake, data, the proxy's FIN and its ACK. */
function oldConnection(isn: number): Packet[] {
  const out = {
    src: CLIENT.address,
    sport: CLIENT.port,
    dst: SERVICE.address,
    dport: SERVICE.port,
  };
  const back = { src: PROXY.address, sport: PROXY.port, dst: CLIENT.address, dport: CLIENT.port };
  const at = -AGE;
  const sent = { ...out, hook: 'output' as const, win: 490 };
  const got = { ...back, hook: 'output' as const, win: 512 };
  const begun = addSerial(isn, 1);
  const all = addSerial(begun, SENT);
  const fin = addSerial(PROXY_ISN, 1);
  const closed = addSerial(fin, 1);
  const options = { mss: 8960, sackOK: true as const, wscale: 7 };
  return [
    { at, ...sent, flags: 'S', seq: isn, win: 62_720, options },
    { at, ...got, flags: 'SA', seq: PROXY_ISN, ack: begun, win: 65_483, options },
    { at, ...sent, flags: 'A', seq: begun, ack: fin },
    { at, ...sent, flags: 'PA', seq: begun, ack: fin, len: SENT },
    { at, ...got, flags: 'A', seq: fin, ack: all },
    { at, ...got, flags: 'FA', seq: fin, ack: all },
    { at, ...sent, flags: 'A', seq: all, ack: closed },
  ];
}
