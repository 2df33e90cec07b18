import type { Finding } from '../finding.ts';
import type { FullTable } from './conntrack-table-full.ts';
import { isFilledTo } from './table-use.ts';

/**
 * Says how sure it is that the table had, or has, no room:
 *
 * | what is shown | confidence |
 * |---|---|
 * | the kernel's log says "table full" | certain |
 * | early_drop rose: the kernel evicts entries only from a full table | certain |
 * | as many entries as nf_conntrack_max allows, and packets were dropped meanwhile | certain |
 * | as many entries as nf_conntrack_max allows | likely |
 * | at least 90 % of them, counted | certain (of the share; it is `latent`) |
 * | the same by the rows of a listing | likely |
 * | early_drop above 0 in a single look | possible |
 */
export function fullConfidence(table: FullTable): Pick<Finding, 'confidence' | 'confidenceReason'> {
  const { lines, evictions, drops, entries, state } = table;
  if (lines.count > 0) {
    return { confidence: 'certain', confidenceReason: "The kernel's own log says so." };
  }
  if ((evictions?.rise ?? 0) > 0) {
    return {
      confidence: 'certain',
      confidenceReason:
        'early_drop rose between two looks: the kernel evicts entries only where there is no room.',
    };
  }
  if (isFilledTo(table, 1)) {
    return (drops?.rise ?? 0) > 0
      ? {
          confidence: 'certain',
          confidenceReason:
            'There are as many entries as there may be, and packets were dropped between two looks.',
        }
      : {
          confidence: 'likely',
          confidenceReason:
            'There are as many entries as there may be; no record shows a packet that was dropped for it.',
        };
  }
  if (state === 'latent') {
    return entries?.isListing === true
      ? {
          confidence: 'likely',
          confidenceReason: 'The rows of a listing were counted; entries come and go meanwhile.',
        }
      : {
          confidence: 'certain',
          confidenceReason: 'The kernel counts its entries itself, and the limit is known.',
        };
  }
  return {
    confidence: 'possible',
    confidenceReason:
      'early_drop is above 0, in a single look: when entries were evicted is not known.',
  };
}
