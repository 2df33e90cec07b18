import pc from 'picocolors';
import { renderTable } from './render-table.ts';
import type { ReplayedFile } from './replay.ts';

/** Renders what came of a replay: a row a file, then the first difference of each. */
export function renderReplay(files: readonly ReplayedFile[], color: boolean): string {
  const paint = pc.createColors(color);
  const rows = files.map(({ file, profile, sequences, packets, mismatches }) => [
    mismatches === 0 ? paint.green('✓') : paint.red('✗'),
    file,
    profile,
    String(sequences),
    String(packets),
    String(mismatches),
  ]);
  const head = ['', 'file', 'profile', 'sequences', 'packets', 'mismatches'];
  const firsts = files.flatMap(({ file, first }) => {
    if (first === null) return [];
    const { sequence, packet, field, recorded, modelled, rule } = first;
    return [
      `${file}: sequence ${sequence}, packet ${packet}: ${field}`,
      `  recorded ${JSON.stringify(recorded) ?? 'nothing'}`,
      `  modelled ${JSON.stringify(modelled) ?? 'nothing'}`,
      `  rule     ${rule ?? 'none: no packet'}`,
    ];
  });
  return `${renderTable(head, rows)}${firsts.length === 0 ? '' : `\n${firsts.join('\n')}\n`}`;
}
