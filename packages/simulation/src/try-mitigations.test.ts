import { describe, expect, it } from 'vitest';
import type { MitigationTrial } from './mitigation-trial.ts';
import {
  incidentOf,
  profileOf,
  recording,
  rewrite,
  sceneOf,
  without,
} from './testing/incidents.ts';
import { tryMitigations, tryMitigationsIn } from './try-mitigations.ts';

const CASE_1 = recording('5.19.0-case1');
const SLES = profileOf('sles-15-sp4');

/** `be-liberal cures timed-out → connected`: what is said of each. */
function told(trials: readonly MitigationTrial[]): string[] {
  const ends = (outcomes: MitigationTrial['with']): string =>
    outcomes.map(({ outcome }) => outcome).join('/');
  return trials.map(({ mitigation, effect, without: before, with: after }) =>
    `${mitigation} ${effect} ${ends(before)} → ${ends(after)}`.trim(),
  );
}

function trial(trials: readonly MitigationTrial[], name: string): MitigationTrial {
  const found = trials.find(({ mitigation }) => mitigation === name);
  if (found === undefined) throw new Error(`no trial of ${name}`);
  return found;
}

describe('tryMitigations', () => {
  it('says of case 1 on SLES 15 SP4 what cures, what does not, and what is worse', () => {
    expect(told(tryMitigations(incidentOf(CASE_1), { profile: SLES }))).toEqual([
      'be-liberal cures timed-out → connected',
      'ignore-invalid-rst useless timed-out → timed-out',
      'drop-invalid worse timed-out → timed-out',
      'close-wait-3600 cures timed-out → connected',
      'tproxy cures timed-out → connected',
    ]);
  });

  it('cures nothing on a kernel that heals', () => {
    expect(told(tryMitigations(incidentOf(CASE_1), { profile: profileOf('6.2.1') }))).toEqual([
      'be-liberal unneeded connected → connected',
      'ignore-invalid-rst unneeded connected → connected',
      'drop-invalid worse connected → connected',
      'close-wait-3600 unneeded connected → connected',
      'tproxy unneeded connected → connected',
    ]);
  });

  it('tries both halves where no packet shows the numbers: what works, works with both', () => {
    const unseen = incidentOf(without(CASE_1, /tcpdump/));
    const trials = tryMitigations(unseen, { profile: SLES });
    expect(told(trials).slice(0, 2)).toEqual([
      'be-liberal cures timed-out/connected → connected/connected',
      'ignore-invalid-rst useless timed-out/connected → timed-out/connected',
    ]);
    expect(trial(trials, 'be-liberal').works).toBe(true);
    expect(trial(trials, 'ignore-invalid-rst').works).toBe(false);
  });

  it('says that a kernel has no such sysctl', () => {
    const trials = tryMitigations(incidentOf(CASE_1), { profile: profileOf('5.4.59') });
    expect(trial(trials, 'ignore-invalid-rst')).toMatchObject({
      effect: 'unavailable',
      works: false,
      with: [],
      verifiedBy: 'none',
      why: 'This kernel has no such sysctl.',
    });
  });

  it('helps with nothing where a rule of the incident drops the RST', () => {
    const scene = sceneOf(recording('6.18.44-lab-rstdrop'));
    const trials = tryMitigationsIn(scene, profileOf('6.18.44'));
    expect(trials.filter(({ works }) => works)).toEqual([]);
    expect(trial(trials, 'be-liberal').why).toBe(
      'The RST is valid, but a rule drops it before it reaches the old socket; each further SYN meets that again.',
    );
  });

  it('gives nothing where there is no such port', () => {
    expect(tryMitigations(incidentOf(CASE_1), { profile: SLES, port: 1 })).toEqual([]);
  });
});

describe('the leak behind it, where the application closes late', () => {
  const trials = tryMitigations(incidentOf(CASE_1), { profile: SLES });

  it('leaves the proxy’s socket behind, as was recorded; the service’s RST ends the other', () => {
    // Stages 4 and 5 of the recording: FINs leave by eth0, FIN-WAIT-2 stays.
    expect(trial(trials, 'be-liberal').lateClose?.without).toEqual({
      app: 'CLOSED',
      proxy: 'FIN-WAIT-2',
      isPortTaken: false,
    });
  });

  it('keeps the application in LAST-ACK and its port taken where INVALID is dropped', () => {
    const { lateClose, preventsLeak, why, works } = trial(trials, 'drop-invalid');
    expect(lateClose?.with).toEqual({ app: 'LAST-ACK', proxy: 'FIN-WAIT-2', isPortTaken: true });
    expect([preventsLeak, works]).toEqual([false, false]);
    expect(why).toContain("the application's socket stays in LAST-ACK, its port taken meanwhile");
  });

  it('does not happen while the entry lives, nor without NAT', () => {
    for (const name of ['close-wait-3600', 'tproxy']) {
      const { lateClose, preventsLeak, why } = trial(trials, name);
      expect(lateClose?.with).toEqual({ app: 'CLOSED', proxy: 'TIME-WAIT', isPortTaken: false });
      expect(preventsLeak).toBe(true);
      expect(why).toContain('so that none is left behind');
    }
  });

  it('is no worse with a mitigation where the incident drops INVALID already', () => {
    const dropping = rewrite(CASE_1, (text, path) =>
      path.includes('iptables')
        ? text.replace(
            '-A ISTIO_OUTBOUND_LOG',
            '-A OUTPUT -m conntrack --ctstate INVALID -j DROP\n-A ISTIO_OUTBOUND_LOG',
          )
        : text,
    );
    const again = tryMitigations(incidentOf(dropping), { profile: SLES });
    expect(trial(again, 'drop-invalid').effect).toBe('useless');
    expect(trial(again, 'be-liberal').effect).toBe('cures');
  });

  it('cannot be simulated while the old connection has its entry', () => {
    const tracked = without(CASE_1, /tcpdump|^[134568]-/);
    const still = tryMitigations(incidentOf(tracked), { profile: SLES });
    expect(still.map(({ lateClose }) => lateClose)).toEqual([null, null, null, null, null]);
    expect(still.map(({ preventsLeak }) => preventsLeak)[0]).toBeNull();
  });
});
