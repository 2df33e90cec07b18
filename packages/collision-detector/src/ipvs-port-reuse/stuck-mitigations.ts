import type { Incident } from '@tuplescope/incident';
import { formatEndpoint } from '@tuplescope/net';
import type { Mitigation } from '../finding.ts';
import { podCommand } from '../pod-command.ts';
import type { StuckGroup } from './ipvs-port-reuse.ts';

/** What makes IPVS choose anew for a port that comes again. */
export function releasePorts(group: StuckGroup, incident: Incident): Mitigation[] {
  const onNode = podCommand(incident);
  const { mode, members } = group;
  const [first] = members;
  const kernel: Mitigation = {
    action: 'Run a kernel from 5.9 on with conn_reuse_mode=1',
    command: '',
    works: mode.isOldKernel !== false || mode.value === 0,
    verifiedBy: 'source',
    why: 'It chooses a server anew for a port that comes again, and drops no SYN for it.',
    sideEffects: 'A kernel update.',
  };
  if (first.kind === 'delayed') {
    return [
      kernel,
      {
        action: 'Set conn_reuse_mode to 0',
        command: onNode('sysctl -w net.ipv4.vs.conn_reuse_mode=0'),
        works: true,
        verifiedBy: 'source',
        why: 'Then no SYN is dropped: the connection goes where the last one of its port went.',
        sideEffects:
          'It goes there even if that server is drained or gone: clients that use few ports get stuck to it.',
      },
    ];
  }
  const server = first.server === null ? '' : formatEndpoint(first.server);
  const service = formatEndpoint({ address: first.client.dst, port: first.client.dport });
  return [
    {
      action: 'Set conn_reuse_mode to 1',
      command: onNode('sysctl -w net.ipv4.vs.conn_reuse_mode=1'),
      works: mode.value !== 1,
      verifiedBy: 'source',
      why: 'A port that comes again gets a server that is there.',
      sideEffects:
        mode.isOldKernel === false
          ? 'None on this kernel.'
          : 'Before 5.9, where vs.conntrack is 1, such a connect loses its first SYN: a delay of 1 s.',
    },
    {
      action:
        'Take the drained server out, and let IPVS forget connections to servers that are gone',
      command: onNode(
        `sh -c "sysctl -w net.ipv4.vs.expire_nodest_conn=1; ipvsadm -d -t ${service} -r ${server}"`,
      ),
      works: true,
      verifiedBy: 'source',
      why: 'With weight 0 the server counts as there. Once it is taken out, the next packet makes IPVS forget the connection.',
      sideEffects: 'Connections that the server still serves are cut off.',
    },
    ...(mode.isOldKernel === true ? [kernel] : []),
  ];
}
