import type { ExtensionContext } from 'vscode';
import { createSessions } from './incident/sessions.ts';
import type { Platform } from './platform.ts';
import { provideHovers } from './text/hovers.ts';
import { showLanguageStatus } from './text/language-status.ts';
import { provideLenses } from './text/lenses.ts';
import { showMarks } from './text/marks.ts';
import { provideNavigation } from './text/navigation.ts';
import { registerOpenEvidence } from './text/open-evidence.ts';
import { provideOutline } from './text/outline.ts';
import { listProblems } from './text/problems.ts';

/** Starts the extension, wherever it runs. */
export function activateIn({ subscriptions }: ExtensionContext, platform: Platform): void {
  const sessions = createSessions(platform);
  subscriptions.push(
    sessions,
    showMarks(sessions),
    listProblems(sessions),
    provideHovers(sessions),
    provideNavigation(sessions),
    provideOutline(sessions),
    provideLenses(sessions),
    showLanguageStatus(sessions),
    registerOpenEvidence(),
  );
}
