import {
  commands,
  Disposable,
  l10n,
  StatusBarAlignment,
  TabInputText,
  ThemeColor,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { mayBeCaptureName } from '../incident/collect-files.ts';

/** The editor shows a text of more bytes than these to no extension. */
const EDITOR_LIMIT = 50 << 20;

/** What menus ask. */
const IS_LARGE_TEXT = 'tuplescope.isLargeText';

/**
 * Offers to open a text as an incident that is too large for the editor: nothing can be marked in it, but
 * it can be read all the same.
 */
export function offerLargeTexts(): Disposable {
  const item = window.createStatusBarItem('tuplescope.largeText', StatusBarAlignment.Right, 51);
  item.name = l10n.t('Large captured text');
  item.text = `$(warning) ${l10n.t('Too large to be marked: open as incident')}`;
  item.tooltip = l10n.t(
    'The editor shows texts of more than 50 MiB to no extension. Opened as an incident it is read, and what collides is shown in the view.',
  );
  item.backgroundColor = new ThemeColor('statusBarItem.warningBackground');
  let last = 0;

  const look = async (): Promise<void> => {
    const turn = ++last;
    const uri = activeText();
    const isLarge = uri !== null && (await isLargeText(uri));
    if (turn !== last) return;
    await commands.executeCommand('setContext', IS_LARGE_TEXT, isLarge);
    if (uri === null || !isLarge) {
      item.hide();
      return;
    }
    item.command = {
      command: 'tuplescope.openIncident',
      title: l10n.t('Open as Incident'),
      arguments: [uri],
    };
    item.show();
  };

  void look();
  return Disposable.from(
    item,
    window.tabGroups.onDidChangeTabs(look),
    window.tabGroups.onDidChangeTabGroups(look),
  );
}

/** The text of the tab in front; the editor has no document of a large one. */
function activeText(): Uri | null {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputText ? input.uri : null;
}

async function isLargeText(uri: Uri): Promise<boolean> {
  if (!mayBeCaptureName(uri.path.slice(uri.path.lastIndexOf('/') + 1))) return false;
  const found = await Promise.resolve(workspace.fs.stat(uri)).catch(() => null);
  return found !== null && found.size > EDITOR_LIMIT;
}
