/** A lab that cannot run on this machine: the reason in one line. The CLI turns it into exit status 5. */
export class LabUnavailable extends Error {
  override name = 'LabUnavailable';
}

/** Anything else that goes wrong in the lab, told in words. The CLI turns it into exit status 1. */
export class LabError extends Error {
  override name = 'LabError';
}
