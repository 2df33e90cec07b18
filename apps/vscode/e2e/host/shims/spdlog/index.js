// The native logger, in a few lines: VS Code writes its logs and those of extensions through it.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
let level = 2;

class Logger {
  #file;
  #own;
  #isPlain = false;

  constructor(file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, '');
    LEVELS.forEach((name, rank) => {
      this[name] = (message) => this.#write(rank, name, message);
    });
  }

  #write(rank, name, message) {
    if (rank < this.getLevel()) return;
    const line = `${new Date().toISOString().replace(/[TZ]/g, ' ')}[${name}] ${message}\n`;
    appendFileSync(this.#file, this.#isPlain ? message : line);
  }

  getLevel() {
    return this.#own ?? level;
  }

  setLevel(wanted) {
    this.#own = wanted;
  }

  clearFormatters() {
    this.#isPlain = true;
  }

  setPattern() {}
  flush() {}
  drop() {}
}

const create = async (_name, file) => new Logger(file);

// One by one: Node finds the names that an ES module imports by reading these lines.
exports.version = 0;
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
exports.setFlushOn = () => undefined;
exports.setLevel = (wanted) => {
  level = wanted;
};
exports.shutdown = () => undefined;
