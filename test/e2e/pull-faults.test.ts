import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webImage } from '../lab/images.ts';
import { type Engine, engines, loadImages } from '../lab/load-images.ts';
import { type Registry, startRegistry } from '../lab/registry.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const gear = '/opt/gear/bin/run.cjs';
const proxyDropIn = '/etc/systemd/system/docker.service.d/proxy.conf';
const storage = { docker: '/var/lib/docker', podman: '/var/lib/containers/storage' } as const;
/** Nobody may read it in a message. */
const proxyPassword = 'proxy-hunter2';
const proxy = `http://anna:${proxyPassword}@127.0.0.1:3`;

let on: GearHost;
let registry: Registry;

beforeAll(async () => {
  on = await gearHost('trixie');
  for (const engine of engines) await loadImages(on.host, engine, [webImage('1')]);
  registry = await startRegistry(on.host, { secure: false, port: 5050 });
  // Podman tries again, as soon as it is told that it may.
  const limit = "answer.writeHead(429, { 'Retry-After': '0' }).end()";
  await serve('limits', 5429, `require('http').createServer((_, answer) => ${limit})`);
  await serve('hangs', 5430, "require('net').createServer(() => undefined)");
  await on.host.sh(`
    for port in 5429 5430; do
      printf '[[registry]]\\nlocation = "localhost:%s"\\ninsecure = true\\n' $port >/etc/containers/registries.conf.d/$port.conf
    done`);
});
afterAll(async () => {
  await on.clear();
  await on.host.sh(`
    systemctl stop limits hangs registry-5050
    rm -f /etc/containers/registries.conf.d/5429.conf /etc/containers/registries.conf.d/5430.conf`);
});

/** A server that registries with faults are made of. */
async function serve(unit: string, port: number, script: string): Promise<void> {
  const listen = `${script}.listen(${String(port)})`;
  await on.host.exec(['systemd-run', '--quiet', `--unit=${unit}`, 'node', '-e', listen]);
  await on.host.waitFor(['sh', '-c', `ss -Hltn 'sport = :${String(port)}' | grep -q LISTEN`]);
}

/** What a pull that fails may not change. */
function traces(): Promise<string> {
  return on.host.sh(`
    find /etc/gear /etc/systemd/system/ctr-* -printf '%p %l %T@\\n' | sort
    systemctl show --property=MainPID,InvocationID ctr-web.service`);
}

/** Types an update whose image cannot be had; returns what was said. */
async function pullFails(image: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const before = await traces();
  const { code, stdout, stderr } = await on.gear(['set', 'web', '--image', image], { env });
  expect({ code, stdout }, stderr).toMatchObject({ code: 5 });
  expect(await traces()).toBe(before);
  await on.serves(8088, 'web 1');
  return stdout + stderr;
}

describe.each(engines)('a pull with %s', (engine) => {
  beforeAll(() => on.ok('install', 'web:1', 'web', '--publish', '8088:8080', '--engine', engine));
  afterAll(() => on.clear());

  test('that the registry limits is told as such', async () => {
    const said = await pullFails('localhost:5429/web:2');
    expect(said).toContain('localhost:5429 answers 429, too many requests');
    expect(said).toContain(`${engine} login localhost:5429`);
  });

  test('behind a proxy that does not answer is told as such, without its password', async () => {
    if (engine === 'docker') {
      await on.host.sh(`
        printf '[Service]\\nEnvironment=HTTPS_PROXY=${proxy} HTTP_PROXY=${proxy}\\n' >${proxyDropIn}
        systemctl daemon-reload; systemctl restart docker`);
      await on.becomes('web', 'active');
      await on.serves(8088, 'web 1');
    }
    const env = engine === 'podman' ? { HTTPS_PROXY: proxy, HTTP_PROXY: proxy } : {};
    const said = await pullFails('registry.invalid/web:2', env);
    expect(said).toContain('registry.invalid cannot be reached through the proxy');
    expect(said).toContain(engine === 'docker' ? 'systemctl show docker' : 'HTTPS_PROXY');
    expect(said).not.toContain(proxyPassword);
    await on.host.sh(`rm -f ${proxyDropIn}; systemctl daemon-reload`);
    if (engine === 'docker') {
      await on.host.sh('systemctl restart docker');
      await on.becomes('web', 'active');
    }
  });

  test('ends at once by Ctrl-C, and changes nothing', async () => {
    await on.serves(8088, 'web 1');
    const before = await traces();
    const pulling = await on.host.spawn([gear, 'set', 'web', '--image', 'localhost:5430/web:2']);
    await on.host.waitFor(['sh', '-c', "ss -Htn 'dport = :5430' | grep -q ESTAB"]);
    await pulling.signal('SIGINT');
    expect(await pulling.exited).toBe(1);
    expect(await traces()).toBe(before);
    await on.serves(8088, 'web 1');
  });

  test('that fills the disk is told as such, and what runs runs on', async () => {
    const big = await pushBig(engine);
    await on.ok('rm', 'web');
    await onSmallDisk(engine, async () => {
      await loadImages(on.host, engine, [webImage('1')]);
      await on.ok('install', 'web:1', 'web', '--publish', '8088:8080', '--engine', engine);
      const said = await pullFails(big);
      expect(said).toContain('no space left');
      expect(said).toContain(`${engine} system df`);
      await on.host.sh(`fallocate -l 60M ${storage[engine]}/ballast`);
      const foreseen = await pullFails(big);
      expect(foreseen).toMatch(/has \d+ MB free; pulling .* needs at least 256 MB/);
      await on.host.sh(`rm ${storage[engine]}/ballast`);
      await on.ok('rm', 'web');
    });
  });
});

/** An image that is small on the wire and large on the disk: a layer of zeros. */
async function pushBig(engine: Engine): Promise<string> {
  const big = `${registry.address}/big:1`;
  const insecure = engine === 'podman' ? '--tls-verify=false' : '';
  await on.host.sh(`
    ${engine} run --name big web:1 dd if=/dev/zero of=/big bs=1M count=320 >/dev/null 2>&1
    ${engine} commit big ${big} >/dev/null; ${engine} rm -f big >/dev/null
    ${engine} push ${insecure} ${big} >/dev/null 2>&1; ${engine} rmi ${big} >/dev/null`);
  return big;
}

/** Gives the engine, for as long as `work` takes, a disk on which a small image has room, and a big one has not. */
async function onSmallDisk(engine: Engine, work: () => Promise<void>): Promise<void> {
  const [stop, start] =
    engine === 'docker'
      ? ['systemctl stop docker.socket docker', 'systemctl start docker.socket docker']
      : ['true', 'true'];
  const folder = storage[engine];
  await on.host.sh(`${stop}; mount -t tmpfs -o size=290M none ${folder}; ${start}`);
  try {
    await work();
  } finally {
    await on.host.sh(`${stop}; umount -l ${folder}; ${start}`);
  }
}
