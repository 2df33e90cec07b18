import { capturesOf, type Incident, placeOf } from '@tuplescope/incident';
import { isSameAddress } from '@tuplescope/net';
import { type Attempt, type AttemptEvidence, emptyAttempt } from './attempt.ts';

/** Fewer RSTs than this from one port show nothing: any closed socket may send one. */
const LEAST_TRAIN = 2;

/** RSTs further apart than this belong to two connects: the longest SYN timeout is 64 s. */
const SAME_CONNECT_SECONDS = 130;

/**
 * Finds trains of RSTs in the kernel's LOG lines: bare RSTs (40 bytes, no acknowledgement) from the
 * pod that went out through a device instead of lo, each answering a challenge ACK.
 */
export function attemptsInLog(incident: Incident): Attempt[] {
  return capturesOf(incident.captures, 'log').flatMap((capture) => {
    const offset =
      incident.clocks.find(
        ({ file, line }) => file === capture.path && line === capture.origin.line,
      )?.offsetSeconds ?? 0;
    const trains = new Map<string, Attempt[]>();
    for (const record of capture.content.table) {
      const { src, dst, sport, dport, flags, out } = record;
      if (src === null || dst === null || sport == null || dport == null) continue;
      if (flags !== 'R' || out === null || out === 'lo') continue;
      if (
        !incident.podAddresses.some((address) => isSameAddress(address, src)) &&
        incident.podAddresses.length > 0
      )
        continue;
      const at = record.at === null ? null : record.at + offset;
      const key = `${src} ${sport} ${dst} ${dport}`;
      const list = trains.get(key) ?? [];
      trains.set(key, list);
      const last = list.at(-1);
      const isSame =
        last !== undefined &&
        (at === null || last.end === null || at - last.end < SAME_CONNECT_SECONDS);
      const says = `A RST from port ${sport} left through ${out} to ${dst}:${dport} instead of going to the proxy${record.prefix.includes('INVALID') ? '; the rule that logs it matches ctstate INVALID' : ''}.`;
      const evidence: AttemptEvidence = {
        shows: 'reset-untranslated',
        place: placeOf(capture, record.source),
        packet: null,
        says,
      };
      if (isSame) {
        list[list.length - 1] = {
          ...last,
          end: at,
          resets: { translated: 0, untranslated: last.resets.untranslated + 1 },
          evidence: [...last.evidence, evidence],
        };
      } else {
        list.push({
          ...emptyAttempt('log', src, sport),
          tuple: { src, sport, dst, dport },
          begin: at,
          end: at,
          resets: { translated: 0, untranslated: 1 },
          evidence: [evidence],
        });
      }
    }
    return [...trains.values()].flat().filter(({ resets }) => resets.untranslated >= LEAST_TRAIN);
  });
}
