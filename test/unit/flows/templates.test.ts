import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { paths } from '../../../src/core/model/paths.ts';
import type { CustomTemplate } from '../../../src/core/render/custom/custom-template.ts';
import { templateTexts } from '../../../src/core/render/shipped-texts.ts';
import { readCurrentManifest } from '../../../src/observe/manifest.ts';
import type { Event } from '../../../src/report/events.ts';
import { stopContainers } from '../../../src/flows/stop.ts';
import { contextOn, declaredOn, installing, run, runningOn } from './gear-in-memory.ts';

const name = 'container-docker.service.hbs';
const changed = templateTexts[name].replace('RestartSec={{text restartTiming.first}}', 'RestartSec=9s');

async function hostWithWeb(): Promise<MemoryHost> {
  const host = new MemoryHost();
  host.docker.images.add('nginx:1');
  await run(host, installing(['nginx:1', 'web']));
  return host;
}

async function unitOn(host: MemoryHost): Promise<string> {
  const content = await host.files.read(`${paths.current}/units/ctr-web.service`);
  return content === null ? '' : new TextDecoder().decode(content);
}

/** `--templates` with these. */
function given(host: MemoryHost, text: string) {
  const templates: readonly CustomTemplate[] = [{ name, source: `t/${name}`, text }];
  return { ...contextOn(host), templates };
}

describe("a host's own template", () => {
  test('is a reload and no restart, and the generation notes what it was rendered with', async () => {
    const host = await hostWithWeb();
    const before = runningOn(host);
    await host.files.write(`${paths.templates}/${name}`, changed, 0o644);
    const calls = host.calls.since().length;
    await run(host, installing(['nginx:1', 'web']));
    expect(await unitOn(host)).toContain('\nRestartSec=9s\n');
    expect(runningOn(host)).toEqual(before);
    const made = host.calls.since().slice(calls).join('\n');
    expect(made).not.toMatch(/restart|stop/i);
    expect(Object.keys((await readCurrentManifest(host.files))?.templates ?? {})).toEqual([name]);
  });

  test('that is taken away leaves the shipped one', async () => {
    const host = await hostWithWeb();
    const before = await unitOn(host);
    await host.files.write(`${paths.templates}/${name}`, changed, 0o644);
    await run(host, installing(['nginx:1', 'web']));
    await host.files.remove(`${paths.templates}/${name}`);
    await run(host, installing(['nginx:1', 'web']));
    expect(await unitOn(host)).toBe(before);
  });

  test('with a mistake changes nothing, and says where it is', async () => {
    const host = await hostWithWeb();
    await host.files.write(`${paths.templates}/${name}`, '\nRestart={{text restrat}}\n', 0o644);
    const result = await installing(['nginx:1', 'web'], { flags: { label: ['a=b'] } })(contextOn(host));
    const place = { source: `${paths.templates}/${name}`, line: 2 };
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'TEMPLATE_INVALID', place }] });
    expect((await readCurrentManifest(host.files))?.generation).toBe(1);
  });

  test('with a mistake does not hold up a stop: the units stay as they are, and it is said', async () => {
    const host = await hostWithWeb();
    await host.files.write(`${paths.templates}/${name}`, changed, 0o644);
    await run(host, installing(['nginx:1', 'web']));
    const unit = await unitOn(host);
    await host.files.write(`${paths.templates}/${name}`, '\nRestart={{text restrat}}\n', 0o644);
    const events: Event[] = [];
    const context = { ...contextOn(host), emit: (event: Event) => void events.push(event) };
    expect(await stopContainers(context, { names: ['web'], wait: true, timeoutMs: 60_000 })).toMatchObject({
      ok: true,
    });
    expect([...runningOn(host)]).toEqual([]);
    expect(await unitOn(host)).toBe(unit);
    const warned = events.filter(({ type }) => type === 'warning');
    expect(warned).toMatchObject([{ subject: `${paths.templates}/${name}` }]);
    // Mended, it counts again, and nothing of the time between stays.
    await host.files.write(`${paths.templates}/${name}`, changed.replace('=9s', '=8s'), 0o644);
    await run(host, installing(['nginx:1', 'web']));
    expect(await unitOn(host)).toContain('\nRestartSec=8s\n');
  });

  test('that systemd would ignore a line of changes nothing', async () => {
    const host = await hostWithWeb();
    await host.files.write(
      `${paths.templates}/${name}`,
      changed.replace('RestartSec=9s', 'RestrtSec=9s'),
      0o644,
    );
    host.onRun = (command) => {
      const unit = command.at(-1) ?? '';
      const found = host.files.tree.find(unit);
      const lines = (found?.kind === 'file' ? new TextDecoder().decode(found.content) : '').split('\n');
      const stderr = `${unit}:${String(lines.indexOf('RestrtSec=9s') + 1)}: Unknown key, ignoring.\n`;
      return { status: 0, stdout: '', stderr };
    };
    const result = await installing(['nginx:1', 'web'])(contextOn(host));
    expect(result).toMatchObject({
      ok: false,
      failures: [
        { code: 'TEMPLATE_INVALID', place: { text: 'RestrtSec=9s', line: expect.any(Number) as number } },
      ],
    });
    expect((await readCurrentManifest(host.files))?.generation).toBe(1);
  });
});

describe('templates given with a command', () => {
  test('are put on the host, so that the next command without them renders the same', async () => {
    const host = await hostWithWeb();
    const result = await installing(['nginx:1', 'web'])(given(host, changed));
    expect(result.ok).toBe(true);
    expect(await unitOn(host)).toContain('\nRestartSec=9s\n');
    await run(host, installing(['nginx:1', 'web']));
    expect(await unitOn(host)).toContain('\nRestartSec=9s\n');
    expect((await readCurrentManifest(host.files))?.generation).toBe(2);
  });

  test('with a mistake are not put on the host', async () => {
    const host = new MemoryHost();
    host.docker.images.add('nginx:1');
    const result = await installing(['nginx:1', 'web'])(given(host, '{{> x}}'));
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'TEMPLATE_INVALID' }] });
    expect(await host.files.list(paths.templates)).toEqual([]);
    expect([...(await declaredOn(host)).keys()]).toEqual([]);
  });
});
