import { describe, expect, it } from 'vitest';
import { isInherited } from '../../../../src/core/render/environment-names.ts';
import {
  checkEnvironment,
  checkEnvironmentValue,
  environmentFiles,
} from '../../../../src/core/render/environment-file.ts';

describe('the two files', () => {
  it('part the names that an engine command, its shell or its loader reads from the others', () => {
    const files = environmentFiles({ B: 'b "q" $x', PATH: '/bin', A: 'a', https_proxy: 'http://p' });
    expect(files.inherited).toBe('A="a"\nB="b \\"q\\" \\$x"\n');
    expect(files.raw).toBe('PATH=/bin\nhttps_proxy=http://p\n');
  });

  it('are one where no such name is', () => {
    expect(environmentFiles({ A: '' })).toEqual({ inherited: 'A=""\n', raw: null });
  });
});

it.each([
  ...[
    'PATH',
    'HOME',
    'DOCKER_HOST',
    'LD_PRELOAD',
    'no_proxy',
    'ALL_PROXY',
    'GODEBUG',
    'XDG_RUNTIME_DIR',
    'TMPDIR',
  ],
  ...[
    'SSL_CERT_FILE',
    'NOTIFY_SOCKET',
    'LISTEN_FDS',
    'SYSTEMD_LOG_LEVEL',
    'CONTAINER_HOST',
    'CONTAINERS_CONF',
  ],
  ...[
    'REGISTRY_AUTH_FILE',
    'STORAGE_DRIVER',
    'PODMAN_IGNORE_CGROUPSV1_WARNING',
    'BASH_ENV',
    'ENV',
    'IFS',
    'PS4',
  ],
  ...[
    'LANG',
    'LC_ALL',
    'TZ',
    'TERM',
    'MAINPID',
    'GEAR_HASH',
    'gear_name',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    '_',
  ],
])('%s never stands in the environment of an engine command', (name) => {
  expect(isInherited(name)).toBe(false);
});

it.each(['DATABASE_URL', 'API_KEY', 'NODE_ENV', 'POSTGRES_PASSWORD', 'MYSQL_HOST', 'JAVA_OPTS', 'PORT'])(
  '%s is inherited',
  (name) => {
    expect(isInherited(name)).toBe(true);
  },
);

describe('checkEnvironmentValue', () => {
  it.each([
    ['a carriage return', 'A', 'x\r\ny', 'control character'],
    ['NUL', 'A', 'x\0', 'NUL'],
    ['a lone surrogate', 'A', '\ud800', 'Unicode'],
    ['a noncharacter', 'A', '\uffff', 'noncharacter'],
    ['a value longer than the kernel takes', 'A', 'x'.repeat(131_070), 'kernel'],
    ['a newline under a name that goes by --env-file', 'LC_ALL', 'a\nb', 'newline'],
    ['a long value under such a name', 'HTTP_PROXY', 'x'.repeat(60_000), '60000 bytes'],
    ['a name that systemd does not carry', 'MY-VAR', 'x', 'letters, digits'],
  ])('refuses %s', (_, name, value, reason) => {
    const failure = checkEnvironmentValue(name, value);
    expect(failure?.code).toBe('ENV_INVALID');
    expect(failure?.message).toContain(reason);
  });

  it('takes what a container can be given otherwise', () => {
    expect(checkEnvironmentValue('A', 'tab\tline\n$ % " \\ ` é 🐋'.repeat(3_000))).toBeNull();
  });

  it('never repeats the value', () => {
    expect(JSON.stringify(checkEnvironmentValue('A', 'hunter2\r'))).not.toContain('hunter2');
  });
});

it('an environment that is too large as a whole is refused', () => {
  const values = Array.from({ length: 20 }, (_, at) => [`V${String(at)}`, 'x'.repeat(100_000)] as const);
  expect(checkEnvironment(Object.fromEntries(values)).map((failure) => failure.code)).toEqual([
    'ENV_INVALID',
  ]);
});
