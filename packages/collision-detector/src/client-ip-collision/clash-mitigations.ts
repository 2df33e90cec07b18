import type { Mitigation } from '../finding.ts';
import type { ClashGroup } from './client-ip-collision.ts';

/** What keeps a load balancer from making connections alike. */
export function avoidClash({ members: [{ kind }] }: ClashGroup): Mitigation[] {
  const shared: Mitigation[] = [
    {
      action: "Let the load balancer use its own address instead of the client's",
      command: '',
      works: true,
      verifiedBy: 'source',
      why: 'preserve_client_ip.enabled=false of an AWS target group, or SNAT: each connection then has an address and a port that nobody else has.',
      sideEffects: "Servers no longer see the client's address.",
    },
    {
      action: "Send the client's address with the PROXY protocol",
      command: '',
      works: true,
      verifiedBy: 'source',
      why: "The load balancer then uses its own address, and the client's is in the first bytes of the connection.",
      sideEffects: 'Every server behind it has to read that header, all at the same moment.',
    },
  ];
  if (kind !== 'hairpin') return shared;
  return [
    {
      action: 'Reach the service without the load balancer from inside',
      command: '',
      works: true,
      verifiedBy: 'source',
      why: "The service's own name or address inside the cluster does not leave the node and come back.",
      sideEffects: 'Clients inside and outside use two names.',
    },
    ...shared,
  ];
}
