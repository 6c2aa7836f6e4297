import { expect, test } from 'vitest';
import { executors } from '../../../src/apply/executors.ts';
import type { Tools } from '../../../src/apply/tools.ts';
import type { Instance } from '../../../src/core/model/instance.ts';
import type { Engine, CreateRequest } from '../../../src/ports/engine.ts';
import type { Files } from '../../../src/ports/files.ts';
import type { Host } from '../../../src/ports/host.ts';
import { operation } from '../../../src/core/plan/operation.ts';
import { anInstance } from '../../support/builders.ts';

test('an image that is there is noted where the gate of its instance looks', async () => {
  const notes = new Map<string, unknown>();
  const write: Files['write'] = (path, content) => {
    notes.set(path, content);
    return Promise.resolve();
  };
  const web = anInstance('web', { engine: 'podman' });
  const tools = toolsOf({ files: { write } as Partial<Files> as Files } as Partial<Host> as Host, web);
  const note = operation('image.note', 'reload', 'web', 'new', { instance: 'web', imageId: web.image.id });
  await executors['image.note'](tools, note);
  expect(notes).toEqual(new Map([['/run/gear/web.image', `${web.image.id}\n`]]));
});

test('a variable that the engine’s own command reads is never in that command’s environment', async () => {
  const environment = { DOCKER_HOST: 'tcp://elsewhere', LD_PRELOAD: '/evil.so', GREETING: 'hello' };
  const web = anInstance('web', { environmentFile: 'e1', environmentKeys: Object.keys(environment) });
  const requests: CreateRequest[] = [];
  const create = (request: CreateRequest): Promise<string> => {
    requests.push(request);
    return Promise.resolve('c0ffee');
  };
  const notes = new Map<string, unknown>();
  const write: Files['write'] = (path, content) => {
    notes.set(path, content);
    return Promise.resolve();
  };
  const host = {
    engine: () => Promise.resolve({ create } as Partial<Engine> as Engine),
    files: { write } as Partial<Files> as Files,
  };
  const tools = {
    ...toolsOf(host as Partial<Host> as Host, web),
    environments: new Map([['e1', environment]]),
  };
  const fields = { engine: 'docker', instance: 'web', container: 'ctr-web.web-1' } as const;
  await executors['container.create'](tools, operation('container.create', 'create', 'web', 'new', fields));
  expect(requests[0]?.environment).toEqual({ GREETING: 'hello' });
  expect(requests[0]?.arguments).toContain('/etc/gear/files/e1.raw');
  // The gate create.sh reads it instead of asking the engine.
  expect(notes).toEqual(new Map([['/run/gear/ctr-web.web-1', 'c0ffee 0001-01-01T00:00:00Z web\n']]));
});

test('what was noted of a container for its gates goes with it', async () => {
  const removed: string[] = [];
  const note = (name: string) => {
    removed.push(name);
    return Promise.resolve();
  };
  const host = {
    engine: () => Promise.resolve({ remove: note } as Partial<Engine> as Engine),
    files: { remove: note } as Partial<Files> as Files,
  };
  const fields = { engine: 'docker', instance: 'web', container: 'ctr-web.web-1' } as const;
  await executors['container.remove'](
    toolsOf(host as Partial<Host> as Host, anInstance('web')),
    operation('container.remove', 'clean', 'web', 'left', fields),
  );
  expect(removed).toEqual(['/run/gear/ctr-web.web-1', 'ctr-web.web-1']);
});

function toolsOf(host: Host, instance: Instance): Tools {
  return {
    host,
    clock: { nowMs: () => 0, passedMs: () => 0 },
    instances: new Map([[instance.name, instance]]),
    units: [],
    ejected: new Map(),
    manifest: null,
    before: null,
    templates: [],
    data: new Map(),
    networks: [],
    volumes: new Map(),
    environments: new Map(),
    madeVolumes: new Set(),
    wait: true,
    deadlineMs: 0,
    signal: new AbortController().signal,
  };
}
