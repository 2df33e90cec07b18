import type { Incident } from '@tuplescope/incident';
import type { KernelAssessment } from './assess-kernel.ts';
import type { Collision } from './outbound-port-collision.ts';

/** Tells how a connect went on after the challenge ACK, and why. */
export function outcomeStory(
  { cause, attempt }: Collision,
  incident: Incident,
  kernel: KernelAssessment,
): string[] {
  switch (cause.kind) {
    case 'healed':
      return [
        'The client answered with a RST. conntrack found it valid and translated it, so it reached the old socket and ended it.',
        `The next SYN reached the listener: the connect succeeded${duration(attempt)}.`,
      ];
    case 'rule':
      return [
        `The client answered with a RST, and a rule in chain ${cause.dropRule.rule.chain} dropped it: \`${cause.dropRule.rule.raw}\`.`,
        'The old socket never heard it, so every further SYN met it again. The rule is the cause; nothing here shows a fault of the kernel.',
      ];
    case 'kernel':
      return [
        "The client answered with a RST that carries the challenge ACK's number. conntrack compared that with the window of the new SYN and called the RST INVALID.",
        `An INVALID packet is not translated: the RST left for the service instead of the old socket. ${basisOf(cause.basis, attempt, kernel)}`,
        `So each further SYN meets the old socket again, until the application gives up${patience(incident)}.`,
      ];
    default:
      return [
        attempt.outcome === 'not-connected'
          ? "What became of the client's RST is not shown, nor a success. Whether conntrack or a rule held it back is not known."
          : 'How it went on is not shown.',
      ];
  }
}

function duration({ begin, end }: Collision['attempt']): string {
  return begin === null || end === null ? '' : ` after ${(end - begin).toFixed(2)} s`;
}

/** What the statement about the kernel rests on. */
function basisOf(
  basis: 'seen' | 'profile',
  { resets: { untranslated } }: Collision['attempt'],
  { profile }: KernelAssessment,
): string {
  if (basis === 'profile') {
    return `It was not captured; ${profile ?? 'this kernel'} is known to do so with about half of such RSTs.`;
  }
  if (untranslated === 0) return 'Another connect of this incident shows that this kernel does so.';
  const times = untranslated === 1 ? '' : ` ${untranslated} times`;
  return `It was seen leaving with its untranslated address${times}.`;
}

/** With tcp_syn_retries = n the last SYN is given 2^n s: 1 + 2 + … + 2^n. */
function patience(incident: Incident): string {
  const retries = Number(incident.sysctl('net.ipv4.tcp_syn_retries') ?? 6);
  if (!Number.isInteger(retries) || retries < 1 || retries > 12) return '';
  return ` (after about ${2 ** (retries + 1) - 1} s with ${retries} retries, or at its own limit)`;
}
