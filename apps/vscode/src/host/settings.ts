import { type ConfigurationChangeEvent, workspace } from 'vscode';

const SECTION = 'tuplescope';

/** Hours that captured time stamps without a zone are ahead of UTC. */
export function utcOffset(): number {
  return workspace.getConfiguration(SECTION).get('utcOffset', 0);
}

/** Whether findings and explanations are offered above the lines of a text. */
export function showsLenses(): boolean {
  return workspace.getConfiguration(SECTION).get('codeLens', true);
}

/** Says whether a change is one of a setting of ours. */
export function changes(
  { affectsConfiguration }: ConfigurationChangeEvent,
  setting: 'codeLens' | 'utcOffset',
): boolean {
  return affectsConfiguration(`${SECTION}.${setting}`);
}
