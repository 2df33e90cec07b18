import { behaviourOf } from '../behaviour-of.ts';
import { overrideSysctls } from '../check-sysctls.ts';
import { createTracker } from '../create-tracker.ts';
import { findProfile } from '../find-profile.ts';
import { createSocket } from '../tcp/create-socket.ts';
import { TrackerError } from '../tracker-error.ts';
import { addEntry } from './add-entry.ts';
import { close } from './close.ts';
import { connect } from './connect.ts';
import { createHooks } from './hooks.ts';
import { createHost, type HeldSocket, type Host } from './host.ts';
import { createNetwork } from './network.ts';
import { checkRules } from './packet-rule.ts';
import type { Pod, PodOptions, PodSocketInput } from './pod.ts';
import { isAddress, readEndpoint } from './read-endpoint.ts';

/**
 * Makes a pod: a network namespace with the conntrack, the NAT rules and the sockets of one kernel.
 * The same pod with the same connects does the same twice.
 *
 * @throws {TrackerError} `unknown-profile`, `bad-sysctl`, `bad-nat-rule`, `bad-socket` or `bad-pod`.
 * @example
 * const pod = createPod({ profile: '5.19.0', addresses: ['10.0.0.1'], ...istioOutbound() });
 * pod.connect({ sport: 44410, to: '10.0.0.2:80' }).outcome // 'connected'
 */
export function createPod(options: PodOptions): Pod {
  const profile = findProfile(options.profile);
  const sysctls = overrideSysctls(profile.sysctls, options.sysctls);
  const behaviour = behaviourOf(profile);
  const seed = options.seed ?? 0;
  const tracker = createTracker({ profile, sysctls, nat: options.nat ?? [], seed });
  const rules = options.rules ?? [];
  checkRules(rules, tracker.addresses);
  checkAddresses(options.addresses);
  const pod = createHost(behaviour.socket, sysctls, seed);
  const peers = createHost(behaviour.socket, sysctls, seed + 1);
  for (const [i, socket] of (options.sockets ?? []).entries()) {
    add(pod, socket, 'proxy', `sockets[${i}]`);
  }
  for (const [i, socket] of (options.peers ?? []).entries()) {
    add(peers, socket, 'peer', `peers[${i}]`);
  }
  const { addresses } = options;
  const hooks = createHooks(rules, options.tproxy ?? [], behaviour.log.devices, tracker.addresses);
  const network = createNetwork({ tracker, hooks, addresses, pod, peers });
  let now = checkSeconds(options.at ?? 0, 'at');
  for (const packet of options.history ?? []) tracker.track(packet);
  for (const [i, entry] of (options.entries ?? []).entries()) {
    addEntry(
      { tracker, nat: options.nat ?? [], sockets: pod.sockets, now },
      entry,
      `entries[${i}]`,
    );
  }
  return {
    profile,
    sysctls,
    get now() {
      return now;
    },
    get sockets() {
      return pod.sockets.map(({ socket, owner, uid }) => ({ ...socket, owner, uid }));
    },
    get entries() {
      return tracker.entries(now);
    },
    connect(request) {
      const { run, end } = connect({ pod, network, hooks, sysctls, addresses, now }, request);
      now = end;
      return run;
    },
    close(request) {
      const { run, end } = close({ pod, network, hooks, now }, request);
      now = end;
      return run;
    },
    wait(seconds) {
      if (!(seconds >= 0)) {
        throw new TrackerError('bad-pod', 'seconds', seconds, 'a number of seconds, 0 or more');
      }
      now += seconds;
    },
  };
}

function checkSeconds(seconds: number, field: string): number {
  if (Number.isFinite(seconds)) return seconds;
  throw new TrackerError('bad-pod', field, seconds, 'a number of seconds');
}

function checkAddresses(addresses: readonly string[]): void {
  for (const [i, address] of addresses.entries()) {
    if (isAddress(address)) continue;
    throw new TrackerError('bad-pod', `addresses[${i}]`, address, 'an IPv4 or IPv6 address');
  }
}

function add(host: Host, input: PodSocketInput, owner: HeldSocket['owner'], field: string): void {
  const { owner: given, uid, state, local, peer, ...rest } = input;
  const isListener = state === 'LISTEN';
  const socket = createSocket({
    ...rest,
    state: state === 'ESTAB' ? 'ESTABLISHED' : state,
    local: readEndpoint(local, `${field}.local`, isListener),
    ...(peer === undefined || isListener ? {} : { peer: readEndpoint(peer, `${field}.peer`) }),
  });
  if (socket.state !== 'LISTEN' && socket.peer.port === 0) {
    throw new TrackerError(
      'bad-pod',
      `${field}.peer`,
      peer,
      `a peer, for a socket in ${socket.state}`,
    );
  }
  host.add({ socket, owner: given ?? owner, uid: uid ?? null });
}
