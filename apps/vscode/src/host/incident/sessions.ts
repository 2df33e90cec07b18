import {
  type Disposable,
  type Event,
  EventEmitter,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import type { FileAnalysis } from '../../protocol/analysis.ts';
import type { Platform } from '../platform.ts';
import { changes } from '../settings.ts';
import { mayBeCapture } from '../text/may-be-capture.ts';
import { openSession, type Session } from './session.ts';

/** A file as its incident has it. */
export interface FileInSession {
  readonly session: Session;
  readonly file: FileAnalysis;
}

/** The incidents that are open, and which of them a document belongs to. */
export interface Sessions extends Disposable {
  /** The folders, in the order in which they were opened. */
  readonly folders: readonly Session[];
  /** The folders, and the documents of none. */
  readonly all: readonly Session[];
  /** Fires when an incident was opened, closed or read again. */
  readonly onDidChange: Event<void>;
  /** Opens a folder or an archive as an incident, or gives the one that is open already. */
  openIncident(root: Uri, isFolder: boolean): Session;
  closeFolder(session: Session): void;
  /** Opens the incident that a capture file belongs to: its folder's, its workspace's, or its own. */
  openCapture(uri: Uri): Session;
  /** Says that a capture file is shown no more; an incident that was only its own is closed. */
  closeCapture(uri: Uri): void;
  /** What was recognised in a document; null where that is nothing. */
  find(uri: Uri): FileInSession | null;
  /** The same, once what is there now was read. */
  settled(uri: Uri): Promise<FileInSession | null>;
}

/** The languages of the editor that captured text may come in; others are somebody's program. */
export const LANGUAGES: readonly string[] = ['plaintext', 'log', 'markdown', 'tuplescope-capture'];

/**
 * Keeps the incidents: folders that were opened, and the workspace's own once a document of it shows
 * captured text; a document of no folder is an incident alone. Closing it ends the work on it.
 */
export function createSessions(platform: Platform): Sessions {
  const changed = new EventEmitter<void>();
  const folders: Session[] = [];
  const single = new Map<string, Session>();

  const open = (root: Uri, isFolder: boolean): Session => {
    const session = openSession(platform, root, isFolder);
    session.onDidAnalyze(() => changed.fire());
    return session;
  };

  const folderOf = (uri: Uri): Session | undefined =>
    folders
      .filter((session) => session.pathOf(uri) !== null)
      .sort((a, b) => b.root.path.length - a.root.path.length)[0];

  const openIncident = (root: Uri, isFolder: boolean): Session => {
    const known = folders.find((session) => session.root.toString() === root.toString());
    if (known !== undefined) return known;
    const session = open(root, isFolder);
    folders.push(session);
    for (const document of workspace.textDocuments) {
      if (session.pathOf(document.uri) === null || !isEligible(document)) continue;
      closeSingle(document.uri);
      session.follow(document);
    }
    session.refresh();
    changed.fire();
    return session;
  };

  const closeSingle = (uri: Uri): void => {
    single.get(uri.toString())?.dispose();
    single.delete(uri.toString());
  };

  const follow = (document: TextDocument): void => {
    if (!isEligible(document)) return;
    const folder = folderOf(document.uri);
    if (folder !== undefined) {
      folder.follow(document);
      return;
    }
    const key = document.uri.toString();
    const known = single.get(key);
    if (known !== undefined) known.follow(document);
    else if (mayBeCapture(document.getText())) {
      const session = open(document.uri, false);
      single.set(key, session);
      session.onDidAnalyze(() => openWorkspaceOf(document.uri, session));
      session.follow(document);
    }
  };

  /** The evidence lies beside each other: what is recognised in a workspace is read with the rest. */
  const openWorkspaceOf = (uri: Uri, { analysis }: Session): void => {
    const folder = workspace.getWorkspaceFolder(uri);
    const isCapture = analysis?.files.some(({ sections }) => sections.length > 0) ?? false;
    if (folder !== undefined && isCapture) openIncident(folder.uri, true);
  };

  const ownerOf = (uri: Uri): Session | undefined => folderOf(uri) ?? single.get(uri.toString());

  const find = (uri: Uri): FileInSession | null => {
    const session = ownerOf(uri);
    const path = session?.pathOf(uri);
    const file = session?.analysis?.files.find((candidate) => candidate.path === path);
    if (session === undefined || file === undefined || file.sections.length === 0) return null;
    return { session, file };
  };

  const subscriptions: Disposable[] = [
    changed,
    workspace.onDidOpenTextDocument(follow),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) follow(document);
    }),
    workspace.onDidCloseTextDocument((document) => {
      closeSingle(document.uri);
      folderOf(document.uri)?.forget(document);
      changed.fire();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (!changes(event, 'utcOffset')) return;
      for (const session of [...folders, ...single.values()]) session.refresh();
    }),
  ];
  for (const document of workspace.textDocuments) follow(document);

  return {
    folders,
    get all() {
      return [...folders, ...single.values()];
    },
    onDidChange: changed.event,
    openIncident,
    closeFolder: (session) => {
      const at = folders.indexOf(session);
      if (at < 0) return;
      folders.splice(at, 1);
      session.dispose();
      for (const document of workspace.textDocuments) follow(document);
      changed.fire();
    },
    openCapture: (uri) => {
      const known = ownerOf(uri);
      if (known !== undefined) return known;
      const folder = workspace.getWorkspaceFolder(uri);
      if (folder !== undefined) return openIncident(folder.uri, true);
      const session = open(uri, false);
      single.set(uri.toString(), session);
      session.refresh();
      return session;
    },
    closeCapture: closeSingle,
    find,
    settled: async (uri) => {
      // While it was read alone, its workspace may have been opened: that is read then.
      for (let owner = ownerOf(uri); owner !== undefined; ) {
        await owner.settled();
        const now = ownerOf(uri);
        if (now === owner) break;
        owner = now;
      }
      return find(uri);
    },
    dispose: () => {
      for (const session of [...folders, ...single.values()]) session.dispose();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** Documents that the editor makes for itself (its logs, sides of a comparison) are left alone. */
function isEligible({ uri, languageId }: TextDocument): boolean {
  const isFile =
    uri.scheme === 'untitled' || workspace.fs.isWritableFileSystem(uri.scheme) !== undefined;
  return isFile && uri.scheme !== 'vscode-userdata' && LANGUAGES.includes(languageId);
}
