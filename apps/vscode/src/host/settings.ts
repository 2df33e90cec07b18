import { type ConfigurationChangeEvent, workspace } from 'vscode';
import type { TimeFormat } from '../protocol/packets.ts';

const SECTION = 'tuplescope';

/** Hours that captured time stamps without a zone are ahead of UTC. */
export function utcOffset(): number {
  return workspace.getConfiguration(SECTION).get('utcOffset', 0);
}

/** Whether findings and explanations are offered above the lines of a text. */
export function showsLenses(): boolean {
  return workspace.getConfiguration(SECTION).get('codeLens', true);
}

/** How the time of a packet is written, until the reader chooses otherwise in the list. */
export function timeFormat(): TimeFormat {
  return workspace.getConfiguration(SECTION).get('timeFormat', 'sinceFirst');
}

/** Says whether a change is one of a setting of ours. */
export function changes(
  { affectsConfiguration }: ConfigurationChangeEvent,
  setting: 'codeLens' | 'utcOffset',
): boolean {
  return affectsConfiguration(`${SECTION}.${setting}`);
}
