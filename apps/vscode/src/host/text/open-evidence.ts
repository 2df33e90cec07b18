import { commands, type Disposable, Uri, window, workspace } from 'vscode';
import type { TextRange } from '../../protocol/analysis.ts';
import type { CaptureEditors } from '../capture/capture-editor.ts';
import { editorRange } from './editor-range.ts';

/** The command behind every link to a piece of evidence. */
export const OPEN_EVIDENCE = 'tuplescope.openEvidence';

/** Where a link leads. */
export interface EvidenceLink {
  readonly uri: string;
  readonly range: TextRange | null;
  readonly packet: number | null;
}

/** Registers the command that opens a text at a place, or a capture file at a packet. */
export function registerOpenEvidence(captures: CaptureEditors): Disposable {
  return commands.registerCommand(OPEN_EVIDENCE, (link: EvidenceLink) =>
    openEvidence(link, captures),
  );
}

async function openEvidence(
  { uri, range, packet }: EvidenceLink,
  captures: CaptureEditors,
): Promise<void> {
  const target = Uri.parse(uri, true);
  if (range === null) {
    await commands.executeCommand('vscode.open', target);
    if (packet !== null) captures.reveal(target, packet);
    return;
  }
  const document = await workspace.openTextDocument(target);
  await window.showTextDocument(document, { selection: editorRange(range) });
}
