import { describe, expect, it } from 'vitest';
import { detect, file, recording } from './testing/recordings.ts';

const stage6 = recording('recordings/5.19.0/case1').filter(({ path }) =>
  /6-reconnect|uname/.test(path),
);
const PLACE = 'recordings/5.19.0/case1';
const story = (...more: readonly ReturnType<typeof file>[]): string =>
  detect([...stage6, ...more])
    .findings.filter(({ family }) => family === 'outbound-port-collision')
    .flatMap((finding) => finding.story)
    .join(' ');

describe('why a connect did not get through', () => {
  it('is the kernel where it is known for it', () => {
    expect(story()).toContain('called the RST INVALID');
    expect(story()).toContain('mainline-5.19 is known to do so');
  });

  it('is not said to be the kernel where be_liberal is set (setting ours)', () => {
    const liberal = file(
      `${PLACE}/sysctl.txt`,
      'net.netfilter.nf_conntrack_tcp_be_liberal = 1\nnet.ipv4.tcp_syn_retries = 6\n',
    );
    expect(story(liberal)).not.toContain('INVALID');
    expect(story(liberal)).toContain('is not known');
  });

  it('is a rule that drops RSTs on their way out, and not one that drops others (rules ours)', () => {
    const rules = (rule: string) =>
      file(
        `${PLACE}/iptables-save.txt`,
        `*nat\n-A OUTPUT -p tcp -j REDIRECT --to-ports 15001\nCOMMIT\n*filter\n${rule}\nCOMMIT\n`,
      );
    const drop = (match: string) => story(rules(`-A OUTPUT -p tcp ${match} -j DROP`));
    expect(drop('--tcp-flags RST RST')).toContain('The rule is the cause');
    expect(drop('--dport 7777 --tcp-flags RST RST')).toContain('The rule is the cause');
    expect(drop('--dport 80 --tcp-flags RST RST')).not.toContain('The rule is the cause');
    expect(drop('-m conntrack --ctstate INVALID')).not.toContain('The rule is the cause');
    expect(story(rules('-A INPUT -p tcp --tcp-flags RST RST -j DROP'))).not.toContain('cause');
  });
});
