import { type CapturedFile, type Incident, readIncidents } from '@tuplescope/incident';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { makeReport } from '../make-report.ts';
import { shownText } from '../markup.ts';
import { HOSTILE } from '../testing/hostile.ts';
import { active, CONNECTING, file, pod, staleRow } from '../testing/incidents.ts';
import { elementsNamed, pageNodes, textIn } from '../testing/page-nodes.ts';
import { recordedIncidents } from '../testing/recordings.ts';
import { renderMarkdown } from './render-markdown.ts';

const markdown = (incidents: readonly Incident[]): string =>
  renderMarkdown(makeReport(incidents, '1.0.0'), incidents);

/** What a reader of the ticket sees, by GitHub's grammar. */
const nodesOf = (text: string) =>
  pageNodes(
    micromark(text, {
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
      allowDangerousHtml: true,
    }),
  );

const read = (files: readonly CapturedFile[]): Incident[] => readIncidents(files);

describe('renderMarkdown', () => {
  it('begins with the summary, then tells the findings by state', () => {
    const lines = markdown(active()).split('\n');
    expect(lines[0]).toBe('# Tuplescope: 2 active');
    expect(lines[2]).toBe(
      '- **Active:** Port 44410 collides: app (pid 260, fd 3) cannot connect to 172.21.206.198:7777, because its SYN meets a stale socket of envoy (pid 112, fd 4).',
    );
    const titles = lines.filter((line) => /^##{0,1} |^#{4} /.test(line)).slice(1, 7);
    expect(titles).toEqual([
      '## Active',
      '#### What happened',
      '#### Evidence',
      '#### What helps',
      '#### What is missing',
      '#### Read more',
    ]);
  });

  it('quotes each record in a table, with its file and line', () => {
    const [, first] = elementsNamed(nodesOf(markdown(active())), 'tr').map((row) =>
      row.childNodes.map(textIn).filter((text) => text.trim() !== ''),
    );
    expect(first).toEqual([
      'pod/ss.txt:2',
      'The stale socket: FIN-WAIT-2, 127.0.0.1:15001 ↔ 172.29.73.7:44410.',
      staleRow().trim().replace(/ +/g, ' '),
    ]);
  });

  it('gives commands in blocks to copy, and says what each answer rests on', () => {
    const text = markdown(active());
    const blocks = elementsNamed(nodesOf(text), 'pre').map(textIn);
    expect(blocks).toContain(
      'nsenter -t 112 -n ss -K state fin-wait-2 src 127.0.0.1:15001 dst 172.29.73.7:44410\n',
    );
    expect(blocks).toContain('nsenter -t 112 -n nstat -zas\n');
    expect(text).toMatch(/- ✓ \*\*Works: Close the stale socket now\.\*\*/);
    expect(text).toMatch(/- ✗ \*\*Does not help: /);
    expect(text).toContain('  - Basis: tried in a simulated pod that is built from this incident.');
  });

  it('draws the packets of a collision that was captured, once', () => {
    const text = markdown(recordedIncidents('5.19.0-case1'));
    expect(text.match(/```mermaid\nsequenceDiagram\n/g)).toHaveLength(1);
    expect(markdown(active())).not.toContain('mermaid');
  });

  it('ends with the kernel and what was read', () => {
    const text = markdown(active());
    expect(text).toContain('- **Kernel:** 5.19.0, profile ');
    expect(text).toContain('- **Read:** 3 outputs in 3 files, 1 snapshot.');
    expect(text).toMatch(/Made by tuplescope 1\.0\.0\.\n$/);
  });

  it('says that nothing was found, of the port that was asked for', () => {
    const incidents = read(pod(''));
    const report = makeReport(incidents, '1');
    expect(renderMarkdown(report, incidents)).toContain(
      '# Tuplescope: nothing found\n\nNothing collides: none of the known kinds',
    );
    expect(renderMarkdown(report, incidents, { port: 9 })).toContain('concerns port 9.');
  });

  it.each(HOSTILE)('shows a process and a file called %j as text', (name) => {
    const hostile = read([
      ...pod(staleRow(name.replaceAll(/[\n\r"]/g, '')) + CONNECTING),
      file(`pod/${name}.txt`, 'not known'),
    ]);
    const text = markdown(hostile);
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
    const allowed = new Set([
      ...nodesOf(markdown(active())).map((one) => one.nodeName),
      '#comment',
    ]);
    const nodes = nodesOf(text);
    expect(nodes.map((one) => one.nodeName).filter((one) => !allowed.has(one))).toEqual([]);
    expect(nodes.map((one) => ('value' in one ? one.value : '')).join('')).toContain(
      shownText(`pod/${name}.txt`),
    );
    const hrefs = elementsNamed(nodes, 'a').map(({ attrs }) => attrs[0]?.value);
    expect(hrefs.filter((href) => href?.includes('example.org'))).toEqual([]);
  });
});
