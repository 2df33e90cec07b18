import { type CapturedFile, type Incident, readIncidents } from '@tuplescope/incident';

const HEADER = 'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n';

/** Makes a file of text. */
export function file(path: string, text: string): CapturedFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

/** A row of `ss -naoep`: a proxy's half-closed socket that a process of this name holds. */
export function staleRow(name = 'envoy', port = 44410): string {
  return `tcp   FIN-WAIT-2 0 0 127.0.0.1:15001 172.29.73.7:${port} users:(("${name}",pid=112,fd=4)) uid:1337 ino:392 sk:10 <--\n`;
}

/** A row of `ss -naoep`: the connect that meets it. */
export const CONNECTING =
  'tcp   SYN-SENT 0 1 172.29.73.7:44410 172.21.206.198:7777 users:(("app",pid=260,fd=3)) timer:(on,1.732ms,1) ino:1872 sk:17 <->\n';

/** The entry of that connect. */
export const ENTRY =
  'tcp      6 119 SYN_SENT src=172.29.73.7 dst=172.21.206.198 sport=44410 dport=7777 src=127.0.0.1 dst=172.29.73.7 sport=15001 dport=44410 mark=0 use=1\n';

/** The files of a pod whose sockets and entries are these. */
export function pod(sockets: string, entries: string = ENTRY, folder = 'pod'): CapturedFile[] {
  return [
    file(`${folder}/ss.txt`, HEADER + sockets),
    file(`${folder}/conntrack-L.txt`, entries),
    file(`${folder}/uname.txt`, 'Linux pod 5.19.0 #1 SMP PREEMPT_DYNAMIC x86_64 GNU/Linux\n'),
  ];
}

/** The incidents of an active collision. */
export function active(name?: string): Incident[] {
  return readIncidents(pod(staleRow(name) + CONNECTING));
}
