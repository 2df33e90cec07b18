import { howOften } from '../how-often.ts';
import type { FullTable } from './conntrack-table-full.ts';
import { sharesSay, type TableShares } from './table-shares.ts';
import { isFilledTo } from './table-use.ts';

/** Says in one sentence how full the table is, or was, and what that means for new connections. */
export function fullSummary(table: FullTable): string {
  const { entries, limit, state, lines } = table;
  switch (state) {
    case 'active':
      return `The conntrack table is full${entries === null || limit === null ? '' : ` (${entries.value} of ${limit})`}: the first packets of new connections are dropped.`;
    case 'latent': {
      const share = Math.round(((entries?.value ?? 0) / (limit ?? 1)) * 100);
      const before = lines.count > 0 ? ', and it was full before' : '';
      return `The conntrack table is filled to ${share} % (${entries?.value} of ${limit})${before}: the next burst of connections fills it.`;
    }
    default:
      return 'The conntrack table was full: first packets of new connections were dropped.';
  }
}

/** Tells what a full table does, what is in it, and what was lost. */
export function fullStory(table: FullTable, shares: TableShares | null): string[] {
  return [
    ...fillSays(table),
    ...sharesSay(shares),
    ...(table.state === 'latent'
      ? [
          'Once the table is full, the kernel evicts entries that are not ASSURED. Where it finds none, it drops the first packet of a new connection, and nobody is told.',
        ]
      : [
          'A new connection needs an entry. The kernel first tries to evict one that is not ASSURED; it found none, or not enough, and dropped the packet. Nobody is told: a connect waits until its SYN is sent again, for the first time after 1 s.',
        ]),
    ...lossSays(table),
  ];
}

function fillSays(table: FullTable): string[] {
  const { entries, limit, lines } = table;
  const said =
    lines.count === 0
      ? []
      : [`The kernel's log says ${howOften(lines.count)} that the table is full.`];
  if (entries === null || limit === null) return said;
  const now = isFilledTo(table, 1) ? 'That is all that there may be.' : '';
  return [`There are ${entries.value} entries, of ${limit} at most. ${now}`.trim(), ...said];
}

function lossSays({ drops, evictions }: FullTable): string[] {
  const dropped = drops?.rise ?? 0;
  const evicted = evictions?.rise ?? 0;
  return [
    ...(dropped > 0 ? [`From the first look to the last ${dropped} packets were dropped.`] : []),
    ...(evicted > 0
      ? [
          `From the first look to the last ${evicted} entries were evicted: connections without an answer yet, which then have none.`,
        ]
      : []),
  ];
}
