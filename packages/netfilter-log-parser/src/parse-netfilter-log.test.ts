import { readFileSync } from 'node:fs';
import { describeParserContract } from '@tuplescope/scan/testing';
import { parseNetfilterLog } from './parse-netfilter-log.ts';
import { streamNetfilterLog } from './stream-netfilter-log.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

const sample = fixture('linux-6.1.192-log-invalid.txt');
const line = sample.split('\n')[5] as string;

describeParserContract({
  name: 'parseNetfilterLog',
  parse: parseNetfilterLog,
  stream: streamNetfilterLog,
  sample,
  damage: [line, line.slice(0, line.indexOf(' DST='))],
  worstCase: (bytes) => 'IN=IN= OUT=SRC=[(OPT (['.repeat(Math.ceil(bytes / 23)),
});
