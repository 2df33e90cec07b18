import { commands, Disposable, env, FileType, l10n, type Uri, window, workspace } from 'vscode';
import { type ExportWanted, exportReport } from './export-report.ts';
import type { IncidentView, ViewItem } from './incident-view.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import { nameOf } from './stored-files.ts';

/** Registers what can be done with incidents. */
export function registerIncidentCommands(
  sessions: Sessions,
  view: IncidentView,
  version: string,
): Disposable {
  return Disposable.from(
    commands.registerCommand('tuplescope.openIncident', (folder?: Uri) =>
      openIncident(sessions, view, folder),
    ),
    commands.registerCommand('tuplescope.closeIncident', ({ session }: ViewItem) =>
      sessions.closeFolder(session),
    ),
    commands.registerCommand('tuplescope.refreshIncidents', () => {
      for (const session of sessions.folders) session.refresh();
    }),
    commands.registerCommand('tuplescope.copyCommand', async ({ node }: ViewItem) => {
      if (node?.shell === undefined) return;
      await env.clipboard.writeText(node.shell);
      window.setStatusBarMessage(l10n.t('Copied: {0}', node.shell), 5000);
    }),
    commands.registerCommand(
      'tuplescope.exportReport',
      async (asked?: Partial<ViewItem & ExportWanted>) => {
        const named = sessions.folders.find(({ root }) => root.toString() === asked?.incident);
        const session = asked?.session ?? named ?? (await chooseSession(sessions));
        if (session !== undefined) await exportReport(session, version, wantedOf(asked));
      },
    ),
  );
}

async function openIncident(
  sessions: Sessions,
  view: IncidentView,
  folder: Uri | undefined,
): Promise<void> {
  const chosen =
    folder === undefined
      ? await window.showOpenDialog({
          canSelectFolders: true,
          canSelectFiles: true,
          openLabel: l10n.t('Open as Incident'),
        })
      : [folder];
  for (const root of chosen ?? []) {
    const { type } = await workspace.fs.stat(root);
    await view.reveal(sessions.openIncident(root, (type & FileType.Directory) !== 0));
  }
}

/** Asks which incident is meant, where there are several. */
async function chooseSession({ folders }: Sessions): Promise<Session | undefined> {
  if (folders.length === 0) {
    await window.showInformationMessage(l10n.t('No incident is open.'));
    return undefined;
  }
  if (folders.length === 1) return folders[0];
  const items = folders.map((session) => ({
    label: nameOf(session.root),
    description: session.root.path,
    session,
  }));
  return (await window.showQuickPick(items, { placeHolder: l10n.t('Which incident') }))?.session;
}

/** The view hands over its line; a keybinding, what it wants. */
function wantedOf({ format, target }: Partial<ExportWanted> = {}): ExportWanted | null {
  return format === undefined || target === undefined ? null : { format, target };
}
