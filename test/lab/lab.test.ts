import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './command.ts';
import type { Host } from './host.ts';
import {
  check,
  exitImage,
  image,
  sleepImage,
  slowImage,
  stubbornImage,
  unhealthyImage,
  volumeImage,
  webImage,
} from './images.ts';
import { Lab } from './lab.ts';
import { engines, loadImages } from './load-images.ts';
import { remainsOf } from './remains.ts';
import { startRegistry } from './registry.ts';
import { until } from './until.ts';

const name = `labtest-${process.pid}`;
const tsx = createRequire(import.meta.url).resolve('tsx/cli');
const cli = [process.execPath, tsx, join(import.meta.dirname, 'cli.ts')];

describe('a lab with a host of each suite', () => {
  let lab: Lab;
  let trixie: Host;
  let bookworm: Host;

  beforeAll(async () => {
    const binds = [{ from: import.meta.dirname, to: '/opt/lab', readOnly: true }];
    lab = await Lab.up({
      name,
      hosts: [
        { name: 'new', suite: 'trixie', binds },
        { name: 'old', suite: 'bookworm' },
      ],
    });
    [trixie, bookworm] = [lab.host('new'), lab.host('old')];
    const images = [
      ...[
        webImage('1'),
        sleepImage(),
        slowImage(1),
        volumeImage(),
        unhealthyImage(),
        exitImage(3),
        stubbornImage(),
      ],
      image({ tag: 'own:1', env: { A: '%n' }, command: ['sh', '-c', 'echo "$A"'], health: check('true') }),
    ];
    for (const host of lab.hosts) for (const engine of engines) await loadImages(host, engine, images);
  });

  afterAll(async () => {
    await lab.down();
    expect(await remainsOf(name)).toEqual([]);
  });

  it('has systemd, Docker and Podman as Debian ships them', async () => {
    const versions = 'systemctl --version; docker version --format "{{.Server.Version}}"; podman --version';
    expect(await trixie.sh(versions)).toMatch(/systemd 257 [^]*^26\.1[^]*podman version 5\.4/m);
    expect(await bookworm.sh(versions)).toMatch(/systemd 252 [^]*^20\.10[^]*podman version 4\.3/m);
  });

  for (const suite of ['new', 'old']) {
    for (const engine of engines) {
      it(`serves a page from a ${engine} container whose cgroup systemd manages, on the ${suite} host`, async () => {
        const host = lab.host(suite);
        const container = `page-${engine}`;
        await host.exec([engine, 'run', '-d', '--name', container, '-p', '8080:8080', 'web:1']);
        const page = ['curl', '-sf', `http://${host.address}:8080/`];
        expect((await host.waitFor(page)).stdout).toContain('web 1');
        expect((await lab.exec(page)).stdout).toContain('web 1');
        const { stdout: pid } = await host.exec([engine, 'inspect', '-f', '{{.State.Pid}}', container]);
        const slice = { docker: 'system.slice/docker-', podman: 'machine.slice/libpod-' }[engine];
        expect(await host.sh(`cat /proc/${pid.trim()}/cgroup`)).toMatch(
          new RegExp(`^0::/${slice}.*\\.scope`, 'm'),
        );
        const stopping = Date.now();
        await host.exec([engine, 'stop', container]);
        expect(Date.now() - stopping).toBeLessThan(5_000);
        await host.exec([engine, 'rm', container]);
      });

      it(`gives ${engine} images with health checks and volumes, on the ${suite} host`, async () => {
        const host = lab.host(suite);
        const health = { docker: '.Config.Healthcheck', podman: '.HealthCheck' }[engine];
        const show = `{{json ${health}}} {{json .Config.Volumes}}`;
        const inspect = async (image: string) =>
          (await host.exec([engine, 'inspect', '-f', show, image])).stdout;
        expect(await inspect('slow:1')).toContain('test -e /healthy');
        expect(await inspect('data:1')).toContain('"/data":{}');
      });
    }
  }

  for (const engine of engines) {
    it(`has images for ${engine} that end, get healthy, do not, and ignore SIGTERM as they say`, async () => {
      const start = (name: string) => trixie.exec([engine, 'run', '-d', '--name', name, `${name}:1`]);
      for (const name of ['slow', 'unhealthy', 'stubborn']) await start(name);
      expect(await trixie.exec([engine, 'run', '--rm', 'exit:3'], { check: false })).toMatchObject({
        stderr: 'exiting with 3\n',
        code: 3,
      });
      expect(await trixie.sh(`${engine} run --rm own:1`)).toBe('%n');
      const health = (name: string, word: string) =>
        trixie.waitFor([
          'sh',
          '-c',
          `${engine} inspect -f '{{.State.Health.Status}}' ${name} | grep -x ${word}`,
        ]);
      await health('slow', 'healthy');
      await health('unhealthy', 'unhealthy');
      await trixie.exec([engine, 'kill', '-s', 'TERM', 'stubborn']);
      expect(await trixie.sh(`${engine} inspect -f '{{.State.Running}}' stubborn`)).toBe('true');
      await trixie.exec([engine, 'rm', '-f', 'slow', 'unhealthy', 'stubborn']);
    });
  }

  it('runs commands with their input, status and output, and nothing of the caller’s environment', async () => {
    process.env['LAB_LEAK'] = 'leak';
    expect(await trixie.exec(['sh', '-c', 'cat; exit 7'], { input: 'in', check: false })).toEqual({
      stdout: 'in',
      stderr: '',
      code: 7,
    });
    expect(await trixie.sh('env')).not.toContain('leak');
    expect((await trixie.exec(['printenv', 'A'], { env: { A: "it's $A" } })).stdout).toBe("it's $A\n");
    await expect(trixie.sh('echo why >&2; false')).rejects.toThrow('why');
    const short = { check: false, timeoutMs: 300 };
    await expect(trixie.exec(['sleep', '100'], short)).rejects.toThrow('longer than 300 ms');
  });

  it('sends a spawned command the signal of Ctrl-C', async () => {
    const process = await trixie.spawn(['sh', '-c', 'trap "exit 42" INT; echo ready; sleep 100 & wait']);
    await once(process.child.stdout ?? process.child, 'data');
    await process.signal('SIGINT');
    expect(await process.exited).toBe(42);
  });

  it('stops a spawned command where it is, and lets it go on to its end', async () => {
    const process = await trixie.spawn(['sh', '-c', 'echo ready; sleep 0.1; exit 7']);
    await once(process.child.stdout ?? process.child, 'data');
    await process.signal('SIGSTOP');
    await process.signal('SIGCONT');
    expect(await process.exited).toBe(7);
  });

  it('shows what was bound, read-only, and the machine’s node', async () => {
    expect(await trixie.sh('head -c 17 /opt/lab/README.md; node --version')).toBe(
      `# The lab: real h${process.version}`,
    );
    await expect(trixie.sh('touch /opt/lab/x')).rejects.toThrow('Read-only');
  });

  it('lets root of one host log in to the other by ssh, and finds no way out', async () => {
    const login = ['ssh', '-o', 'BatchMode=yes', 'old', 'hostname'];
    expect((await trixie.exec(login)).stdout).toBe('old\n');
    expect(await trixie.sh('ip route show default')).toBe('');
  });

  it('unplugs a host from the others and plugs it in again', async () => {
    const reach = ['timeout', '1', 'bash', '-c', '</dev/tcp/old/22'];
    await trixie.waitFor(reach);
    await bookworm.cut();
    expect((await trixie.exec(reach, { check: false })).code).not.toBe(0);
    await bookworm.heal();
    await trixie.waitFor(reach);
  });

  it('freezes a host: it is there, and answers nobody until it is thawed', async () => {
    await bookworm.freeze();
    await expect(bookworm.exec(['true'], { timeoutMs: 500 })).rejects.toThrow('longer than');
    expect(await bookworm.isUp()).toBe(true);
    await bookworm.thaw();
    await bookworm.exec(['true']);
  });

  for (const suite of ['new', 'old']) {
    it(`takes the power from the ${suite} host: no process is left, and what is on disk is there after`, async () => {
      const host = lab.host(suite);
      await host.sh('echo kept >/srv/kept; echo lost >/run/lost; docker run -d --name survivor sleep:1');
      const boot = await host.sh('cat /proc/sys/kernel/random/boot_id; systemctl show -P UserspaceTimestamp');
      await host.freeze();
      await host.kill();
      expect(
        (await remainsOf(name)).filter((line) => line.includes(`hosts/${suite}/root --machine`)),
      ).toEqual([]);
      await expect(host.exec(['true'])).rejects.toThrow('is down');
      await host.start();
      expect(await host.sh('systemctl show -P UserspaceTimestamp')).not.toBe(boot);
      expect(await host.sh('cat /srv/kept; ls /run/lost || true')).toBe('kept');
      expect(await host.sh('docker ps -a --format "{{.Names}} {{.Status}}"')).toMatch(/^survivor Exited/);
      expect(await host.sh('systemctl is-active docker')).toBe('active');
    });
  }

  it('reboots at once, and shuts down in order', async () => {
    await trixie.reboot();
    await trixie.exec(['systemd-run', '--unit=last', '-p', 'ExecStop=touch /srv/stopped', 'sleep', '1000']);
    await trixie.shutdown();
    expect(await trixie.isUp()).toBe(false);
    await trixie.start();
    await trixie.exec(['test', '-e', '/srv/stopped']);
  });

  it('has a registry that asks for a password and shows a certificate, and one that does neither', async () => {
    const secure = await startRegistry(trixie, { secure: true });
    const image = await secure.push(webImage('9'));
    await expect(bookworm.exec(['docker', 'pull', image])).rejects.toThrow('unknown authority');
    await secure.trust(bookworm);
    const refused = /no basic auth|authentication required/;
    // Podman reads Docker's credentials, so both are asked before either logs in.
    for (const engine of engines) {
      await expect(bookworm.exec([engine, 'pull', image])).rejects.toThrow(refused);
    }
    for (const engine of engines) {
      const { user = '', password = '' } = secure.credentials ?? {};
      const login = [engine, 'login', '-u', user, '--password-stdin', secure.address];
      await bookworm.exec(login, { input: password });
      await bookworm.exec([engine, 'pull', image]);
    }
    const plain = await startRegistry(trixie, { secure: false, port: 5001 });
    const free = await plain.push(webImage('9'));
    await plain.trust(bookworm);
    for (const engine of engines) await bookworm.exec([engine, 'pull', free]);
  });

  it('is told by name what is already up, and joined from another process', async () => {
    await expect(Lab.up({ name, hosts: [{ name: 'h1' }] })).rejects.toThrow('already up');
    expect(await (await Lab.open(name)).host('new').sh('hostname')).toBe('new');
    const outside = await run([...cli, 'exec', '--name', name, 'old', 'sh', '-c', 'hostname; exit 9'], {
      check: false,
    });
    expect(outside).toEqual({ stdout: 'old\n', stderr: '', code: 9 });
  });
});

