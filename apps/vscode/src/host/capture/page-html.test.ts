import { expect, it } from 'vitest';
import { pageHtml } from './page-html.ts';

const sources = {
  cspSource: 'https://*.example.net',
  script: 'https://a.example.net/view.js',
  style: 'https://a.example.net/view.css',
  title: '"><script>alert(1)</script>.pcap',
};

it('allows its own script and style, and nothing that is unsafe', () => {
  const html = pageHtml(sources);
  const policy = /content="([^"]*)"/.exec(html)?.[1] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|data:|\*(?!\.example)/);
  const nonce = /'nonce-(\w{32})'/.exec(policy)?.[1];
  expect(html).toContain(`<script nonce="${nonce}" src="https://a.example.net/view.js">`);
});

it('has a nonce of its own each time', () => {
  const nonce = (html: string): string | undefined => /nonce="(\w+)"/.exec(html)?.[1];
  expect(nonce(pageHtml(sources))).not.toBe(nonce(pageHtml(sources)));
});

it('takes no markup from the name of a file', () => {
  expect(pageHtml(sources)).not.toContain('<script>alert');
});
