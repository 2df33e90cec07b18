import type { ExtensionContext } from 'vscode';
import { registerCaptureEditors } from './capture/capture-editor.ts';
import { serveArchiveFiles } from './incident/archive-files.ts';
import { registerIncidentCommands } from './incident/incident-commands.ts';
import { showIncidents } from './incident/incident-view.ts';
import { createSessions } from './incident/sessions.ts';
import { createProfileChoice } from './kernel/profile-choice.ts';
import type { Platform } from './platform.ts';
import { registerOpenSample } from './sample/open-sample.ts';
import { serveSampleFiles } from './sample/sample-files.ts';
import { serveExplanations } from './text/explanation-documents.ts';
import { provideHovers } from './text/hovers.ts';
import { showLanguageStatus } from './text/language-status.ts';
import { offerLargeTexts } from './text/large-texts.ts';
import { provideLenses } from './text/lenses.ts';
import { showMarks } from './text/marks.ts';
import { provideNavigation } from './text/navigation.ts';
import { registerOpenEvidence } from './text/open-evidence.ts';
import { provideOutline } from './text/outline.ts';
import { listProblems } from './text/problems.ts';
import { registerTools } from './tools/language-model-tools.ts';

/** Starts the extension, wherever it runs. */
export function activateIn(context: ExtensionContext, platform: Platform): void {
  const { version } = context.extension.packageJSON as { version: string };
  const sessions = createSessions(platform);
  const choice = createProfileChoice(context.workspaceState);
  const captures = registerCaptureEditors(context, platform, sessions, choice);
  const view = showIncidents(sessions);
  context.subscriptions.push(
    sessions,
    showMarks(sessions),
    listProblems(sessions),
    provideHovers(sessions),
    provideNavigation(sessions),
    provideOutline(sessions),
    provideLenses(sessions, choice),
    serveExplanations(sessions),
    showLanguageStatus(sessions),
    offerLargeTexts(),
    choice,
    captures,
    registerOpenEvidence(captures),
    serveArchiveFiles(sessions),
    view,
    registerIncidentCommands(sessions, view, version),
    registerTools(sessions),
    serveSampleFiles(context.extensionUri),
    registerOpenSample(sessions, view),
  );
}
