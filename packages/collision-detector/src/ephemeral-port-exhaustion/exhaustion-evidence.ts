import type { Incident } from '@tuplescope/incident';
import { formatEndpoint } from '@tuplescope/net';
import { readCounter } from '../counters.ts';
import type { Evidence } from '../finding.ts';
import { sysctlEvidence } from '../sysctl-evidence.ts';
import { wholeCapture } from '../whole-capture.ts';
import type { Exhaustion } from './ephemeral-port-exhaustion.ts';
import type { Fill } from './fill.ts';

/** So many lines of a program are enough. */
const ENOUGH = 3;

/** Points at the listings that are counted, at the range, at programs' lines and at counters. */
export function exhaustionEvidence(
  incident: Incident,
  { fill, range, errors }: Exhaustion,
): Evidence[] {
  return [
    ...(fill === null ? [] : countedEvidence(fill)),
    ...sysctlEvidence(
      incident,
      'net.ipv4.ip_local_port_range',
      () => `A connect chooses from ${range.usable} local ports.`,
    ),
    ...errors.slice(0, ENOUGH).map(({ code, place }) => {
      return { ...place, packet: null, says: `A program was refused a local port: ${code}.` };
    }),
    ...sysctlEvidence(incident, 'net.ipv4.tcp_tw_reuse', reuseSays),
    ...overflowEvidence(incident),
  ];
}

function countedEvidence(fill: Fill): Evidence[] {
  const { src, dst, dport, held, inTimeWait, tracked, usable, sockets, entries, examples } = fill;
  const what = `from ${src} to ${formatEndpoint({ address: dst, port: dport })}`;
  const evidence: Evidence[] = [];
  if (sockets !== null) {
    const waiting = inTimeWait === 0 ? '' : `, ${inTimeWait} of them in TIME-WAIT`;
    const says = `Sockets ${what} hold ${held} of ${usable} ports${waiting}.`;
    evidence.push(wholeCapture(sockets, says));
    for (const place of examples) {
      evidence.push({ ...place, packet: null, says: 'One of these sockets.' });
    }
  }
  if (entries !== null) {
    evidence.push(wholeCapture(entries, `Entries ${what} hold ${tracked} of ${usable} ports.`));
  }
  return evidence;
}

function reuseSays(value: string): string {
  if (value === '1') return 'A port in TIME-WAIT may be used again after a second.';
  return value === '2'
    ? 'A port in TIME-WAIT may be used again after a second only on loopback.'
    : 'A port in TIME-WAIT is not used again for a minute.';
}

function overflowEvidence({ snapshots }: Incident): Evidence[] {
  const name = 'TcpExtTCPTimeWaitOverflow';
  const reading = snapshots.flatMap((snapshot) => readCounter(snapshot, name) ?? []).at(-1);
  if (reading === undefined || reading.value === 0) return [];
  const says = `${name} is ${reading.value}: sockets that could not wait in TIME-WAIT, there were too many.`;
  return [{ ...reading.place, packet: null, says }];
}
