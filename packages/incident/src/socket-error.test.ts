import { describe, expect, it } from 'vitest';
import { findSocketErrors } from './find-socket-errors.ts';
import { readIncidents } from './read-incidents.ts';
import { readSocketError } from './socket-error.ts';
import { file, SAMPLES } from './testing/samples.ts';

describe('readSocketError (wordings of the programs named)', () => {
  it.each([
    // Go, kube-proxy
    ['listen tcp :15090: bind: address already in use', 'EADDRINUSE', 'listen', 15090],
    [
      'E1122 23:06:19.123456 1 proxier.go:1] "can\'t open port, skipping it" err="listen tcp4 :31234: bind: address already in use" port={"Description":"nodePort"}',
      'EADDRINUSE',
      'listen',
      31234,
    ],
    [
      'dial tcp 127.0.0.6:0->127.0.0.1:8080: connect: cannot assign requested address',
      'EADDRNOTAVAIL',
      'connect',
      8080,
    ],
    // Envoy
    [
      "2026-11-22T23:06:19.123Z critical envoy main error initializing config: cannot bind '0.0.0.0:15006': Address already in use",
      'EADDRINUSE',
      'listen',
      15006,
    ],
    ['response_flags UF delayed connect error: 99', 'EADDRNOTAVAIL', 'connect', null],
    // nginx
    [
      '2026/11/22 23:06:19 [emerg] 7#7: bind() to 0.0.0.0:80 failed (98: Address already in use)',
      'EADDRINUSE',
      'listen',
      80,
    ],
    [
      '2026/11/22 23:06:19 [crit] 7#7: *1 connect() to 10.77.0.2:7777 failed (99: Cannot assign requested address) while connecting to upstream',
      'EADDRNOTAVAIL',
      'connect',
      7777,
    ],
    // Node.js, Python, Java, curl
    ['Error: listen EADDRINUSE: address already in use :::3000', 'EADDRINUSE', 'listen', 3000],
    [
      "OSError: [Errno 98] error while attempting to bind on address ('0.0.0.0', 8080): address already in use",
      'EADDRINUSE',
      'listen',
      8080,
    ],
    ['java.net.BindException: Address already in use', 'EADDRINUSE', 'listen', null],
    [
      'curl: (7) Failed to connect to 10.77.0.2 port 7777: Cannot assign requested address',
      'EADDRNOTAVAIL',
      'connect',
      7777,
    ],
    // Programs that print the symbol alone
    ['listen 40003 FAIL EADDRINUSE', 'EADDRINUSE', 'listen', 40003],
    ['16 FAIL EADDRNOTAVAIL', 'EADDRNOTAVAIL', null, null],
    // IPv6
    ['connect to ::1 failed: EADDRNOTAVAIL', 'EADDRNOTAVAIL', 'connect', null],
    ['connect to fd00:77::2 failed: EADDRNOTAVAIL', 'EADDRNOTAVAIL', 'connect', null],
    ['bind [fd00:77::2]:8080: EADDRINUSE', 'EADDRINUSE', 'listen', 8080],
  ])('reads %s', (line, code, wanted, port) => {
    expect(readSocketError(line)).toEqual({ code, wanted, port });
  });

  it.each(['Address: 10.0.0.1:80', 'connect error: 111', 'bind to address [::]:80', ''])(
    'leaves alone what is no such error: %j',
    (line) => {
      expect(readSocketError(line)).toBeNull();
    },
  );
});

describe('findSocketErrors', () => {
  const errorsIn = (path: string, text: string) =>
    readIncidents([file(path, text)]).flatMap(({ captures }) => findSocketErrors(captures));

  it('points at the line in its file', () => {
    const [error, ...others] = errorsIn('app.log', 'é started\r\n16 FAIL EADDRNOTAVAIL\r\nend\n');
    expect(others).toEqual([]);
    expect(error?.place).toEqual({ file: 'app.log', line: 2, start: 12, end: 33 });
  });

  it('finds them in a transcript, whose other prose is left out', () => {
    const text = `$ ss -naoep\n${SAMPLES.ss}$ ./server\nlisten tcp :31234: bind: address already in use\n$ make tea\nno\n`;
    const [incident] = readIncidents([file('notes.txt', text)]);
    const kinds = incident?.captures.map(({ command, content }) => [command, content.kind]);
    expect(kinds).toEqual([
      ['ss -naoep', 'ss'],
      ['./server', 'unknown'],
    ]);
    expect(errorsIn('notes.txt', text).map(({ port }) => port)).toEqual([31234]);
  });

  it('keeps the first thousand', () => {
    expect(errorsIn('app.log', 'EADDRNOTAVAIL\n'.repeat(5000)).length).toBe(1000);
  });
});
