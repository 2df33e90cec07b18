import { readFileSync } from 'node:fs';
import type { CollectSettings } from './collect-settings.ts';
import { fillIn } from './fill-in.ts';
import { VERSION } from './version.ts';

/** Gives the script that gathers on the node, or inside of the pod where `PID` is `self`. */
export function collectScript(settings: CollectSettings): string {
  return nodeScript(settings, settings.pid === null ? '' : String(settings.pid));
}

/** Gives the script that has a debug container of `kubectl` gather inside of the pod. */
export function kubectlScript(settings: CollectSettings): string {
  const { pod, namespace, seconds, quiet, output } = settings;
  const values = {
    POD: pod ?? '',
    NAMESPACE: namespace ?? '',
    DURATION: String(seconds),
    QUIET: quiet ? '1' : '',
    OUTPUT: output ?? '',
  };
  const inside = nodeScript({ ...settings, output: '-' }, 'self');
  return fillIn(source('kubectl.sh'), values, { COLLECT: inside });
}

function nodeScript(settings: CollectSettings, pid: string): string {
  const { pod, namespace, seconds, snaplen, redact, quiet, output } = settings;
  const values = {
    VERSION,
    POD: pod ?? '',
    NAMESPACE: namespace ?? '',
    PID: pid,
    DURATION: String(seconds),
    SNAPLEN: snaplen === null ? '' : String(snaplen),
    REDACT: redact ? '1' : '',
    QUIET: quiet ? '1' : '',
    OUTPUT: output ?? '',
  };
  return fillIn(source('collect.sh'), values, { AWK: awkProgram() });
}

/** The program that works on what was gathered; its parts share their functions. */
function awkProgram(): string {
  return ['addresses.awk', 'redact-text.awk', 'packet-headers.awk'].map(source).join('\n');
}

function source(name: string): string {
  return readFileSync(new URL(`../collect/${name}`, import.meta.url), 'utf8');
}
