#!/usr/bin/env -S node --
// CommonJS, because Node starts an ES module some milliseconds later; `--`, because Node 20 takes --env-file for itself
// wherever it stands, and would put the file into the environment of gear.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
if (process.argv.length === 3 && process.argv[2] === '--version') {
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  fs.writeSync(1, `gear/${version} ${process.platform}-${process.arch} node-${process.version}\n`);
} else {
  runBundle(path.join(root, 'dist', 'gear.cjs'));
}

/** Runs the bundle in the form that V8 compiled it to in an earlier run, which halves the time to start. */
function runBundle(filename) {
  const source = fs.readFileSync(filename, 'latin1'); // the build writes ASCII only
  const cache = attempt(() => cacheFile(path.dirname(filename), source));
  const cachedData = attempt(() => (isPrivate(cache) ? fs.readFileSync(cache) : undefined));
  // The source begins on the wrapper's own line, so that line numbers in stack traces are the bundle's.
  const wrapper = `(function (require, __filename, __dirname) {${source}\n})`;
  const script = new (require('node:vm').Script)(wrapper, { filename, cachedData });
  if (cache && (!cachedData || script.cachedDataRejected)) {
    process.once('exit', (status) => status || attempt(() => writeCache(cache, script.createCachedData())));
  }
  script.runInThisContext()(require, filename, path.dirname(filename));
}

/**
 * One file for each build, Node and command, so that each holds just the functions that its command uses. The build's
 * id is the bundle's first line: V8 itself would take the cache of any other source of the same length.
 */
function cacheFile(dist, source) {
  const build = /^\/\/ build ([0-9a-f]{16})\n/.exec(source)[1];
  const word = process.argv[process.argv[2] === '--user' ? 3 : 2] ?? '';
  const command = /^[a-z][a-z-]{0,30}$/.test(word) ? word : 'any';
  const name = `${build}-${process.version}-${process.arch}-${command}`;
  const beside = isPrivate(dist) && makePrivate(path.join(dist, 'cache'));
  if (beside && (isWritable(beside) || fs.existsSync(path.join(beside, name))))
    return path.join(beside, name);
  const home = homeFolder();
  return home && path.join(home, name);
}

/** False on a file system that is read-only, for root as well. */
function isWritable(folder) {
  return attempt(() => fs.accessSync(folder, fs.constants.W_OK) ?? true) === true;
}

function homeFolder() {
  const { XDG_CACHE_HOME: xdg, HOME: home } = process.env;
  // In the home of another user, which sudo can keep, that user could exchange the folder.
  if (fs.statSync(xdg || home).uid !== process.geteuid()) return undefined;
  return makePrivate(xdg ? path.join(xdg, 'gear') : path.join(home, '.cache', 'gear'));
}

function makePrivate(folder) {
  attempt(() => fs.mkdirSync(folder, { recursive: true, mode: 0o700 }));
  return isPrivate(folder) ? folder : undefined;
}

/** A cache is code: nobody but this user may be able to write it, or to put another in its place. */
function isPrivate(name) {
  const stat = fs.lstatSync(name, { throwIfNoEntry: false }); // a link has mode 0777
  return stat?.uid === process.geteuid() && (stat.mode & 0o022) === 0;
}

function writeCache(file, data) {
  const folder = path.dirname(file);
  const monthAgoMs = Date.now() - 30 * 24 * 3600 * 1000;
  for (const name of fs.readdirSync(folder)) {
    if (fs.statSync(path.join(folder, name)).mtimeMs < monthAgoMs) fs.rmSync(path.join(folder, name));
  }
  fs.writeFileSync(`${file}.${process.pid}`, data, { mode: 0o600, flag: 'wx' });
  fs.renameSync(`${file}.${process.pid}`, file);
}

/** The cache only saves time: what fails about it (no home, a full disk, a read-only one) leaves gear as it is. */
function attempt(step) {
  try {
    return step();
  } catch {
    return undefined;
  }
}
