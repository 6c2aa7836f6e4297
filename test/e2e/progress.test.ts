import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check, image } from '../lab/images.ts';
import { loadImages } from '../lab/load-images.ts';
import { errorsOf } from './support/errors-of.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** An operation of a second is worth a line. */
const longMs = 1_100;
const gear = '/opt/gear/bin/run.cjs';

describe('what takes more than a second', () => {
  let on: GearHost;

  beforeAll(async () => {
    on = await gearHost('trixie');
    const waiting = image({
      tag: 'waiting:1',
      command: ['sh', '-c', 'rm -f /healthy; sleep 2147483647'],
      health: { ...check('test -e /healthy'), startPeriodMs: 60_000 },
    });
    await loadImages(on.host, 'docker', [waiting]);
  });
  afterAll(() => on.clear());

  /** Runs a command that waits for the container, which gets healthy a good second after gear waits for that. */
  async function slowly(
    argv: readonly string[],
  ): Promise<{ readonly stdout: string; readonly stderr: string }> {
    const command = await on.host.spawn(argv);
    const { child } = command;
    const written = Promise.all([child.stdout === null ? '' : text(child.stdout), errorsOf(command)]);
    const unit = 'ctr-waiting-ready.service';
    await on.host.waitFor([
      ...['sh', '-c', `systemctl show --property=ActiveState --value ${unit} | grep -q activating`],
    ]);
    await setTimeout(longMs);
    await on.host.sh('docker exec $(docker ps -q --filter label=gear.name=waiting) touch /healthy');
    const [stdout, stderr] = await written;
    expect(await command.exited, stdout + stderr).toBe(0);
    return { stdout, stderr };
  }

  test('is told on stderr where that is a pipe, line by line', async () => {
    const { stdout, stderr } = await slowly([gear, 'install', 'waiting:1', 'waiting', '--engine', 'docker']);
    expect(stdout).toBe('waiting installed\n');
    expect(stderr).toMatch(/^waiting for waiting to be ready$/m);
    expect(stderr).toMatch(/^waiting for the health check of waiting took \d+s$/m);
  });

  test('is told on a terminal in one line that is rewritten, while stdout has the report alone', async () => {
    const line = `${gear} restart waiting >/run/reported`;
    const { stdout: terminal } = await slowly(['script', '-qec', line, '/dev/null']);
    expect(terminal).toContain('waiting for the health check of waiting …');
    expect(terminal).toContain('\r\u001b[K');
    expect(await on.host.sh('cat /run/reported; rm /run/reported')).toBe('waiting restarted');
  });

  test('is told nowhere with --json', async () => {
    const { stdout, stderr } = await slowly([gear, 'restart', 'waiting', '--json']);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ instances: [{ name: 'waiting', result: 'restarted' }] });
  });
});
