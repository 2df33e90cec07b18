import type { Incident } from '@tuplescope/incident';
import type { DetectionContext } from '../detector.ts';
import type { Mitigation } from '../finding.ts';
import { podCommand } from '../pod-command.ts';
import type { StrayReset } from './stray-reset.ts';

/** What keeps an untranslated segment from being answered: it is dropped, or it is not INVALID. */
export function keepInvalidOut(
  incident: Incident,
  context: DetectionContext | null,
  stray: StrayReset | null,
): Mitigation[] {
  const isOfNode = stray?.basis === 'addresses';
  return [dropInvalid(incident, context, isOfNode), beLiberal(incident, stray, isOfNode)];
}

function dropInvalid(
  incident: Incident,
  context: DetectionContext | null,
  isOfNode: boolean,
): Mitigation {
  const rule = incident.dropRules.find(
    ({ hooks, catches }) =>
      catches.invalid && !catches.valid && hooks.some((hook) => /prerouting|input/.test(hook)),
  );
  const command = '-p tcp -m conntrack --ctstate INVALID -j DROP';
  const leaks = (context?.staleSockets.length ?? 0) > 0;
  return {
    action: isOfNode ? 'Drop INVALID packets on the node' : 'Drop INVALID packets that come in',
    command: isOfNode
      ? `iptables -t mangle -A FORWARD ${command}`
      : podCommand(incident)(`iptables -t mangle -A PREROUTING ${command}`),
    works: rule === undefined,
    verifiedBy: 'source',
    why:
      rule === undefined
        ? `The segment then meets nothing that could answer it, and its sender sends it again. ${isOfNode ? 'kube-proxy does so from 1.15 on.' : 'Istio does so on request; the name of the setting has varied (istio#36566).'}`
        : `\`${rule.rule.raw}\` does so already: it is younger than these packets, or does not match them.`,
    sideEffects: `It holds back the late FIN of a connection whose entry has expired, too: the application stays in LAST-ACK and half-closed sockets of the proxy leak${leaks ? ', which this pod has' : ''}.`,
  };
}

function beLiberal(incident: Incident, stray: StrayReset | null, isOfNode: boolean): Mitigation {
  const key = 'net.netfilter.nf_conntrack_tcp_be_liberal';
  const isOn = !isOfNode && incident.sysctl(key) === '1';
  const command = `sysctl -w ${key}=1`;
  return {
    action: 'Let conntrack accept segments outside its window',
    command: isOfNode ? command : podCommand(incident)(command),
    works: !isOn,
    verifiedBy: 'source',
    why: isOn
      ? 'It is 1 already: this segment is INVALID for another reason.'
      : `The segment is then translated and reaches its own socket, which knows what to do with it.${stray?.why === 'unknown' || stray === null ? ' That it lies outside the window is not shown.' : ''}`,
    sideEffects: `Window checking is off ${isOfNode ? 'on the node' : 'in this namespace'}: out-of-window segments are no longer INVALID.`,
  };
}
