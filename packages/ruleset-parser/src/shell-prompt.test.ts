import { toBytes } from '@tuplescope/scan';
import { describe, expect, it } from 'vitest';
import { commandAtPrompt } from './shell-prompt.ts';

const commandOf = (line: string): string | null => {
  const bytes = toBytes(line);
  return commandAtPrompt(bytes, 0, bytes.length);
};

describe('commandAtPrompt', () => {
  it('gives the command after every usual prompt', () => {
    for (const prompt of [
      '$',
      '#',
      '%',
      'root@pod:/#',
      '[root@node ~]#',
      'fortio-0:/ $',
      'sle:/proc/sys #',
      '~/a $',
    ]) {
      expect(commandOf(`${prompt} iptables -S`), prompt).toBe('iptables -S');
    }
  });

  it('takes no other line for a prompt', () => {
    for (const line of [
      '',
      '$',
      '# ',
      '[0:0] -A X',
      '-A X -j Y',
      'a, b $ c',
      '[root@node',
      '#comment',
      'a = b # c',
    ]) {
      expect(commandOf(line), line).toBeNull();
    }
  });
});
