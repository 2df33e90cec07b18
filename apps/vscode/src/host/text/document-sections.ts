import type { CaptureSection, FileAnalysis, TextRange } from '../../protocol/analysis.ts';

/** The output of one command that a line belongs to, or null where it is prose or a prompt. */
export function sectionAt({ sections }: FileAnalysis, line: number): CaptureSection | null {
  return sections.find(({ range }) => containsLine(range, line)) ?? null;
}

function containsLine({ line: first, endLine, endCharacter }: TextRange, line: number): boolean {
  return line >= first && (line < endLine || (line === endLine && endCharacter > 0));
}
