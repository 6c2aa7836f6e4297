import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { contextOn, declaredOn, installing, run } from './gear-in-memory.ts';

/** A systemd that does not know one directive, and complains of a line of gear's own as well. */
function analyzing(host: MemoryHost): string[] {
  const seen: string[] = [];
  host.onRun = (command) => {
    if (command[0] !== 'systemd-analyze') return { status: 0, stdout: '', stderr: '' };
    const unit = command.at(-1) ?? '';
    const found = host.files.tree.find(unit);
    const lines = (found?.kind === 'file' ? new TextDecoder().decode(found.content) : '').split('\n');
    seen.push(unit);
    const complain = (text: string): string =>
      `${unit}:${String(lines.indexOf(text) + 1)}: Unknown key, ignoring.\n`;
    return {
      status: 0,
      stdout: '',
      stderr: `${complain('Restrict=yes')}${complain('KillMode=mixed')}ctr-web.service: Command x is not executable\n`,
    };
  };
  return seen;
}

describe("directives of the user's", () => {
  test('that systemd would ignore are refused before anything changes', async () => {
    const host = new MemoryHost();
    host.docker.images.add('nginx:1');
    const seen = analyzing(host);
    const typed = installing(['nginx:1', 'web'], { flags: { service: ['Restrict=yes'] } });
    const result = await typed(contextOn(host));
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'UNIT_INVALID', subject: 'web' }] });
    expect(result.ok ? [] : result.failures).toHaveLength(1);
    expect([...(await declaredOn(host)).keys()]).toEqual([]);
    expect(host.docker.containers.all()).toEqual([]);
    // What was written to be read is gone.
    expect(await host.files.list(seen[0]?.replace(/\/[^/]*$/, '') ?? '/')).toEqual([]);
  });

  test('are not read where there are none', async () => {
    const host = new MemoryHost();
    host.docker.images.add('nginx:1');
    const seen = analyzing(host);
    await run(host, installing(['nginx:1', 'web']));
    expect(seen).toEqual([]);
  });
});

describe('--platform', () => {
  test('of another architecture is refused before anything is fetched', async () => {
    const host = new MemoryHost();
    const typed = installing(['nginx:1', 'web'], { flags: { platform: ['linux/s390x'] } });
    expect(await typed(contextOn(host))).toMatchObject({ ok: false, failures: [{ code: 'IMAGE_PLATFORM' }] });
    expect(host.calls.since()).toEqual([]);
  });
});
