import {
  commands,
  type DataTransfer,
  Disposable,
  EventEmitter,
  FileType,
  l10n,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
} from 'vscode';
import { OPEN_EVIDENCE } from '../text/open-evidence.ts';
import { type IncidentNode, incidentNodes } from './incident-nodes.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';

/** A line of the view, with the incident that it belongs to; without a line, the incident itself. */
export interface ViewItem {
  readonly session: Session;
  readonly node: IncidentNode | null;
}

const DROPPED = 'text/uri-list';

/** The view of incidents in the activity bar. */
export interface IncidentView extends Disposable {
  /** Brings an incident into sight. */
  reveal(session: Session): Promise<void>;
}

/** Shows the incidents in the activity bar; a folder dropped on the view is opened as one. */
export function showIncidents(sessions: Sessions): IncidentView {
  const changed = new EventEmitter<undefined>();
  const view = window.createTreeView<ViewItem>('tuplescope.incidents', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: treeItem,
      getChildren: (item) => childrenOf(sessions, item),
      // Only an incident itself is ever revealed.
      getParent: () => undefined,
    },
    dragAndDropController: {
      dropMimeTypes: [DROPPED],
      dragMimeTypes: [],
      handleDrop: async (_, dropped) => openDropped(sessions, dropped),
    },
  });
  const readWorkspace = (): void => {
    if (!view.visible) return;
    for (const { uri } of workspace.workspaceFolders ?? []) sessions.openIncident(uri, true);
  };
  readWorkspace();
  const registered = Disposable.from(
    view,
    changed,
    view.onDidChangeVisibility(readWorkspace),
    sessions.onDidChange(() => {
      changed.fire(undefined);
      const active = sessions.folders
        .flatMap(({ analysis }) => analysis?.findings ?? [])
        .filter(({ state }) => state === 'active').length;
      view.badge =
        active === 0
          ? undefined
          : { value: active, tooltip: l10n.t('{0} active findings', active) };
    }),
  );
  return {
    reveal: async (session) => {
      await commands.executeCommand('tuplescope.incidents.focus');
      await view.reveal({ session, node: null }, { focus: true });
    },
    dispose: () => registered.dispose(),
  };
}

function childrenOf(sessions: Sessions, item: ViewItem | undefined): ViewItem[] {
  if (item === undefined) return sessions.folders.map((session) => ({ session, node: null }));
  const { session, node } = item;
  const nodes = node === null ? incidentNodes(session, l10n.t) : (node.children ?? []);
  return nodes.map((child) => ({ session, node: child }));
}

function treeItem({ session, node }: ViewItem): TreeItem {
  if (node === null) return sessionItem(session);
  const { label, id, description, tooltip, icon, color, place, alone, shell, children } = node;
  const { isCollapsed } = node;
  const item = new TreeItem(label);
  item.id = `${session.root} ${id}`;
  if (description !== undefined) item.description = description;
  if (tooltip !== undefined) item.tooltip = tooltip;
  if (icon !== undefined) {
    item.iconPath = new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
  }
  if (shell !== undefined) item.contextValue = 'shell';
  if (children !== undefined && children.length > 0) {
    item.collapsibleState =
      isCollapsed === true ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded;
  }
  if (place !== undefined) {
    const { range, packet, path } = place;
    const link = { uri: session.uriOf(path).toString(), range, packet };
    item.command = { command: OPEN_EVIDENCE, title: l10n.t('Open'), arguments: [link] };
  }
  if (alone !== undefined) {
    const title = l10n.t('Open as Incident');
    item.command = {
      command: 'tuplescope.openIncident',
      title,
      arguments: [session.uriOf(alone)],
    };
  }
  return item;
}

function sessionItem({ root, analysis }: Session): TreeItem {
  const item = new TreeItem(root, TreeItemCollapsibleState.Expanded);
  item.id = root.toString();
  const isWorkspace = workspace.getWorkspaceFolder(root)?.uri.toString() === root.toString();
  // The workspace's own folder would be opened again by the next capture that is shown.
  item.contextValue = isWorkspace ? 'workspaceIncident' : 'incident';
  item.iconPath = ThemeIcon.Folder;
  const count = analysis?.findings.length ?? 0;
  item.description = analysis === null ? '' : l10n.t('{0} findings', count);
  return item;
}

async function openDropped(sessions: Sessions, dropped: DataTransfer): Promise<void> {
  const list = (await dropped.get(DROPPED)?.asString()) ?? '';
  for (const line of list.split(/\r?\n/)) {
    if (line === '' || line.startsWith('#')) continue;
    const uri = Uri.parse(line, true);
    const { type } = await workspace.fs.stat(uri);
    sessions.openIncident(uri, (type & FileType.Directory) !== 0);
  }
}
