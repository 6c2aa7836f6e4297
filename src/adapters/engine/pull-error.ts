import type { EngineKind } from '../../core/model/container.ts';
import { formatImageReference } from '../../core/model/image-reference.ts';
import type { NamedImage } from '../../core/model/image-reference.ts';
import { paths } from '../../core/model/paths.ts';
import type { ErrorCode } from '../../errors/codes.ts';
import type { Failure } from '../../errors/failure.ts';
import { engineWords, titleOf } from './engine-failure.ts';

/** What an engine said when it could not pull, or ask a registry. `words` is already without secrets. */
export interface PullRefusal {
  readonly engine: EngineKind;
  readonly image: NamedImage;
  readonly words: string;
  /** HTTP status of dockerd's answer; null when it was said in the stream, or by Podman. */
  readonly status: number | null;
  /** The file whose credentials were sent; null when the pull was anonymous or the engine looked for itself. */
  readonly credentialsFrom: string | null;
  /** What it was to do; absent: pull. */
  readonly what?: string;
  /** Appended to the advice to log in: as whom, under sudo. */
  readonly loginNote: string;
}

type PullCode = Extract<
  ErrorCode,
  | 'PULL_DENIED'
  | 'PULL_LIMITED'
  | 'PULL_UNREACHABLE'
  | 'PULL_CERTIFICATE'
  | 'PULL_FAILED'
  | 'IMAGE_UNKNOWN'
  | 'IMAGE_PLATFORM'
  | 'DISK_FULL'
>;

/**
 * The engines' texts, most telling first: what a registry says often repeats within the words about another fault (a
 * 404 page of a proxy, "denied" beside "does not exist"), so order matters. Collected from Docker 20.10 and 26.1 and
 * Podman 4.3 and 5.4.
 */
const patterns: readonly (readonly [PullCode, RegExp])[] = [
  ['DISK_FULL', /no space left on device|disk quota exceeded/i],
  [
    'PULL_CERTIFICATE',
    /x509:|tls: (?:failed to verify|bad certificate|unknown certificate)|certificate (?:signed by|has expired|is valid for|is not trusted)/i,
  ],
  // A proxy's 407 says "authentication required" as well, and no login at the registry helps.
  ['PULL_UNREACHABLE', /proxyconnect|proxy authentication required/i],
  ['PULL_LIMITED', /toomanyrequests|too many requests|rate limit|status(?: code)?:? 429|\b429\b/i],
  [
    'IMAGE_PLATFORM',
    /no matching manifest|no image found in (?:manifest list|image index) for|does not match the specified platform|choosing (?:an )?image (?:instance|from manifest list)/i,
  ],
  [
    'IMAGE_UNKNOWN',
    /manifest unknown|name unknown|repository name not known|repository does not exist|not found: manifest|status(?: code)?:? 404|no such image|name invalid/i,
  ],
  [
    'PULL_DENIED',
    /unauthorized|authentication required|no basic auth credentials|access (?:to the resource )?is denied|denied:|status(?: code)?:? 40[13]|invalid username\/password|incorrect username or password|unable to retrieve auth token|\b40[13] (?:unauthorized|forbidden)/i,
  ],
  [
    'PULL_UNREACHABLE',
    /no such host|server misbehaving|connection refused|connection reset|no route to host|network is unreachable|i\/o timeout|timeout exceeded|deadline exceeded|handshake timeout|proxy|gave HTTP response to HTTPS client|request canceled|status(?: code)?:? 50[234]|unexpected EOF|\bEOF$|temporary failure in name resolution/i,
  ],
];

const byStatus: Readonly<Record<number, PullCode>> = {
  401: 'PULL_DENIED',
  403: 'PULL_DENIED',
  404: 'IMAGE_UNKNOWN',
  429: 'PULL_LIMITED',
};

/** Tells a failed pull apart: refused, limited, unreachable, not trusted, unknown, another platform, disk full, or else PULL_FAILED. */
export function pullFailure(refusal: PullRefusal): Failure {
  const code = pullCode(refusal);
  const reference = formatImageReference(refusal.image);
  return {
    code,
    message: `${titleOf(refusal.engine)} could not ${refusal.what ?? 'pull'} ${reference}: ${says(code, refusal)}`,
    next: nextStep(code, refusal),
    subject: reference,
    details: [engineWords(refusal.words)].filter((line) => line !== ''),
  };
}

