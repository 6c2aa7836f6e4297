import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLocalHost } from '../../../src/adapters/host/local.ts';
import { copyTree } from '../../../src/flows/move/copy-tree.ts';
import type { Host } from '../../../src/ports/host.ts';

const host = createLocalHost();
let base: string;
let source: string;
let target: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'gear-copy-'));
  source = join(base, 'source');
  target = join(base, 'target');
  for (const path of [source, target, join(base, 'host')]) mkdirSync(path);
  writeFileSync(join(base, 'note'), 'token');
});
afterEach(() => {
  rmSync(base, { recursive: true });
});

async function copy({
  live = false,
  sinceS = Date.now(),
  from = host,
}: Partial<Copying> = {}): Promise<number> {
  return copyTree({
    ...{ from, to: host, source, target, sinceS, live },
    guard: { lock: join(base, 'lock'), file: join(base, 'note'), token: 'token' },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
}

interface Copying {
  readonly live: boolean;
  readonly sinceS: number;
  readonly from: Host;
}

/** The host, where something happens once tar has begun to write, and waits for whoever reads. */
function meanwhile(happens: () => void): Host {
  return reading(async function* (bytes) {
    let begun = false;
    for await (const chunk of bytes) {
      if (!begun) happens();
      begun = true;
      yield chunk;
    }
  });
}

/** The host, where what tar writes goes through something. */
function reading(through: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>): Host {
  return {
    ...host,
    pipe: (command, options = {}) => {
      const { output } = options;
      if (command[0] !== 'tar' || output === undefined) return host.pipe(command, options);
      return host.pipe(command, { ...options, output: (bytes) => output(through(bytes)) });
    },
  };
}

const everything = (folder: string): string =>
  execFileSync('find', ['.', '-printf', '%p %y %m %U:%G %s %l\\n'], { cwd: folder }).toString();
const sorted = (folder: string): readonly string[] => everything(folder).split('\n').toSorted();

test('a folder that becomes a link while it is copied brings nothing of the host along', async () => {
  const folder = join(source, 'a');
  mkdirSync(folder);
  // More than a pipe holds, whichever of them tar comes to first.
  const shadows = [1, 2, 3, 4].map((at) => `shadow${String(at)}`);
  for (const name of shadows) {
    writeFileSync(join(folder, name), 'of the container'.repeat(100_000));
    writeFileSync(join(base, 'host', name), 'of the host');
  }
  const from = meanwhile(() => {
    renameSync(folder, join(base, 'aside'));
    symlinkSync(join(base, 'host'), folder);
  });
  await copy({ from, live: true });
  for (const name of shadows)
    expect(readFileSync(join(target, 'a', name), 'utf8')).not.toContain('of the host');
  // The copy of what stands still makes it what it is.
  await copy();
  expect(sorted(target)).toEqual(sorted(source));
});

test('whatever names are called, what is there already is left, and what changed is sent', async () => {
  const names = ['a', 'a ', 'a\nb', 'b', '*', '?', '[ab]', '\\n', '-rf', '!a', '#', 'ä', 'a\t', 'c'];
  for (const name of names) {
    mkdirSync(join(source, `in ${name}`));
    for (const path of [name, join(`in ${name}`, name)]) writeFileSync(join(source, path), 'one');
  }
  execFileSync('ln', [join(source, 'b'), join(source, 'hard')]);
  const server = createServer().listen(join(source, 'socket'));
  await copy();
  for (const name of names) expect(readFileSync(join(target, `in ${name}`, name), 'utf8')).toBe('one');
  expect(readdirSync(target)).toEqual(readdirSync(source).filter((name) => name !== 'socket'));
  for (const [at, name] of names.entries()) {
    for (const path of [name, join(`in ${name}`, name)]) {
      writeFileSync(join(source, path), `two ${String(at)}`);
      await copy();
      expect(readFileSync(join(target, path), 'utf8'), JSON.stringify(path)).toBe(`two ${String(at)}`);
    }
  }
  expect(await copy()).toBe(0);
  server.close();
});

test('only what changed is read', async () => {
  mkdirSync(join(source, 'same'));
  for (const path of ['same/f', 'large', 'changed']) writeFileSync(join(source, path), path);
  for (const path of ['same/f', 'large']) utimesSync(join(source, path), 1000, 1000);
  chmodSync(join(source, 'large'), 0o640);
  await copy();
  writeFileSync(join(source, 'changed'), 'anew');
  const kept: Uint8Array[] = [];
  const from = reading(async function* (bytes) {
    for await (const chunk of bytes) {
      kept.push(chunk);
      yield chunk;
    }
  });
  expect(await copy({ from })).toBe('anew'.length);
  const read = execFileSync('tar', ['-t'], { input: Buffer.concat(kept), encoding: 'utf8' });
  expect(read).toBe('./\n./changed\n');
  expect(sorted(target)).toEqual(sorted(source));
});
