import { type CapturedFile, readIncidents } from '@tuplescope/incident';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isScene, makeScene } from './make-scene.ts';
import { probabilityOf } from './probability.ts';
import { runPackets } from './run-packets.ts';
import { simulateConnect } from './simulate-connect.ts';
import { tellRun } from './tell-run.ts';
import { file, pcaps, profileOf, recording } from './testing/incidents.ts';
import { tryMitigationsIn } from './try-mitigations.ts';

const FILES = recording('5.19.0-case1').filter(({ path }) => /^[25678]-|^[^/]+$/.test(path));
const NFT = recording('6.18.44-lab-rstdrop').filter(({ path }) => path.includes('nft'));
const PROFILES = ['5.19.0', '6.12'].map(profileOf);

/** Does everything that can be done with the incidents of some files. */
function useAll(files: readonly CapturedFile[]): unknown[] {
  return readIncidents(files).map((incident) => {
    const scene = makeScene(incident);
    if (!isScene(scene)) return scene.problem;
    const { runs, unavailable } = simulateConnect(scene, { profiles: PROFILES });
    const told = runs.map((run) => [run.outcome, tellRun(run), runPackets(run).length]);
    const [profile] = PROFILES;
    if (profile === undefined) return [];
    const trials = tryMitigationsIn(scene, profile).map(({ effect }) => effect);
    return [told, unavailable, trials, probabilityOf(incident, scene, profile)];
  });
}

/** Words that mean something where they are put. */
const words = fc.constantFrom(
  ...['0.0.0.0', '::', '[::1]:15001', '127.0.0.1:15001', '4294967295', '-1', '1e99', 'localhost'],
  ...['FIN-WAIT-2', 'SYN-SENT', 'TIME-WAIT', 'CLOSE_WAIT', 'SYN_SENT', 'Flags [R]', 'ack 5'],
  ...['-j RETURN', '-j DROP', '! -d 10.0.0.0/8', '--dport 1:65535', 'fd00::7', '15006', '\n'],
  ...['-A ISTIO_OUTPUT -j ISTIO_OUTPUT\n', 'ip_local_port_range = 9 1\n', '99999999999.000000'],
);

const edits = fc.array(
  fc.tuple(
    fc.nat(FILES.length - 1),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat(30),
    fc.oneof(words, fc.string({ maxLength: 8 })),
  ),
  { minLength: 1, maxLength: 12 },
);

function damage(changes: readonly (readonly [number, number, number, string])[]): CapturedFile[] {
  const texts = FILES.map(({ bytes }) => new TextDecoder().decode(bytes));
  for (const [index, place, length, put] of changes) {
    const text = texts[index] as string;
    const at = Math.floor(place * text.length);
    texts[index] = text.slice(0, at) + put + text.slice(at + length);
  }
  return FILES.map(({ path }, i) => file(path, texts[i] as string));
}

describe('any incident', () => {
  it('never throws, and gives the same twice, whatever is damaged in its texts', () => {
    fc.assert(
      fc.property(edits, (changes) => {
        const files = damage(changes);
        const once = useAll(files);
        expect(useAll(files)).toEqual(once);
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it('never throws, whatever of its files is missing', () => {
    const all = [...FILES, ...NFT, ...pcaps()];
    fc.assert(
      fc.property(fc.subarray(all), (files) => {
        useAll(files);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('never throws, whatever bytes of a capture file are others', () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 20 });
    fc.assert(
      fc.property(flips, (changes) => {
        const files = pcaps().map(({ path, bytes }) => ({ path, bytes: new Uint8Array(bytes) }));
        for (const [at, value] of changes) {
          for (const { bytes } of files) bytes[at % bytes.length] = value;
        }
        useAll(files);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
