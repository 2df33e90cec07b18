import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Sessions } from '../incident/sessions.ts';

/** The command that opens an explanation. */
export const EXPLAIN = 'tuplescope.explainPort';

/** What is to be explained. */
export interface Explainable {
  /** The root of the incident. */
  readonly root: string;
  /** null: every connection. */
  readonly port: number | null;
  /** The kernel's profile, or null for the incident's own. */
  readonly profile: string | null;
  /** What to call that kernel. */
  readonly kernel: string;
}

const SCHEME = 'tuplescope-explanation';

/**
 * Serves explanations of the packets of an incident as texts that can be read, searched and copied;
 * they are written again when the incident is read again.
 */
export function serveExplanations(sessions: Sessions): Disposable {
  const changed = new EventEmitter<Uri>();
  const provider: TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: async ({ query }) => {
      const { root, port, profile } = JSON.parse(query) as Explainable;
      const session = sessions.all.find((one) => one.root.toString() === root);
      if (session === undefined) return l10n.t('The incident is not open any more.');
      const text = await session.explain('explainPort', { port, profile });
      return text ?? l10n.t('No packets of this port were captured.');
    },
  };
  const open = async (wanted: Explainable): Promise<void> => {
    const { port, kernel } = wanted;
    const about = port === null ? l10n.t('All packets') : l10n.t('Port {0}', port);
    const name = l10n.t('{0} on {1}', about, kernel).replaceAll('/', ' ');
    const uri = Uri.from({ scheme: SCHEME, path: `/${name}`, query: JSON.stringify(wanted) });
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  };
  return Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, provider),
    commands.registerCommand(EXPLAIN, open),
    sessions.onDidChange(() => {
      for (const { uri } of workspace.textDocuments) if (uri.scheme === SCHEME) changed.fire(uri);
    }),
  );
}
