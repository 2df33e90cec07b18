import { commands, type Disposable, Range, Uri, window, workspace } from 'vscode';
import type { IncidentView } from '../incident/incident-view.ts';
import type { Sessions } from '../incident/sessions.ts';
import { SAMPLE_ROOT } from './sample-files.ts';

/** The file that shows the collision, and the line of the socket that cannot connect, from 0. */
const COLLISION = { path: '6-reconnect-0.4s/ss-naoep.txt', line: 23 };

/** Registers the command that opens the sample incident, at a file of it where one is named. */
export function registerOpenSample(sessions: Sessions, view: IncidentView): Disposable {
  return commands.registerCommand('tuplescope.openSample', async (path?: string) => {
    await view.reveal(sessions.openIncident(SAMPLE_ROOT, true));
    if (path === undefined) {
      const document = await workspace.openTextDocument(Uri.joinPath(SAMPLE_ROOT, COLLISION.path));
      const { line } = COLLISION;
      await window.showTextDocument(document, { selection: new Range(line, 0, line, 0) });
    } else {
      await commands.executeCommand('vscode.open', Uri.joinPath(SAMPLE_ROOT, path));
    }
  });
}
