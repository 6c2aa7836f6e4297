import { describe, expect, it } from 'vitest';
import { namedImage } from '../../../../src/adapters/engine/image-names.ts';
import { pullFailure } from '../../../../src/adapters/engine/pull-error.ts';
import type { EngineKind } from '../../../../src/core/model/container.ts';

interface Said {
  readonly reference?: string;
  readonly status?: number | null;
  readonly from?: string | null;
  readonly note?: string;
}

function failureOf(engine: EngineKind, words: string, said: Said = {}): ReturnType<typeof pullFailure> {
  return pullFailure({
    engine,
    image: namedImage(said.reference ?? 'registry.example/shop/web:3'),
    words,
    status: said.status ?? null,
    credentialsFrom: said.from ?? null,
    loginNote: said.note ?? '',
  });
}

/** Texts as Docker 20.10 and 26.1 and Podman 4.3 and 5.4 write them. */
const texts = [
  [
    'docker',
    'PULL_DENIED',
    'Get "https://registry.example/v2/shop/web/manifests/3": no basic auth credentials',
  ],
  [
    'docker',
    'PULL_DENIED',
    'Head "https://registry.example/v2/shop/web/manifests/3": unauthorized: authentication required',
  ],
  ['podman', 'PULL_DENIED', 'Error: initializing source: unauthorized: access to the resource is denied'],
  [
    'podman',
    'PULL_DENIED',
    'Error: initializing source: unable to retrieve auth token: invalid username/password: unauthorized',
  ],
  ['docker', 'PULL_LIMITED', 'toomanyrequests: You have reached your pull rate limit.'],
  [
    'podman',
    'PULL_LIMITED',
    'Error: initializing source: reading manifest 3: received unexpected HTTP status: 429 Too Many Requests',
  ],
  [
    'docker',
    'PULL_UNREACHABLE',
    'Get "https://registry.example/v2/": proxyconnect tcp: dial tcp 127.0.0.1:3128: connect: connection refused',
  ],
  [
    'podman',
    'PULL_UNREACHABLE',
    'Error: pinging container registry registry.example: Get "https://registry.example/v2/": Proxy Authentication Required',
  ],
  [
    'docker',
    'PULL_UNREACHABLE',
    'Get "https://registry.example/v2/": dial tcp: lookup registry.example: no such host',
  ],
  [
    'docker',
    'PULL_CERTIFICATE',
    'Get "https://registry.example/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
  [
    'podman',
    'PULL_CERTIFICATE',
    'Error: pinging container registry: x509: certificate has expired or is not yet valid',
  ],
  ['docker', 'IMAGE_UNKNOWN', 'manifest for registry.example/shop/web:3 not found: manifest unknown'],
  [
    'docker',
    'IMAGE_PLATFORM',
    'no matching manifest for linux/amd64 in the manifest list entries: denied: not found',
  ],
  ['docker', 'DISK_FULL', 'failed to register layer: write /big: no space left on device; unexpected EOF'],
  ['podman', 'PULL_FAILED', 'Error: something that nobody has seen before'],
] as const;

describe('a pull that failed', () => {
  it.each(texts)('with %s is %s: %s', (engine, code, words) => {
    const failure = failureOf(engine, words);
    expect(failure.code).toBe(code);
    expect(failure.message).toContain('registry.example/shop/web:3');
    expect(failure.next).not.toBe('');
  });

  it.each([
    [401, 'PULL_DENIED'],
    [403, 'PULL_DENIED'],
    [404, 'IMAGE_UNKNOWN'],
    [429, 'PULL_LIMITED'],
    [500, 'PULL_FAILED'],
  ])('with words that say nothing is told by the status %i: %s', (status, code) => {
    expect(failureOf('docker', 'no further words', { status }).code).toBe(code);
  });

  it('tells whose credentials were refused, and how to log in as whom', () => {
    const refused = { from: '/root/.docker/config.json', note: ' (as root)' };
    const failure = failureOf('docker', 'unauthorized', refused);
    expect(failure.message).toContain('the credentials from /root/.docker/config.json');
    expect(failure.next).toBe(
      'log in with: docker login registry.example (as root); or, for this host: gear registry login registry.example',
    );
  });

  it('of an image that the hub denies is an unknown one, since the hub does not tell what is private', () => {
    const words =
      'pull access denied for nignx, repository does not exist: requested access to the resource is denied';
    const failure = failureOf('docker', words, { reference: 'nignx', status: 404 });
    expect(failure).toMatchObject({ code: 'IMAGE_UNKNOWN' });
    expect(failure.next).toContain('docker login docker.io');
  });

  it('through a proxy is sent to where that engine has its proxy', () => {
    const words = 'proxyconnect tcp: dial tcp: lookup proxy: no such host';
    expect(failureOf('docker', words).message).toContain('cannot be reached through the proxy');
    expect(failureOf('docker', words).next).toContain('systemctl show docker');
    expect(failureOf('podman', words).next).toContain('HTTPS_PROXY');
  });

  it('from a registry without TLS says so, and where to allow it', () => {
    const words = 'http: server gave HTTP response to HTTPS client';
    expect(failureOf('docker', words).message).toContain('speaks plain HTTP');
    expect(failureOf('podman', words).next).toContain('registries.conf');
  });
});
