import type { Incident } from '@tuplescope/incident';
import { createPod, createTracker, type NatRule, TrackerError } from '@tuplescope/kernel-model';
import { type Endpoint, formatEndpoint } from '@tuplescope/net';
import { ofKind } from './captures.ts';
import { type TranslatedRules, translateRules } from './rules/translate-rules.ts';
import type { StalePort } from './stale-port.ts';

/** Any kernel will do where the rules alone are asked. */
const ANY_KERNEL = 'mainline-6.12';

/** User id of Istio's proxy; Linkerd's is 2102, and is found in its sockets. */
const PROXY_UID = 1337;

/**
 * Gives the rules of an incident's pod. Where what was captured does not send the connect to the proxy,
 * although a socket shows that it goes there, the usual rules of a sidecar stand in.
 *
 * @param uid the application's user id.
 */
export function sceneRules(
  incident: Incident,
  stale: StalePort,
  to: Endpoint,
  uid: number,
): TranslatedRules {
  const { client, local } = stale;
  const others = incident.podAddresses.filter((address) => address !== client.address);
  const captures = ofKind(incident.captures, 'ruleset');
  const translated = withSoundRules(
    translateRules(captures, [client.address, ...others]),
    client.address,
  );
  const reached = leadsTo(translated.nat, client, to, uid);
  if (reached === `${local.port}` || translated.tproxy.length > 0) return translated;
  const why =
    captures.length === 0
      ? 'No rules were captured'
      : `The rules that were captured lead the connect to ${reached}, not to port ${local.port}`;
  return {
    ...translated,
    nat: usualRules(local.port, stale.uid ?? PROXY_UID, uid),
    assumptions: [
      ...translated.assumptions,
      `${why}: the usual rules of a sidecar that redirect to it are taken.`,
    ],
  };
}

function usualRules(port: number, proxyUid: number, uid: number): NatRule[] {
  const ofProxy: NatRule = {
    hook: 'output',
    match: { owner: proxyUid },
    action: { kind: 'accept' },
  };
  return [
    // Where both run as one user, something else keeps the proxy's own connections apart.
    ...(proxyUid === uid ? [] : [ofProxy]),
    { hook: 'output', match: { dst: '127.0.0.0/8' }, action: { kind: 'accept' } },
    { hook: 'output', match: { dst: '::1' }, action: { kind: 'accept' } },
    { hook: 'output', action: { kind: 'redirect', port } },
  ];
}

/** Where NAT sends a connect: a port of this host, or another end in words. */
function leadsTo(nat: readonly NatRule[], client: Endpoint, to: Endpoint, owner: number): string {
  const tracker = createTracker({ profile: ANY_KERNEL, nat });
  const ends = { src: client.address, sport: client.port, dst: to.address, dport: to.port };
  const syn = { at: 0, ...ends, flags: 'S', seq: 1, win: 64_240 };
  const { after } = tracker.track({ ...syn, hook: 'output', interface: 'eth0', owner });
  if (after === null) return 'nothing';
  const { src, sport } = after.reply;
  const isRedirected = src === '127.0.0.1' || src === '::1';
  return isRedirected ? `${sport}` : formatEndpoint({ address: src, port: sport });
}

/** A rule that contradicts itself makes no pod: then those of its kind are left out. */
function withSoundRules(translated: TranslatedRules, address: string): TranslatedRules {
  const problems: string[] = [];
  const sound = <Rules>(rules: readonly Rules[], check: () => unknown): readonly Rules[] => {
    try {
      check();
      return rules;
    } catch (error) {
      if (!(error instanceof TrackerError)) throw error;
      problems.push(`The model cannot work with the rules: ${error.message}. They are left out.`);
      return [];
    }
  };
  const pod = { profile: ANY_KERNEL, addresses: [address] };
  const nat = sound(translated.nat, () => createPod({ ...pod, nat: translated.nat }));
  const rules = sound(translated.rules, () => createPod({ ...pod, rules: translated.rules }));
  return { ...translated, nat, rules, assumptions: [...translated.assumptions, ...problems] };
}
