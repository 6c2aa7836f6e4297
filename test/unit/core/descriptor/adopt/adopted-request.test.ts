import { describe, expect, test } from 'vitest';
import { adoptedRequest } from '../../../../../src/core/descriptor/adopt/adopted-request.ts';
import { inspectedContainer } from '../../../../../src/core/descriptor/adopt/inspected.ts';
import { unknownImageConfig } from '../../../../../src/core/model/image.ts';

const id = '75f7f7bd3e2b58eaaec429316fa2faf1e5591eb46a9ddccfb9a8d19a86b73037';

function inspected(config: object, host: object, more: object = {}) {
  return inspectedContainer.parse({
    ...{ Id: id, Name: '/old', Image: 'sha256:1', State: { Running: true, Pid: 7 } },
    Config: { Image: 'web:1', Hostname: id.slice(0, 12), User: '', ...config },
    HostConfig: { NetworkMode: 'bridge', ShmSize: 67_108_864, ...host },
    NetworkSettings: { Networks: { bridge: { Aliases: null } } },
    ...more,
  });
}

function specOf(...given: Parameters<typeof inspected>) {
  const image = {
    ...unknownImageConfig,
    entrypoint: ['/entry'],
    command: ['serve'],
    environment: ['PATH=/bin'],
  };
  const { request, leftOut } = adoptedRequest(inspected(...given), 'web', image);
  if (!request.ok) throw new Error(request.failures.map(({ message }) => message).join());
  const [only] = request.value;
  return { spec: only?.spec, environment: only?.environment, leftOut };
}

const fromImage = { Entrypoint: ['/entry'], Cmd: ['serve'], Env: ['PATH=/bin'] };

describe('a container that was there before gear', () => {
  test('that says nothing itself is as its image says', () => {
    expect(specOf(fromImage, {})).toMatchObject({
      spec: { image: 'web:1', ports: [], mounts: [], restart: 'always' },
      environment: {},
      leftOut: [],
    });
    expect(specOf(fromImage, {}).spec?.command).toBeUndefined();
  });

  test('keeps variables, ports, mounts, limits and labels of its own', () => {
    const { spec, environment } = specOf(
      { ...fromImage, Env: ['A=x=y', 'PATH=/bin'], Labels: { team: 'shop' }, Cmd: ['other', 'words'] },
      {
        PortBindings: {
          '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }],
          '53/udp': [{ HostPort: '53' }],
        },
        RestartPolicy: { Name: 'on-failure' },
        ...{ Memory: 104_857_600, NanoCpus: 500_000_000, CapAdd: ['NET_ADMIN'], ReadonlyRootfs: true },
        Ulimits: [{ Name: 'nofile', Soft: 10, Hard: 20 }],
      },
      {
        Mounts: [
          { Type: 'volume', Name: 'f'.repeat(64), Destination: '/data', RW: true },
          { Type: 'bind', Source: '/srv', Destination: '/srv', RW: false },
        ],
      },
    );
    expect(environment).toEqual({ A: 'x=y' });
    expect(spec).toMatchObject({
      command: ['other', 'words'],
      ports: [
        { hostIp: '127.0.0.1', hostPort: 8080, containerPort: 80, protocol: 'tcp' },
        { hostPort: 53, containerPort: 53, protocol: 'udp' },
      ],
      mounts: [
        { kind: 'volume', source: 'f'.repeat(64), target: '/data' },
        { kind: 'bind', source: '/srv', target: '/srv', options: ['ro'] },
      ],
      ...{ restart: 'on-failure', memoryBytes: 104_857_600, cpus: 0.5 },
      options: {
        'cap-add': ['NET_ADMIN'],
        'read-only': true,
        ulimit: ['nofile=10:20'],
        label: ['team=shop'],
      },
    });
  });

  test('goes on answering to its name on networks of its own', () => {
    const networks = {
      backend: { Aliases: ['db', id.slice(0, 12)], IPAMConfig: { IPv4Address: '10.0.0.5' } },
    };
    const { spec } = specOf(
      fromImage,
      { NetworkMode: 'backend' },
      { NetworkSettings: { Networks: networks } },
    );
    expect(spec?.networks).toEqual([{ name: 'backend', aliases: ['db', 'old'], ip: '10.0.0.5' }]);
  });

  test('says what has no counterpart', () => {
    const { leftOut } = specOf({ ...fromImage, Tty: true }, { AutoRemove: true, Links: ['/a:/b'] });
    expect(leftOut).toHaveLength(3);
  });
});
