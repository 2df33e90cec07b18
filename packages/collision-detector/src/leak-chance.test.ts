import { describe, expect, it } from 'vitest';
import { detect, recording, rewrite } from './testing/recordings.ts';

const LEAKED = recording('recordings/5.19.0/case1/5-leaked-fin-wait-2');

/** The story of the latent leak, with other text in the files. */
function story(change: (text: string, path: string) => string = (text) => text): string {
  const leak = detect(rewrite(LEAKED, change)).findings.find(
    ({ family }) => family === 'half-closed-leak',
  );
  expect(leak?.state).toBe('latent');
  return leak?.story.join('\n') ?? '';
}

const another = (port: number): string =>
  `tcp   FIN-WAIT-2 0 0 127.0.0.1:15001 172.29.73.7:${port} users:(("envoy-sim",pid=112,fd=9)) ino:9 sk:9 <--\n`;

describe('the story of a latent leak', () => {
  it('says how likely the next connect gets the port, and what that rests on', () => {
    // 32768-60999 has 14116 ports of one parity.
    expect(story()).toContain('the next connect gets port 44410 with a probability of 1 in 14116.');
    expect(story()).toContain('anywhere in 32768-60999 (the default: none was captured)');
    expect(story()).not.toContain('192.0.2.1');
  });

  it('says it of all ports together where there are several', () => {
    const told = story((text, path) => (/ss-naoep/.test(path) ? text + another(50_000) : text));
    expect(told).toContain(
      'It gets one of the 2 ports that have such a socket with a probability of 1 in 7058.',
    );
  });

  it('says what the named kernel does then, and that it is not known without a name', () => {
    expect(story()).toContain('Which kernel this is is not known');
    const files = [
      ...LEAKED,
      ...recording('recordings/5.19.0/case1').filter(({ path }) => /uname/.test(path)),
    ];
    const [leak] = detect(files).findings;
    expect(leak?.story.join('\n')).toContain(
      'On mainline-5.19 half of all pairs of sequence numbers fail',
    );
  });
});
