import {
  type DecorationOptions,
  type Disposable,
  OverviewRulerLane,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
  window,
} from 'vscode';
import type { PlacedFinding } from '../../protocol/analysis.ts';
import type { Sessions } from '../incident/sessions.ts';
import { editorRange } from './editor-range.ts';

type State = PlacedFinding['state'];

const STATES: readonly State[] = ['active', 'latent', 'past'];

/** A socket that waits for a collision is drawn apart from the collision itself. */
const LEAK = 'half-closed-leak';

/** Marks the ports that collide in every visible text and beside its scroll bar. */
export function showMarks(sessions: Sessions): Disposable {
  const types = new Map<string, TextEditorDecorationType>();
  for (const state of STATES) {
    types.set(`${state} leak`, createType(state, 'dashed'));
    types.set(`${state} collision`, createType(state, 'solid'));
  }

  const mark = (editor: TextEditor): void => {
    const found = sessions.find(editor.document.uri);
    const groups = new Map<string, DecorationOptions[]>();
    for (const { range, finding: number } of found?.file.marks ?? []) {
      const finding = found?.session.analysis?.findings[number];
      if (finding === undefined) continue;
      const key = `${finding.state} ${finding.family === LEAK ? 'leak' : 'collision'}`;
      const group = groups.get(key) ?? [];
      group.push({ range: editorRange(range) });
      groups.set(key, group);
    }
    for (const [key, type] of types) editor.setDecorations(type, groups.get(key) ?? []);
  };

  const markAll = (): void => window.visibleTextEditors.forEach(mark);
  const subscriptions = [
    sessions.onDidChange(markAll),
    window.onDidChangeVisibleTextEditors(markAll),
    ...types.values(),
  ];
  return { dispose: () => subscriptions.forEach((subscription) => void subscription.dispose()) };
}

function createType(state: State, border: 'solid' | 'dashed'): TextEditorDecorationType {
  const color = new ThemeColor(`tuplescope.${state}`);
  return window.createTextEditorDecorationType({
    border: `1px ${border}`,
    borderColor: color,
    fontWeight: 'bold',
    overviewRulerColor: color,
    overviewRulerLane: OverviewRulerLane.Right,
  });
}