describe('a lab whose owner is killed', () => {
  it('goes down by itself, whole', async () => {
    const orphan = `${name}-orphan`;
    const owner = spawn(process.execPath, [tsx, join(import.meta.dirname, 'fixtures/owner.ts'), orphan]);
    await once(owner.stdout, 'data');
    const { owner: made } = JSON.parse(await stateOf(orphan)) as { owner: { pid: number } };
    process.kill(made.pid, 'SIGKILL');
    const nothing = async () => ((await remainsOf(orphan)).length === 0 ? true : undefined);
    await until('nothing left of the lab', nothing, { timeoutMs: 30_000, pauseMs: 200 });
  });
});

describe('the command line', () => {
  const kept = `${name}-kept`;

  it('boots a lab that stays until it is told to end', async () => {
    await run([...cli, 'up', '1', '--name', kept], { timeoutMs: 240_000 });
    expect((await run([...cli, 'ls'])).stdout).toMatch(
      new RegExp(`^${kept} \\(until lab down\\)\\n {2}h1 .* up$`, 'm'),
    );
    const greet = [...cli, 'exec', '--name', kept, 'h1', 'tee', '/tmp/x'];
    expect((await run(greet, { input: 'hello' })).stdout).toBe('hello');
    await run([...cli, 'down', '--name', kept]);
    expect(await remainsOf(kept)).toEqual([]);
  });

  it('says in one line why a machine cannot run it, with status 5', async () => {
    const result = await run(['unshare', '--user', ...cli, 'ls'], { check: false });
    expect(result.stderr).toMatch(/^lab: the lab needs root.*\n$/);
    expect(result.code).toBe(5);
  });

  it('refuses what it does not know, with status 2', async () => {
    for (const args of [['fly'], ['up'], ['up', '1', '--suite', 'potato'], ['kill'], ['exec', 'h1']]) {
      expect((await run([...cli, ...args], { check: false })).code, args.join(' ')).toBe(2);
    }
  });
});

async function stateOf(lab: string): Promise<string> {
  return (await run(['cat', `/var/lib/gear-lab/labs/${lab}/lab.json`])).stdout;
}
