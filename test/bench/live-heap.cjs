'use strict';
// What is still held, asked for by SIGUSR2: V8 collects when it likes, so that a heap as it is says little.
const { writeFileSync, renameSync } = require('node:fs');
const { setImmediate } = require('node:timers');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => {
  // What a finalizer lets go of is for the second.
  collect();
  setImmediate(() => {
    collect();
    writeFileSync('/run/live-heap.part', `${process.memoryUsage().heapUsed}\n`);
    renameSync('/run/live-heap.part', '/run/live-heap');
  });
});