/** The same of a login. */
export function loginFailure(refusal: PullRefusal): Failure {
  const { engine, image } = refusal;
  const known = pullCode(refusal);
  const denied = known === 'PULL_DENIED' || known === 'IMAGE_UNKNOWN';
  const code = denied ? 'PULL_DENIED' : known;
  const why = denied ? `${image.domain} does not accept this user with this password` : says(code, refusal);
  const next =
    code === 'PULL_FAILED' ? `try by hand with: ${engine} login ${image.domain}` : nextStep(code, refusal);
  return {
    code,
    message: `${titleOf(engine)} could not log in to ${image.domain}: ${why}`,
    next: denied ? 'check both; many registries want a token in place of the password' : next,
    subject: image.domain,
    details: [engineWords(refusal.words)].filter((line) => line !== ''),
  };
}

function pullCode({ words, status, image }: PullRefusal): PullCode {
  // The hub denies what does not exist, so as not to tell what is private.
  if (image.domain === 'docker.io' && /requested access to the resource is denied/.test(words))
    return 'IMAGE_UNKNOWN';
  const known = patterns.find(([, pattern]) => pattern.test(words))?.[0];
  return known ?? byStatus[status ?? 0] ?? 'PULL_FAILED';
}

function says(code: PullCode, { image, words, credentialsFrom }: PullRefusal): string {
  switch (code) {
    case 'PULL_DENIED':
      return credentialsFrom === null
        ? `${image.domain} asks for credentials, or does not accept the stored ones`
        : `${image.domain} does not accept the credentials from ${credentialsFrom}`;
    case 'PULL_LIMITED':
      return `${image.domain} answers 429, too many requests`;
    case 'PULL_UNREACHABLE':
      if (plainHttp(words)) return `${image.domain} speaks plain HTTP, not HTTPS`;
      return `${image.domain} cannot be reached${throughProxy(words) ? ' through the proxy' : ''}`;
    case 'PULL_CERTIFICATE':
      return `the certificate of ${image.domain} is not trusted`;
    case 'IMAGE_UNKNOWN':
      return `${image.domain} has no such image`;
    case 'IMAGE_PLATFORM':
      return 'it was not built for the architecture of this host';
    case 'DISK_FULL':
      return 'there is no space left for it';
    case 'PULL_FAILED':
      return engineWords(words).replace(/\.$/, '') || 'it gave no reason';
  }
}

function nextStep(code: PullCode, refusal: PullRefusal): string {
  const { engine, image, words, loginNote, credentialsFrom } = refusal;
  const ofHost = `gear registry login ${image.domain}`;
  const login =
    credentialsFrom === paths.registries
      ? ofHost
      : `${engine} login ${image.domain}${loginNote}; or, for this host: ${ofHost}`;
  switch (code) {
    case 'PULL_DENIED':
      return `log in with: ${login}`;
    case 'PULL_LIMITED':
      return `wait a while, or log in for a higher limit with: ${login}`;
    case 'PULL_UNREACHABLE':
      if (plainHttp(words))
        return `give it TLS, or tell ${titleOf(engine)} that it is insecure in ${insecure(engine)}`;
      return throughProxy(words)
        ? `check the proxy of ${engine === 'docker' ? 'docker.service (systemctl show docker -p Environment)' : 'this shell (HTTPS_PROXY)'}`
        : `check the name and the way there with: curl -v https://${host(image)}/v2/`;
    case 'PULL_CERTIFICATE':
      return `put the CA certificate into /etc/${engine === 'docker' ? 'docker' : 'containers'}/certs.d/${image.domain}/ca.crt`;
    case 'IMAGE_UNKNOWN':
      return `check the name and the tag; if the image is private, log in with: ${login}`;
    case 'IMAGE_PLATFORM':
      return 'use a tag that was built for this architecture';
    case 'DISK_FULL':
      return `see what uses the space with: ${engine} system df`;
    case 'PULL_FAILED':
      return `try by hand with: ${engine} pull ${formatImageReference(image)}`;
  }
}

function insecure(engine: EngineKind): string {
  return engine === 'docker'
    ? '/etc/docker/daemon.json (insecure-registries)'
    : '/etc/containers/registries.conf';
}

function throughProxy(words: string): boolean {
  return /proxyconnect|proxy authentication required/i.test(words);
}

function plainHttp(words: string): boolean {
  return words.includes('HTTP response to HTTPS client');
}

function host(image: NamedImage): string {
  return image.domain === 'docker.io' ? 'registry-1.docker.io' : image.domain;
}
