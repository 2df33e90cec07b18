import { Ajv2020, type AnySchemaObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordingsOf } from './testing/files.ts';
import { parseLines, runCommand } from './testing/run-command.ts';

/** Which kinds of records each parser's recordings hold. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  'ss-parser': ['ss', 'ssSummary'],
  'conntrack-parser': ['conntrack', 'conntrackStatistics'],
  'nstat-parser': ['nstat'],
  'netfilter-log-parser': ['log'],
  // Beside each text stands the capture that was printed.
  'tcpdump-parser': ['pcap', 'tcpdump'],
  'pcap-reader': ['pcap'],
  'ruleset-parser': ['ruleset', 'sysctl', 'uname'],
};

const { stdout } = await runCommand(['schema', 'parse']);
const schema: AnySchemaObject = JSON.parse(stdout);
const ajv = new Ajv2020({ allowUnionTypes: true });
ajv.addSchema(schema, 'parse');

const validatorOf = (pointer: string): ValidateFunction => {
  const validate = ajv.getSchema(`parse${pointer}`);
  if (validate === undefined) throw new Error(`the schema has no ${pointer}`);
  return validate;
};
const kinds: string[] = schema.anyOf.map(({ $ref }: { $ref: string }) => $ref.slice(8));
const validators = new Map(kinds.map((kind) => [kind, validatorOf(`#/$defs/${kind}`)]));

/**
 * The kinds that a record may be by the schema: one, if all is well. A segment without a time says
 * nothing of whether it was printed or captured.
 */
const kindsOf = (record: unknown): string[] => {
  const found = kinds.filter((kind) => validators.get(kind)?.(record));
  return String(found) === 'tcpdump,pcap' && (record as { at: unknown }).at === null
    ? ['tcpdump']
    : found;
};

describe.each(Object.entries(KINDS))('the schema of parse, for %s', (folder, expected) => {
  let records: Record<string, unknown>[] = [];

  beforeAll(async () => {
    const answer = await runCommand(['parse', 'auto', '--quiet', ...recordingsOf(folder)]);
    records = parseLines(answer.stdout);
  }, 60_000);

  it('holds for every record of every recording, and each is of one kind', () => {
    const odd = records.filter((record) => kindsOf(record).length !== 1);
    expect(odd.slice(0, 3)).toEqual([]);
    expect([...new Set(records.flatMap(kindsOf))].sort()).toEqual([...expected].sort());
  });

  it('does not hold for a record with a field that it does not name', () => {
    const sample = expected.map((kind) => records.find((record) => kindsOf(record)[0] === kind));
    for (const record of sample) expect(kindsOf({ ...record, surprise: 1 })).toEqual([]);
  });
});

describe('the schema of parse', () => {
  it('is closed: each object says that it has no other fields', () => {
    // Extended by others, which are closed themselves.
    const { loggedPacket, segment, pcap } = schema.$defs;
    const open = [loggedPacket, segment, pcap.if];
    const isOpen = (node: AnySchemaObject): boolean =>
      node.properties !== undefined &&
      node.additionalProperties !== false &&
      node.unevaluatedProperties !== false;
    expect(objectsIn(schema).filter((node) => isOpen(node) && !open.includes(node))).toEqual([]);
  });

  it('knows what date prints', async () => {
    const date = await runCommand(['parse', 'auto'], { stdin: '$ date -u +%s\n1675500436\n' });
    expect(parseLines(date.stdout).map(kindsOf)).toEqual([['date']]);
  });

  it('holds for a line of NDJSON and for no array', () => {
    const validate = validatorOf('');
    const source = { line: 1, start: 0, end: 9 };
    expect(validate({ key: 'a.b', value: '1', source })).toBe(true);
    expect(validate([{ key: 'a.b', value: '1', source }])).toBe(false);
    expect(validate({})).toBe(false);
  });
});

/** Every object in a JSON value, the value itself too. */
function objectsIn(value: unknown): AnySchemaObject[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as AnySchemaObject, ...Object.values(value).flatMap(objectsIn)];
}
