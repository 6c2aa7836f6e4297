import { Flags } from '@oclif/core';
import { exportFormats } from '../core/descriptor/foreign/formats.ts';

/** In which format an app is written. */
export const exportFormatFlag = Flags.option({
  options: exportFormats,
  description: 'Format to write; quadlet is a bundle of files, as podman quadlet install takes it',
  default: 'native',
})();
