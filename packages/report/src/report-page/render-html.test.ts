import { readIncidents } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import { makeReport } from '../make-report.ts';
import { shownText } from '../markup.ts';
import { HOSTILE } from '../testing/hostile.ts';
import { active, CONNECTING, file, pod, staleRow } from '../testing/incidents.ts';
import { attributeOf, elementsNamed, pageNodes, textIn } from '../testing/page-nodes.ts';
import { recordedIncidents } from '../testing/recordings.ts';
import { renderHtml } from './render-html.ts';

const page = (incidents: ReturnType<typeof active>): string =>
  renderHtml(makeReport(incidents, '1.0.0'), incidents);

const nodesOf = (incidents: ReturnType<typeof active>) => pageNodes(page(incidents));

describe('renderHtml', () => {
  it('begins with the findings, the worst first, and leads to each', () => {
    const nodes = nodesOf(active());
    expect(elementsNamed(nodes, 'h1').map(textIn)).toEqual(['Tuplescope: 2 active']);
    const links = elementsNamed(nodes, 'a').map((link) => attributeOf(link, 'href') ?? '');
    const ids = elementsNamed(nodes, 'section').map((section) => attributeOf(section, 'id'));
    expect(links.filter((href) => href.startsWith('#'))).toEqual(ids.map((id) => `#${id}`));
    const titles = elementsNamed(nodes, 'h3').map(textIn);
    expect(titles.slice(0, 5)).toEqual([
      'What happened',
      'Evidence',
      'What helps',
      'What is missing',
      'Read more',
    ]);
  });

  it('shows each record among the lines around it', () => {
    const [block] = elementsNamed(nodesOf(active()), 'pre').map(textIn);
    expect(block).toContain(`2${staleRow().trimEnd()}`);
    expect(block).toContain('1Netid State');
    expect(block).toContain('3tcp   SYN-SENT');
  });

  it('says of each mitigation whether it works, why, and what that rests on', () => {
    const text = elementsNamed(nodesOf(active()), 'li').map(textIn);
    expect(text.some((one) => one.startsWith('✓ Works: Close the stale socket now'))).toBe(true);
    expect(text.some((one) => one.startsWith('✗ Does not help: '))).toBe(true);
    expect(text.some((one) => one.includes('Basis: tried in a simulated pod'))).toBe(true);
  });

  it('draws the ladder of the port that collides, with its packets behind it', () => {
    const nodes = nodesOf(recordedIncidents('5.19.0-case1'));
    const [ladder, ...others] = elementsNamed(nodes, 'svg').map(textIn);
    expect(others).toEqual([]);
    expect(ladder).toContain('Port 44410 meets an old socket: the RST is lost');
    expect(elementsNamed(nodes, 'tbody')[0]?.childNodes).toHaveLength(22);
    expect(elementsNamed(nodesOf(active()), 'svg')).toEqual([]);
  });

  it('needs no script and no network, and says so to the browser', () => {
    const nodes = nodesOf(recordedIncidents('5.19.0-case1'));
    for (const name of ['script', 'link', 'img', 'iframe', 'object', 'base', 'form']) {
      expect(elementsNamed(nodes, name)).toEqual([]);
    }
    const policy = elementsNamed(nodes, 'meta').find(
      (one) => attributeOf(one, 'http-equiv') === 'Content-Security-Policy',
    );
    expect(policy && attributeOf(policy, 'content')).toMatch(/^default-src 'none'; /);
    const attributes = nodes.flatMap((node) => ('attrs' in node ? node.attrs : []));
    expect(attributes.filter(({ name }) => /^(on|src|xlink:href)/.test(name))).toEqual([]);
    for (const style of elementsNamed(nodes, 'style')) {
      expect(textIn(style)).not.toMatch(/@import|url\((?!#)/);
    }
  });

  it('is light or dark as its reader is, and light on paper', () => {
    const css = elementsNamed(nodesOf(active()), 'style').map(textIn).join('');
    expect(css).toContain('@media screen and (prefers-color-scheme:dark)');
    expect(css).toContain('@media print');
  });

  it('says that nothing was found, of the port that was asked for', () => {
    const incidents = readIncidents(pod(''));
    const report = makeReport(incidents, '1');
    expect(renderHtml(report, incidents)).toContain('Tuplescope: nothing found');
    expect(renderHtml(report, incidents, { port: 9 })).toContain('concerns port 9.');
  });

  it.each(HOSTILE)('shows a process and a file called %j as text', (name) => {
    const hostile = readIncidents([
      ...pod(staleRow(name.replaceAll(/[\n\r"]/g, '')) + CONNECTING),
      file(`pod/${name}.txt`, 'not known'),
    ]);
    const allowed = new Set(nodesOf(active()).map(({ nodeName }) => nodeName));
    const nodes = nodesOf(hostile);
    expect(nodes.map((one) => one.nodeName).filter((one) => !allowed.has(one))).toEqual([]);
    const shown = nodes.map((one) => ('value' in one ? one.value : '')).join('');
    expect(shown).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
    expect(shown).toContain(shownText(`pod/${name}.txt`));
  });
});
