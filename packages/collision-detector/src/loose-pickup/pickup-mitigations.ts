import type { Incident } from '@tuplescope/incident';
import type { Mitigation } from '../finding.ts';
import { podCommand } from '../pod-command.ts';
import type { TakenUp } from './loose-pickup.ts';

const LOOSE = 'net.netfilter.nf_conntrack_tcp_loose';

/** States of an entry whose timeout can be raised, with the seconds to try. */
const TIMEOUTS: Readonly<Record<string, readonly [name: string, seconds: number]>> = {
  CLOSE_WAIT: ['close_wait', 3600],
  ESTABLISHED: ['established', 432_000],
  FIN_WAIT: ['fin_wait', 3600],
};

/** What keeps a connection's entry while it lives, and what keeps its late packets from the proxy. */
export function preventPickup(incident: Incident, taken: TakenUp): Mitigation[] {
  return [keepEntry(incident, taken), beStrict(incident, taken)];
}

function keepEntry(incident: Incident, { earlier }: TakenUp): Mitigation {
  const known = TIMEOUTS[earlier?.state ?? ''];
  const [name, seconds] = known ?? ['close_wait', 3600];
  const key = `net.netfilter.nf_conntrack_tcp_timeout_${name}`;
  const value = incident.sysctl(key);
  const deletedWith = earlier?.deletedWith ?? null;
  const now = value === null ? '' : `It is ${value} s now. `;
  const guess =
    known === undefined ? 'In which state the entry expired is not shown; this is the usual. ' : '';
  return {
    action: 'Keep the entry as long as the connection lives',
    command: podCommand(incident)(`sysctl -w ${key}=${seconds}`),
    works: deletedWith === null,
    verifiedBy: 'source',
    why:
      deletedWith === null
        ? `${now}${guess}While the entry lives, a late packet belongs to it and goes to its socket.`
        : `The entry had ${deletedWith} s left when it was deleted: find what deletes entries (conntrack -D or -F, a controller, a full table).`,
    sideEffects: 'Entries stay longer: the table grows.',
  };
}

function beStrict(incident: Incident, { isFromServer }: TakenUp): Mitigation {
  const isStrict = incident.sysctl(LOOSE) === '0';
  return {
    action: 'Make no entries in the middle of connections',
    command: podCommand(incident)(`sysctl -w ${LOOSE}=0`),
    works: !isStrict && isFromServer,
    verifiedBy: 'source',
    why: isStrict
      ? 'It is 0 already: this entry is older.'
      : isFromServer
        ? 'A late packet is then INVALID: no rule of the nat table sees it, and it reaches its socket untranslated, which is right for a connection that was not translated.'
        : 'A late packet is then INVALID and is not translated, but this connection needs its translation.',
    sideEffects:
      'Connections that are open when conntrack starts, or whose entries were flushed, are not taken up: translated ones break, and a rule that drops INVALID drops them all.',
  };
}
