import type { ErrorEntry } from './error-entry.ts';

/** The failures of images, which engines fetch or are sent. */
export const imageErrors = {
  IMAGE_UNKNOWN: {
    title: 'The image does not exist',
    explanation: 'Neither the host nor the registry has an image of that name.',
    exit: 'input',
  },
  IMAGE_REFERENCE: {
    title: 'The image name cannot be read',
    explanation: 'An image is [registry[:port]/]name[:tag][@sha256:digest], in lower case.',
    exit: 'input',
  },
  PULL_DENIED: {
    title: 'The registry refused the credentials',
    explanation: 'The registry answered 401 or 403 for this image.',
    exit: 'environment',
  },
  PULL_LIMITED: {
    title: 'The registry limits requests',
    explanation: 'The registry answered 429: too many requests for this account or address.',
    exit: 'environment',
  },
  PULL_UNREACHABLE: {
    title: 'The registry cannot be reached',
    explanation: 'The name did not resolve, the connection failed or timed out, or a proxy refused it.',
    exit: 'environment',
  },
  PULL_CERTIFICATE: {
    title: 'The certificate of the registry is not trusted',
    explanation: 'The engine does not trust the TLS certificate that the registry presented.',
    exit: 'environment',
  },
  PULL_FAILED: {
    title: 'The pull failed',
    explanation: 'The engine could not fetch or store the image.',
    exit: 'environment',
  },
  IMAGE_PLATFORM: {
    title: 'The image is for another architecture',
    explanation: 'The image was built for an architecture that this host does not run.',
    exit: 'input',
  },
  IMAGE_DAMAGED: {
    title: 'An image arrived otherwise than it was sent',
    explanation:
      'A layer, or the image as the engine has it after the load, does not have the digest that it must have. Nothing uses it.',
    exit: 'environment',
  },
} as const satisfies Record<string, ErrorEntry>;
