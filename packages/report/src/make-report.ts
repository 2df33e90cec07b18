import { type Detection, detectCollisions } from '@tuplescope/collision-detector';
import type { Incident, Interception } from '@tuplescope/incident';
import { kernelByPackets } from './kernel-by-packets.ts';
import type { Report, ReportInterception, ReportKernel } from './report.ts';

const NO_KERNEL: ReportKernel = {
  release: null,
  profile: null,
  confidence: 'unknown',
  why: 'Nothing was read that tells the kernel.',
  contradictedBy: [],
  consistentProfiles: [],
};

/**
 * Makes the one report of what was found in the incidents of an input. Where there are several
 * namespaces, every part carries the name of its own.
 *
 * @param version the version of the command, for the report's head.
 * @example
 * makeReport(readIncidents(files), '1.0.0').findings[0].summary
 */
export function makeReport(incidents: readonly Incident[], version: string): Report {
  const parts = incidents.map((incident) => partOf(incident, detectCollisions(incident)));
  const namespaces = incidents.flatMap(({ namespace }) => namespace ?? []);
  const kernels = parts.map(({ kernel }) => kernel);
  const order = ['active', 'latent', 'past'];
  return {
    schemaVersion: 1,
    tool: { name: 'tuplescope', version },
    incident: {
      files: parts.flatMap(({ files }) => files),
      snapshots: parts.flatMap(({ snapshots }) => snapshots),
      clocks: parts.flatMap(({ clocks }) => clocks),
      ...(namespaces.length > 0 ? { namespaces } : {}),
    },
    kernel: kernels[0] ?? NO_KERNEL,
    ...(namespaces.length > 0 ? { kernels } : {}),
    interception: parts.flatMap(({ interception }) => interception),
    findings: parts
      .flatMap(({ findings }) => findings)
      .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)),
  };
}

type Part = Pick<Report['incident'], 'files' | 'snapshots' | 'clocks'> &
  Pick<Report, 'kernel' | 'interception' | 'findings'>;

function partOf(incident: Incident, detection: Detection): Part {
  const { kernel, findings } = detection;
  const namespace = incident.namespace === null ? {} : { namespace: incident.namespace };
  const { callsResetInvalid: _, ...told } = kernel;
  return {
    files: incident.captures.map(({ path, origin, content, command, records, diagnostics }) => ({
      path,
      line: origin.line,
      kind: content.kind,
      command,
      records,
      diagnostics: diagnostics.map(({ severity, line, column, message }) => ({
        severity,
        line,
        column,
        message,
      })),
      ...namespace,
    })),
    snapshots: incident.snapshots.map(({ at, captures }) => ({
      at,
      files: [...new Set(captures.map(({ path }) => path))],
      ...namespace,
    })),
    clocks: incident.clocks.map(({ file, offsetSeconds, from }) => ({
      file,
      offsetSeconds,
      from,
      ...namespace,
    })),
    kernel: { ...told, ...kernelByPackets(incident, detection), ...namespace },
    interception: incident.interception.map((point) => ({
      ...tellInterception(point),
      ...namespace,
    })),
    findings: findings.map((finding) => ({ ...finding, ...namespace })),
  };
}

function tellInterception({ direction, port, place }: Interception): ReportInterception {
  const from =
    place === null ? 'well-known port: no captured rule says' : `${place.file}:${place.line}`;
  return { direction, port, from };
}
