'use strict';
// Told by the kernel (getrusage(2), ru_maxrss), in KiB, when the measured process ends.
process.on('exit', () => {
  process.stderr.write(`peak ${process.resourceUsage().maxRSS}\n`);
});
