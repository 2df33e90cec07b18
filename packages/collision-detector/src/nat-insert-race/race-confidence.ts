import type { Finding } from '../finding.ts';
import type { Race } from './nat-insert-race.ts';

/**
 * Says how sure it is that translations ran into each other:
 *
 * | insert_failed | first SYN lost at the translation | translation of sources shown | confidence |
 * |---|---|---|---|
 * | rose between two looks | yes | | certain |
 * | rose between two looks | no | yes | likely |
 * | rose between two looks | no | no | possible |
 * | above 0 in a single look | yes | | likely |
 * | above 0 in a single look | no | yes | possible |
 * | 0, or no look | yes | | possible: a filter or a full table loses SYNs too |
 * | 0, but clash_resolve rose | no | yes | possible, and nothing was lost |
 */
export function raceConfidence({
  basis,
  failed,
  lost,
  sourceNat,
}: Race): Pick<Finding, 'confidence' | 'confidenceReason'> {
  switch (basis) {
    case 'rose':
      if (lost.length > 0) {
        return {
          confidence: 'certain',
          confidenceReason:
            'insert_failed rose between two looks, and packets show first SYNs that came to the translation and did not leave it.',
        };
      }
      return sourceNat.length > 0
        ? {
            confidence: 'likely',
            confidenceReason:
              'insert_failed rose between two looks, and sources are translated here; no capture of both sides shows which packet was lost.',
          }
        : {
            confidence: 'possible',
            confidenceReason:
              'insert_failed rose between two looks; nothing shows a translation that chooses ports.',
          };
    case 'packets':
      return (failed?.last.value ?? 0) > 0
        ? {
            confidence: 'likely',
            confidenceReason:
              'A first SYN came to the translation and did not leave it, and insert_failed is above 0; when it rose is not known.',
          }
        : {
            confidence: 'possible',
            confidenceReason:
              'A first SYN came to the translation and did not leave it; a filter or a full table would lose it too.',
          };
    case 'resolved':
      return {
        confidence: 'possible',
        confidenceReason:
          'clash_resolve rose between two looks: translations ran into each other, and the kernel gave way.',
      };
    default:
      return {
        confidence: 'possible',
        confidenceReason: 'insert_failed is above 0, in a single look: when it rose is not known.',
      };
  }
}
