// The original carries the program for every platform, 115 MB; this one has it for this platform.
export { rgPath } from '@vscode/ripgrep';
