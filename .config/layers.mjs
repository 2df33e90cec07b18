/**
 * The layers of the house, from the ground up: which packages a package may import.
 *
 * turbo's tags say which layer stands below which, but they count the dependencies of dependencies
 * too, so they cannot say that a detector sees an incident and not its parsers. This table can.
 *
 * @typedef {object} Layer
 * @property {readonly string[]} imports folders in `packages` whose values and types it may import
 * @property {readonly string[]} [types] folders of which it may import types only (its tests: values too)
 * @property {readonly string[]} [provided] what its host hands it when it runs, so that it is no dependency
 * @property {boolean} [libraries] whether it may depend on packages that are not ours; no one else may
 */

/** @type {Layer} */
const parser = { imports: ['net', 'scan'] };

const parsers = {
  'conntrack-parser': parser,
  'netfilter-log-parser': parser,
  'nstat-parser': parser,
  'pcap-reader': parser,
  'ruleset-parser': parser,
  'ss-parser': parser,
  'tcpdump-parser': parser,
};

/** @type {Readonly<Record<string, Layer>>} */
const core = {
  net: { imports: [] },
  scan: { imports: [] },
  ...parsers,
  'kernel-model': { imports: ['net'] },
  archive: { imports: ['scan'], libraries: true },
  conversation: { imports: ['net'] },
  incident: { imports: ['net', 'scan', ...Object.keys(parsers)] },
  simulation: { imports: ['net', 'kernel-model'], types: ['incident'] },
  // These select what they need from an incident with the incident's own functions.
  'packet-explainer': { imports: ['net', 'kernel-model', 'conversation', 'incident'] },
  'collision-detector': {
    imports: ['net', 'scan', 'kernel-model', 'conversation', 'simulation', 'incident'],
  },
};

/** @type {Readonly<Record<string, Layer>>} */
export const layers = {
  ...core,
  report: { imports: Object.keys(core), libraries: true },
  cli: { imports: [...Object.keys(core), 'report'], libraries: true },
  vscode: { imports: [...Object.keys(core), 'report'], libraries: true, provided: ['vscode'] },
};
