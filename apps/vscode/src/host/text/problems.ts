import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Disposable,
  languages,
  Uri,
} from 'vscode';
import type { FileAnalysis, PlacedFinding } from '../../protocol/analysis.ts';
import type { Session } from '../incident/session.ts';
import type { Sessions } from '../incident/sessions.ts';
import { editorRange, locationOf } from './editor-range.ts';

const FINDING_SEVERITY: Readonly<Record<PlacedFinding['state'], DiagnosticSeverity>> = {
  active: DiagnosticSeverity.Error,
  latent: DiagnosticSeverity.Warning,
  past: DiagnosticSeverity.Information,
};

/** Lists the findings in Problems, each at its first mark in a text, and what could not be read. */
export function listProblems(sessions: Sessions): Disposable {
  const collection = languages.createDiagnosticCollection('tuplescope');
  let listed = new Set<string>();

  const list = (): void => {
    const now = new Set<string>();
    for (const session of sessions.all) {
      for (const file of session.analysis?.files ?? []) {
        const diagnostics = diagnosticsOf(session, file);
        const uri = session.uriOf(file.path);
        if (diagnostics.length === 0) continue;
        collection.set(uri, diagnostics);
        now.add(uri.toString());
      }
    }
    for (const uri of listed) if (!now.has(uri)) collection.delete(Uri.parse(uri));
    listed = now;
  };

  const subscription = sessions.onDidChange(list);
  return {
    dispose: () => {
      subscription.dispose();
      collection.dispose();
    },
  };
}

function diagnosticsOf(session: Session, { marks, problems }: FileAnalysis): Diagnostic[] {
  const findings = session.analysis?.findings ?? [];
  const told = new Set<number>();
  const diagnostics: Diagnostic[] = [];
  for (const { range, finding: number } of marks) {
    const finding = findings[number];
    if (finding === undefined || told.has(number)) continue;
    told.add(number);
    const severity = FINDING_SEVERITY[finding.state];
    const diagnostic = new Diagnostic(editorRange(range), finding.summary, severity);
    diagnostic.code = codeOf(finding);
    diagnostic.relatedInformation = finding.evidence.flatMap((evidence) => {
      const location = locationOf(session, evidence);
      return location === null ? [] : [new DiagnosticRelatedInformation(location, evidence.says)];
    });
    diagnostics.push(diagnostic);
  }
  for (const { range, message, severity } of problems) {
    const level =
      severity === 'error' ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information;
    diagnostics.push(new Diagnostic(editorRange(range), message, level));
  }
  for (const diagnostic of diagnostics) diagnostic.source = 'Tuplescope';
  return diagnostics;
}

/** The family, and where there is one the page that explains it. */
function codeOf({ family, sources }: PlacedFinding): NonNullable<Diagnostic['code']> {
  const [page] = sources;
  return page === undefined ? family : { value: family, target: Uri.parse(page, true) };
}
