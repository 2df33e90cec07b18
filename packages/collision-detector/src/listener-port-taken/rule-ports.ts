import { capturesOf, type Incident, placeOf } from '@tuplescope/incident';
import type { Evidence } from '../finding.ts';

/** A port to whose listener, or in whose name, rules send traffic. */
export interface RulePort {
  readonly port: number;
  readonly evidence: Evidence;
}

/** kube-proxy's chains of NodePorts, and the chains of the portmap plugin. */
const OF_THE_NODE = /NODEPORT|HOSTPORT/i;

/** An element of kube-proxy's nft map: `tcp . 31234 : goto service-…`. */
const NFT_NODE_PORT = /^tcp \. (\d{1,5})\b/;

/**
 * Finds the ports that rules give to listeners of this host: those that intercept traffic, NodePorts
 * and hostPorts, and whatever else is redirected that is meant for a local address.
 */
export function rulePorts(incident: Incident): RulePort[] {
  return [...interceptionPorts(incident), ...nodePorts(incident)];
}

function interceptionPorts({ interception }: Incident): RulePort[] {
  return interception.flatMap(({ port, place }) =>
    place === null
      ? []
      : [
          {
            port,
            evidence: { ...place, packet: null, says: `This rule sends traffic to port ${port}.` },
          },
        ],
  );
}

function nodePorts({ captures }: Incident): RulePort[] {
  return capturesOf(captures, 'ruleset').flatMap((capture) => {
    const { table } = capture.content;
    const found: RulePort[] = [];
    const add = (text: string, source: Parameters<typeof placeOf>[1]): void => {
      const port = Number(text);
      if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) return;
      const says = `This rule takes what comes for port ${port} of this host.`;
      found.push({ port, evidence: { ...placeOf(capture, source), packet: null, says } });
    };
    for (const { chain, match, target, source } of table) {
      const isLocal = match['dst-type'] === 'LOCAL' || OF_THE_NODE.test(chain);
      const isTcp = match.protocol === undefined || match.protocol === 'tcp';
      if (!isLocal || !isTcp || target === null || target === 'RETURN') continue;
      for (const text of [match.dport ?? []].flat().flatMap((list) => list.split(','))) {
        add(text, source);
      }
    }
    for (const { name, elements, source } of table.sets) {
      if (!OF_THE_NODE.test(name)) continue;
      for (const element of elements) add(NFT_NODE_PORT.exec(element)?.[1] ?? '', source);
    }
    return found;
  });
}
