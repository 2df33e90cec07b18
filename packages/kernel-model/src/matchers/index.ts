export { assertScenario, assertVerdict } from './assert.ts';
export type { KernelMatchers, MatcherResult } from './matcher-types.ts';
export { matchers } from './matchers.ts';
export { ModelAssertionError } from './model-assertion-error.ts';
