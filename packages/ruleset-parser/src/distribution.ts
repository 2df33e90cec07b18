/** What a release's ending tells of who built the kernel. */
const ENDINGS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\.amzn2$|\.amzn2\./, 'Amazon Linux 2'],
  [/\.amzn2023/, 'Amazon Linux 2023'],
  [/\.el(\d+)uek/, 'Oracle Linux $1'],
  [/\.el(\d+)/, 'Red Hat Enterprise Linux $1 or a rebuild'],
  [/\.fc(\d+)/, 'Fedora $1'],
  [/\.azl(\d+)/, 'Azure Linux $1'],
  [/\.cm(\d+)/, 'CBL-Mariner $1'],
  [/-arch\d/, 'Arch Linux'],
  [/-talos$/, 'Talos Linux'],
  [/-flatcar$/, 'Flatcar Container Linux'],
  [/-pve$/, 'Proxmox VE'],
  [/-microsoft-standard/, 'Windows Subsystem for Linux'],
  [/-linuxkit/, 'LinuxKit'],
];

/** SUSE Linux Enterprise 15 has the service pack in its release: 150400 is SP4. */
const SUSE = /-150([1-9])00\.[\d.]+-/;

/**
 * Tells who built a kernel from its release and build, or null where they do not tell.
 *
 * @example
 * distributionOf('5.14.21-150400.24.21-default', '#1 SMP …') // 'SUSE Linux Enterprise 15 SP4'
 */
export function distributionOf(release: string, version: string | null): string | null {
  const build = (version ?? '').slice(0, 400);
  const debian = /\bDebian (\d[\w.+~:-]*)/.exec(build);
  if (debian !== null) return `Debian ${debian[1]}`;
  if (/^#\S*-Ubuntu\b/.test(build)) return 'Ubuntu';
  const servicePack = SUSE.exec(release)?.[1];
  if (servicePack !== undefined) return `SUSE Linux Enterprise 15 SP${servicePack}`;
  for (const [pattern, name] of ENDINGS) {
    const found = pattern.exec(release);
    if (found !== null) return name.replace('$1', found[1] ?? '');
  }
  return null;
}
