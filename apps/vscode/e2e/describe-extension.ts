import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describeHighContrast } from './describe-high-contrast.ts';
import { describeInHost } from './describe-in-host.ts';
import { describeOtherFiles, fillWithOtherFiles } from './describe-other-files.ts';
import { describePackets, fillWithCaptures } from './describe-packets.ts';
import { describeTexts } from './describe-texts.ts';
import { describeTranscript } from './describe-transcript.ts';
import { describeInEditor, describeInWindow, FIXTURES, INCIDENT } from './in-editor.ts';
import type { ExtensionHost } from './start-editor.ts';

/** Describes the extension in one host, window after window: to open one takes longest. */
export function describeExtension(where: ExtensionHost): void {
  describeInEditor(where, (inEditor) => {
    describeInWindow('an incident', inEditor, fillWithIncident, (inWindow) => {
      describeTexts(inWindow);
      describePackets(inWindow);
      describeHighContrast(inWindow);
    });
    describeInWindow('a transcript', inEditor, fillWithTranscript, describeTranscript);
    describeInWindow('other files', inEditor, fillWithOtherFiles, describeOtherFiles);
    describeInHost(inEditor);
  });
}

function fillWithIncident(folder: string): void {
  cpSync(INCIDENT, folder, { recursive: true });
  fillWithCaptures(folder);
}

function fillWithTranscript(folder: string): void {
  cpSync(join(FIXTURES, 'istio-43301-transcript.md'), join(folder, 'transcript.md'));
}
