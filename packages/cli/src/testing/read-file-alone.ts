import { readFileSync } from 'node:fs';
import { parseConntrack } from '@tuplescope/conntrack-parser';
import { parsePcap } from '@tuplescope/pcap-reader';
import { parseSs } from '@tuplescope/ss-parser';

/** Reads one file with its parser alone, in a process that does nothing else; prints CPU seconds. */
const PARSERS = { conntrack: parseConntrack, pcap: parsePcap, ss: parseSs };

const [kind = '', path = ''] = process.argv.slice(2);
const begin = process.cpuUsage();
const { length } = PARSERS[kind as keyof typeof PARSERS](readFileSync(path));
const { user, system } = process.cpuUsage(begin);
if (length === 0) throw new Error(`${path} has no records`);
process.stdout.write(String((user + system) / 1e6));
