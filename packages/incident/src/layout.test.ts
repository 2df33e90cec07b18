import { describe, expect, it } from 'vitest';
import { layoutOf } from './layout.ts';

describe('layoutOf', () => {
  it.each([
    ['ss.txt', '', '', null],
    ['case1/ss.txt', 'case1', '', null],
    ['case1/6-reconnect-0.4s/ss.txt', 'case1', '6-reconnect-0.4s', null],
    ['dump/20230204-164640/ss.txt', 'dump', '20230204-164640', null],
    ['sosreport-x/sos_commands/networking/ss_-peaonmi', 'sosreport-x', '', null],
    ['sosreport-x/proc/net/nf_conntrack', 'sosreport-x', '', null],
    [
      'sosreport-x/sos_commands/networking/namespaces/blue/ip_netns_exec_blue_ss_-peaonmi',
      'sosreport-x',
      '',
      'blue',
    ],
    ['bug-report/proxies/app/pod-1/netstat', 'bug-report/proxies/app/pod-1', '', 'app/pod-1'],
    ['bundle.tar.gz!/ss.txt', 'bundle.tar.gz!', '', null],
  ])('places %j', (path, root, stage, namespace) => {
    expect(layoutOf(path)).toEqual({ root, stage, namespace });
  });
});
