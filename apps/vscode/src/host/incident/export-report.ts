import { l10n, Uri, window, workspace } from 'vscode';
import type { ReportFormat } from '../../protocol/analysis.ts';
import { type OfferedFormat, reportFormats } from './report-formats.ts';
import type { Session } from './session.ts';

/** What is asked for by a keybinding or another extension, so that nobody has to be asked. */
export interface ExportWanted {
  readonly format: ReportFormat;
  /** The address of the incident's folder, where several are open. */
  readonly incident?: string;
  /** The address of the file to write. */
  readonly target: string;
}

/**
 * Writes the report of an incident to a file, or to an untitled text where no file can be written, and
 * shows it as text: a page is never rendered here.
 */
export async function exportReport(
  session: Session,
  version: string,
  wanted: ExportWanted | null,
): Promise<void> {
  const formats = reportFormats(l10n.t);
  const chosen =
    wanted === null
      ? await window.showQuickPick(formats, {
          placeHolder: l10n.t('How to write the report'),
          matchOnDetail: true,
        })
      : formats.find(({ format }) => format === wanted.format);
  if (chosen === undefined) return;
  const place = wanted === null ? placeFor(session.root, chosen) : Uri.parse(wanted.target, true);
  if (place === null) return showUntitled(await session.report(chosen.format, version), chosen);
  const target = wanted === null ? await askWhere(place, chosen) : place;
  if (target === undefined) return;
  const text = await session.report(chosen.format, version);
  try {
    await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  } catch {
    await showUntitled(text, chosen);
    void window.showWarningMessage(
      l10n.t('{0} could not be written, so the report is an untitled text.', target.path),
    );
    return;
  }
  await window.showTextDocument(target);
}

/**
 * Where a report is offered to be saved; null where nothing can be. Beside the incident, not in it:
 * the next reading would take the report for a capture.
 */
function placeFor(root: Uri, { ending }: OfferedFormat): Uri | null {
  const name = `tuplescope-report.${ending}`;
  if (workspace.fs.isWritableFileSystem(root.scheme) === true) {
    return Uri.joinPath(root, '..', name);
  }
  const folder = workspace.workspaceFolders?.find(
    ({ uri }) => workspace.fs.isWritableFileSystem(uri.scheme) === true,
  );
  return folder === undefined ? null : Uri.joinPath(folder.uri, '..', name);
}

async function askWhere(
  defaultUri: Uri,
  { label, ending }: OfferedFormat,
): Promise<Uri | undefined> {
  return window.showSaveDialog({
    defaultUri,
    filters: { [label]: [ending] },
    title: l10n.t('Export Report'),
  });
}

async function showUntitled(content: string, { language }: OfferedFormat): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ content, language }));
}
