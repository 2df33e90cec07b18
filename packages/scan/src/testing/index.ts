export { bytesPerRow, compareWithFloor, printComparison } from './bench.ts';
export { describeParserContract, type ParserContract } from './parser-contract.ts';
