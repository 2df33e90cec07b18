import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { wantsColor, widthOf, write } from './terminal.ts';
import { collectText } from './testing/run-command.ts';

describe('wantsColor', () => {
  const colors = (isTTY: boolean, env: Record<string, string>, color?: boolean): boolean =>
    wantsColor({ stdout: collectText(isTTY).stream, env }, color === undefined ? {} : { color });

  it('colours a terminal, and nothing else', () => {
    expect(colors(true, {})).toBe(true);
    expect(colors(false, {})).toBe(false);
    expect(colors(true, { TERM: 'dumb' })).toBe(false);
  });

  it('heeds NO_COLOR unless it is empty', () => {
    expect(colors(true, { NO_COLOR: '1' })).toBe(false);
    expect(colors(true, { NO_COLOR: '' })).toBe(true);
  });

  it('heeds FORCE_COLOR, but NO_COLOR before it', () => {
    expect(colors(false, { FORCE_COLOR: '1' })).toBe(true);
    expect(colors(true, { FORCE_COLOR: '0' })).toBe(false);
    expect(colors(true, { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  });

  it('heeds --color and --no-color before all', () => {
    expect(colors(false, { NO_COLOR: '1' }, true)).toBe(true);
    expect(colors(true, { FORCE_COLOR: '1' }, false)).toBe(false);
  });
});

describe('widthOf', () => {
  it('is the terminal’s width, up to what is readable, and 100 where there is none', () => {
    const { stream } = collectText();
    expect(widthOf({ stdout: stream })).toBe(100);
    expect(widthOf({ stdout: Object.assign(stream, { columns: 72 }) })).toBe(72);
    expect(widthOf({ stdout: Object.assign(stream, { columns: 300 }) })).toBe(110);
  });
});

describe('write', () => {
  it('rejects with the error of the stream', async () => {
    const broken = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('no'), { code: 'EPIPE' })),
    });
    broken.on('error', () => undefined);
    await expect(write(broken, 'text')).rejects.toMatchObject({ code: 'EPIPE' });
  });
});
