import type { Log, ReportingDescriptor, Result } from 'sarif';
import { shownText } from '../markup.ts';
import type { Report, ReportFinding } from '../report.ts';
import { fingerprint } from './fingerprint.ts';
import { isAbsolute, ROOT, sarifLocation } from './sarif-location.ts';
import { RULES } from './sarif-rules.ts';

/** What collides now is an error, what will is a warning, what is over is for the record. */
const LEVELS = { active: 'error', latent: 'warning', past: 'note' } as const;

/** More places than this are for a program to read. */
const MOST_LOCATIONS = 100;

/**
 * Renders a report as SARIF 2.1.0, which code scanning and editors show: a rule a family, a result a
 * finding, the first record as its place and the others as related places.
 *
 * @example
 * JSON.parse(renderSarif(report)).runs[0].results[0].level // 'error'
 */
export function renderSarif(report: Report): string {
  const families = [...new Set(report.findings.map(({ family }) => family))];
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            version: report.tool.version,
            rules: families.map((family) => ruleOf(family, report.findings)),
          },
        },
        ...(hasAbsolute(report) ? { originalUriBaseIds: { [ROOT.id]: { uri: ROOT.uri } } } : {}),
        columnKind: 'unicodeCodePoints',
        results: report.findings.map((finding) => resultOf(finding, families)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function hasAbsolute({ findings }: Report): boolean {
  return findings.some(({ evidence }) => evidence.some(({ file }) => isAbsolute(file)));
}

function ruleOf(
  family: ReportFinding['family'],
  findings: readonly ReportFinding[],
): ReportingDescriptor {
  const [source] = findings.find((one) => one.family === family)?.sources ?? [];
  return {
    id: family,
    shortDescription: { text: RULES[family] },
    ...(source === undefined ? {} : { helpUri: encodeURI(source) }),
  };
}

function resultOf(finding: ReportFinding, families: readonly ReportFinding['family'][]): Result {
  const { family, state, confidence, ports, namespace, evidence } = finding;
  const [first, ...others] = evidence;
  return {
    ruleId: family,
    ruleIndex: families.indexOf(family),
    level: LEVELS[state],
    message: { text: shownText(messageOf(finding)) },
    locations: first === undefined ? [] : [sarifLocation(first)],
    relatedLocations: others
      .slice(0, MOST_LOCATIONS)
      .map((one, i) => ({ id: i + 1, ...sarifLocation(one) })),
    partialFingerprints: { 'tuplescope/v1': shownText(fingerprint(finding)) },
    properties: {
      state,
      confidence,
      ports: [...ports],
      ...(namespace === undefined ? {} : { namespace: shownText(namespace) }),
    },
  };
}

/** The sentence, and the first thing that helps: an editor shows no more. */
function messageOf({ summary, mitigations }: ReportFinding): string {
  const help = mitigations.find(({ works }) => works);
  if (help === undefined) return summary;
  const command = help.command === '' ? '' : `: ${help.command}`;
  return `${summary} What helps: ${help.action}${command}`;
}
