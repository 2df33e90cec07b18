import { commands, l10n, Uri, window, workspace } from 'vscode';
import type { ConnectionFormat } from '../../protocol/explanations.ts';

const ENDINGS: Readonly<Record<ConnectionFormat, string>> = {
  text: 'txt',
  ndjson: 'ndjson',
  svg: 'svg',
};

/** Lets the reader choose where to, and writes a connection there; a text is shown then. */
export async function exportConnection(
  capture: Uri,
  n: number,
  format: ConnectionFormat,
  content: string | null,
): Promise<void> {
  if (content === null) {
    void window.showInformationMessage(l10n.t('The connection of packet {0} is not explained.', n));
    return;
  }
  const name = capture.path.slice(capture.path.lastIndexOf('/') + 1);
  const proposed = `${name.replace(/\.\w+$/, '')}-packet-${n}.${ENDINGS[format]}`;
  const target = await window.showSaveDialog({
    title: l10n.t('Export Connection'),
    defaultUri: Uri.joinPath(folderFor(capture), proposed),
    filters: { [ENDINGS[format]]: [ENDINGS[format]] },
  });
  if (target === undefined) return;
  await workspace.fs.writeFile(target, new TextEncoder().encode(content));
  if (format !== 'svg') await commands.executeCommand('vscode.open', target);
}

/** Beside the capture, where that is a place to write to. */
function folderFor(capture: Uri): Uri {
  const isWritable = workspace.fs.isWritableFileSystem(capture.scheme) === true;
  if (isWritable) return Uri.joinPath(capture, '..');
  return workspace.workspaceFolders?.[0]?.uri ?? Uri.joinPath(capture, '..');
}
