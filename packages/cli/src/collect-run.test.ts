import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useTemporaryFolder } from './testing/files.ts';
import { useLeakingPod, WHY_NO_POD } from './testing/leaking-pod.ts';
import { type Outcome, runCommand } from './testing/run-command.ts';

const POD = `tuplescope-test-${process.pid}`;
const pod = useLeakingPod(POD);
const folder = useTemporaryFolder();

/** Runs `collect` where temporary files go into a folder of their own. */
async function collect(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Outcome & { readonly leftOver: string[] }> {
  const TMPDIR = folder.path('scratch');
  mkdirSync(TMPDIR, { recursive: true });
  const { PATH = '' } = process.env;
  const outcome = await runCommand(['collect', ...args], { env: { PATH, TMPDIR, ...env } });
  return { ...outcome, leftOver: readdirSync(TMPDIR) };
}

/** Unpacks an archive and gives its one folder. */
function unpack(archive: string): string {
  const into = `${archive}-unpacked`;
  mkdirSync(into);
  execFileSync('tar', ['-xzf', archive, '-C', into]);
  return join(into, readdirSync(into)[0] ?? '');
}

function filesOf(bundle: string): string[] {
  const names = readdirSync(bundle, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => statSync(join(bundle, name)).isFile()).sort();
}

const readText = (bundle: string, name: string): string => readFileSync(join(bundle, name), 'utf8');

interface Report {
  readonly incident: {
    readonly files: { readonly path: string; readonly kind: string }[];
    readonly snapshots: { readonly at: number | null }[];
  };
  readonly findings: {
    readonly family: string;
    readonly confidence: string;
    readonly ports: number[];
    readonly process: { readonly name: string }[];
  }[];
}

/** What `analyze` says of an archive as it is. */
async function analyze(archive: string): Promise<Report> {
  const { stdout } = await runCommand(['analyze', archive, '--format', 'json', '--quiet']);
  return JSON.parse(stdout);
}

const LISTINGS = [
  'conntrack-C.txt',
  'conntrack-L-o-extended-id-ipv4.txt',
  'conntrack-L-o-extended-id-ipv6.txt',
  'conntrack-S.txt',
  'date.txt',
  'nstat-zas.txt',
  'nstat-zasj.json',
  'proc_net_netstat.txt',
  'proc_net_snmp.txt',
  'proc_net_snmp6.txt',
  'ss-s.txt',
  'ss-tanoep.txt',
  'ss-tinaoep.txt',
];

describe.skipIf(WHY_NO_POD !== '')(
  `collect of a pod with a leak${WHY_NO_POD}`,
  { timeout: 120_000 },
  () => {
    it('finds the pod by its name, and gathers what shows the leak', async () => {
      const archive = folder.path('pod.tar.gz');
      const before = settings();
      const { code, stderr, leftOver } = await collect([
        POD,
        '--run',
        '--seconds',
        '2',
        '--output',
        archive,
      ]);
      expect({ code, leftOver }).toEqual({ code: 0, leftOver: [] });
      expect(stderr).toContain('capturing for 2 s');
      expect(stderr).toContain(`wrote ${archive}`);
      const bundle = unpack(archive);
      expect(readText(bundle, 'lo.pcap')).not.toContain('secret');
      const files = filesOf(bundle);
      expect(files).toEqual(
        expect.arrayContaining(['lo.pcap', 'eth0.pcap', 'conntrack-E-o-timestamp-id.txt']),
      );
      for (const stage of ['1-before', '2-after']) {
        expect(files).toEqual(expect.arrayContaining(LISTINGS.map((name) => `${stage}/${name}`)));
      }

      const { incident, findings } = await analyze(archive);
      const unknown = incident.files.filter(({ kind }) => kind === 'unknown');
      expect(unknown.map(({ path }) => basename(path)).sort()).toEqual([
        'notes.txt',
        'os-release.txt',
      ]);
      expect(new Set(incident.files.map(({ kind }) => kind))).toEqual(
        new Set([
          'ss',
          'ss-summary',
          'conntrack',
          'conntrack-statistics',
          'nstat',
          'ruleset',
          'sysctl',
          'uname',
          'date',
          'pcap',
          'unknown',
        ]),
      );
      expect(incident.snapshots).toHaveLength(2);
      const [first, second] = incident.snapshots.map(({ at }) => at ?? 0);
      expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(2);
      const leak = findings.find(({ family }) => family === 'half-closed-leak');
      expect(leak).toMatchObject({ confidence: 'certain', ports: [44410] });
      expect(leak?.process[0]?.name).toBe('node');
      expect(settings()).toEqual(before);
    });

    it('finds the same where it replaces addresses, and shows none of them', async () => {
      const archive = folder.path('redacted.tar.gz');
      await collect([POD, '--run', '--redact', '--seconds', '2', '--output', archive]);
      const bundle = unpack(archive);
      for (const name of filesOf(bundle)) {
        expect(readText(bundle, name), name).not.toMatch(/\b10\.77\.0\.[129]\b|fd00:77:|fd00:0077/);
        expect(readFileSync(join(bundle, name)).includes(Buffer.from([10, 77, 0, 1])), name).toBe(
          false,
        );
      }
      expect(readText(bundle, 'uname-a.txt')).toMatch(/^Linux redacted /);
      const { incident, findings } = await analyze(archive);
      expect(incident.files.filter(({ kind }) => kind === 'pcap')).toHaveLength(2);
      expect(findings.find(({ family }) => family === 'half-closed-leak')).toMatchObject({
        confidence: 'certain',
        ports: [44410],
      });
      const [, address] =
        /FIN-WAIT-2 .*127\.0\.0\.1:15001 +([\d.]+):44410/.exec(
          readText(bundle, '2-after/ss-tanoep.txt'),
        ) ?? [];
      expect(readText(bundle, 'conntrack-E-o-timestamp-id.txt')).toContain(`src=${address} `);
      expect(
        execFileSync('tcpdump', ['-nr', join(bundle, 'lo.pcap')], { stdio: 'pipe' }).toString(),
      ).toContain(`IP ${address}.`);
    });

    it('writes to standard output, keeps more of packets, less of events, and says nothing, where it is told to', async () => {
      const options = ['--seconds', '1', '--snaplen', '512', '--output', '-', '--quiet'];
      const { stdout: script } = await runCommand([
        'collect',
        '--pid',
        String(pod.pid()),
        ...options,
      ]);
      const small = script.replace(/^EVENT_BLOCKS=.*$/m, 'EVENT_BLOCKS=4');
      const { status, stdout, stderr } = spawnSync('sh', ['-s'], { input: small });
      expect({ status, stderr: String(stderr) }).toEqual({ status: 0, stderr: '' });
      const bundle = unpack(folder.add('stdout.tar.gz', stdout));
      expect(readText(bundle, 'lo.pcap')).toContain('a secret of the application');
      expect(readText(bundle, 'notes.txt')).toContain('it has reached its limit of 4 blocks');
      expect(readText(bundle, 'conntrack-E-o-timestamp-id.txt')).toMatch(/id=\d+\n$/);
    });

    it('notes the tools that are missing, and finds the leak without them, in a file of any name', async () => {
      const few = folder.path('bin');
      mkdirSync(few);
      const tools =
        'sh awk od tar gzip mktemp nsenter date uname cat grep sed head tail sort id ls rm mv mkdir true sleep';
      const places = (process.env.PATH ?? '').split(':');
      for (const tool of tools.split(' ')) {
        const paths = places.map((place) => join(place, tool));
        symlinkSync(paths.find((path) => existsSync(path)) ?? '', join(few, tool));
      }
      const archive = folder.path("it's $(touch pwned) `touch pwned`\n; touch pwned #");
      const options = ['--seconds', '1', '--output', archive];
      const { stdout: script } = await runCommand(['collect', POD, ...options]);
      const poor = script.replace(/^PATH=.*$/m, `PATH='${few}'`);
      const { status, stderr } = spawnSync('sh', ['-s'], { input: poor, encoding: 'utf8' });
      expect({ status, stderr: stderr.match(/not found/) }).toEqual({ status: 0, stderr: null });
      expect(existsSync('pwned')).toBe(false);
      const bundle = unpack(archive);
      const notes = readText(bundle, 'notes.txt');
      for (const tool of ['ss', 'conntrack', 'nstat', 'tcpdump', 'nft', 'iptables-save']) {
        expect(notes).toContain(`${tool} is not installed`);
      }
      const { findings } = await analyze(archive);
      expect(findings.map(({ family }) => family)).toContain('half-closed-leak');
    });

    it('asks nothing of the kernel for which it would load a module', async () => {
      const archive = folder.path('modules.tar.gz');
      const { stdout: script } = await runCommand([
        'collect',
        POD,
        '--seconds',
        '0',
        '--output',
        archive,
      ]);
      const symbols = folder.add(
        'kallsyms',
        'ffffffff81000000 T _text\nffffffff81000001 t packet_rcv.llvm.1\n',
      );
      const hide = 'mount --bind "$1" /proc/kallsyms && exec sh -s';
      const { status } = spawnSync('unshare', ['--mount', 'sh', '-c', hide, 'sh', symbols], {
        input: script,
      });
      expect(status).toBe(0);
      const bundle = unpack(archive);
      expect(readText(bundle, 'notes.txt')).toContain(
        'conntrack-S.txt: the kernel has not loaded what it takes.',
      );
      expect(filesOf(bundle).filter((name) => /conntrack-|nft/.test(name))).toEqual([]);
      const { findings } = await analyze(archive);
      expect(findings.map(({ family }) => family)).toContain('half-closed-leak');
    });

    it('ends the capture at a signal, and keeps what there is', async () => {
      const archive = folder.path('early.tar.gz');
      const args = [POD, '--seconds', '600', '--output', archive];
      const { stdout: script } = await runCommand(['collect', ...args]);
      const shell = spawn('sh', ['-s'], { stdio: ['pipe', 'ignore', 'pipe'] });
      shell.stdin.end(script);
      let said = '';
      for await (const chunk of shell.stderr) {
        said += chunk;
        if (said.includes('capturing')) shell.kill('SIGINT');
      }
      if (shell.exitCode === null) await once(shell, 'close');
      expect(shell.exitCode).toBe(0);
      expect(filesOf(unpack(archive))).toEqual(
        expect.arrayContaining(['1-before/ss-tanoep.txt', '2-after/ss-tanoep.txt', 'lo.pcap']),
      );
    });

    it('goes through kubectl with a debug container', async () => {
      const log = folder.path('kubectl.log');
      const stub = `#!/bin/sh
printf '%s\\n' "$*" >>'${log}'
case $* in
*' get '*) echo 'app istio-proxy' ;;
*' exec '*) while [ "$1" != -- ]; do shift; done; shift; exec nsenter -t ${pod.pid()} -n -u -- "$@" ;;
esac
`;
      mkdirSync(folder.path('stub'));
      folder.add('stub/kubectl', stub);
      execFileSync('chmod', ['+x', folder.path('stub/kubectl')]);
      const archive = folder.path('kubectl.tar.gz');
      const { code, leftOver } = await collect(
        [POD, '-n', 'prod', '--kubectl', '--run', '--seconds', '0', '--output', archive],
        { PATH: `${folder.path('stub')}:${process.env.PATH}` },
      );
      expect({ code, leftOver }).toEqual({ code: 0, leftOver: [] });
      const { findings } = await analyze(archive);
      expect(findings.map(({ family }) => family)).toContain('half-closed-leak');
      expect(readFileSync(log, 'utf8')).toContain(`--namespace=prod debug ${POD} `);
    });

    it.each<[string[], string]>([
      [['no-such-pod', '--run'], 'no process here has the hostname no-such-pod'],
      [['--pid', '4194304', '--run'], 'cannot open the network namespace of process 4194304'],
      [[POD, '--run', '--output', '/no/such/folder/x'], 'cannot write into /no/such/folder/'],
      [[POD, '--run', '--output', '/'], 'cannot write /'],
    ])('says why it does not run with %j, and exits with 2', async (args, words) => {
      const { code, stdout, stderr, leftOver } = await collect(args);
      expect({ code, stdout, leftOver }).toEqual({ code: 2, stdout: '', leftOver: [] });
      expect(stderr).toMatch(/^tuplescope: [^\n]+\n$/);
      expect(stderr).toContain(words);
    });

    /** What must be the same before and after: rules, without their counters, and sysctls. */
    function settings(): string[] {
      return [
        pod.run('nft', '--stateless', 'list', 'ruleset'),
        pod.run('cat', '/proc/net/ip_tables_names', '/proc/net/ip6_tables_names'),
        pod.run('sh', '-c', 'grep -rs . /proc/sys/net | grep -v nf_conntrack_count'),
        pod.run('ip', '-details', 'link').replaceAll(/qlen \d+/g, ''),
      ];
    }
  },
);
