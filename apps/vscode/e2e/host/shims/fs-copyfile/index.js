const { copyFile } = require('node:fs/promises');

// The native one clones files where the file system can; a copy serves the tests.
exports.copyFile = copyFile;
exports.isCloneSupported = () => false;
