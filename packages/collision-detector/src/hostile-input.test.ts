import type { CapturedFile } from '@tuplescope/incident';
import { readIncidents } from '@tuplescope/incident';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectCollisions } from './detect-collisions.ts';
import { recording } from './testing/recordings.ts';

/** One recording of each family that packets, listings, counters and logs tell of. */
const SAMPLES = [
  'gateway-insert-race',
  'gateway-snat-reuse-stuck',
  'gateway-ipvs-mode-0',
  'server-snat-reuse-paws',
  'server-two-nodes',
  'server-hairpin',
  'client-forgotten',
  'gateway-table-full',
].map((name) => recording(`recordings/${name}`));

/** What stands in captures, and what somebody might put there. */
const WORDS = [
  '\n',
  ' ',
  'src=',
  '$(reboot)',
  '::ffff:10.1.0.2',
  '4294967296',
  '-1',
  '[UNREPLIED]',
  '\u202e',
  '\u001b[31m',
  '<script>',
  '__proto__',
];

const damaged = fc
  .tuple(
    fc.constantFrom(...SAMPLES),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat({ max: 40 }), fc.constantFrom(...WORDS)), {
      maxLength: 12,
    }),
  )
  .map(([files, changes]) => changes.reduce(damage, files));

/** Takes some bytes of one file away, and puts a word there. */
function damage(
  files: readonly CapturedFile[],
  [which, where, length, word]: readonly [number, number, number, string],
): CapturedFile[] {
  const target = files[which % files.length];
  return files.map((file) => {
    if (file !== target) return file;
    const at = where % (file.bytes.length + 1);
    const put = new TextEncoder().encode(word);
    const bytes = [...file.bytes.subarray(0, at), ...put, ...file.bytes.subarray(at + length)];
    return { ...file, bytes: Uint8Array.from(bytes) };
  });
}

describe('detectCollisions on damaged captures', () => {
  it('never throws, points into its files, and makes no command of what stands in them', () => {
    fc.assert(
      fc.property(damaged, (files) => {
        const sizes = new Map(files.map(({ path, bytes }) => [path, bytes.length]));
        for (const incident of readIncidents(files)) {
          for (const { evidence, mitigations, missing } of detectCollisions(incident).findings) {
            for (const { file, start, end } of evidence) {
              expect(start).toBeLessThanOrEqual(end);
              expect(end).toBeLessThanOrEqual(sizes.get(file) ?? -1);
            }
            for (const { command } of [...mitigations, ...missing]) {
              for (const word of ['reboot', 'script', '\u001b', '\u202e']) {
                expect(command).not.toContain(word);
              }
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
