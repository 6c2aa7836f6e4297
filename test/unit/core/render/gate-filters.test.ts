import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;

/** An engine whose running containers are files, each with its labels; it notes what it stops and starts. */
const engine = (): string => `#!/bin/sh
cd ${folder}
case $1 in
container) [ "$2 $3" = 'inspect 0a1b' ] ;;
ps)
  shift
  for file in running/*; do
    [ -e "$file" ] || continue
    missing=
    for word; do
      case $word in label=*) grep -q "^\${word#label=}" "$file" || missing=1 ;; esac
    done
    [ -n "$missing" ] || echo "\${file##*/}"
  done ;;
stop | start) echo "$*" >>did ;;
esac
`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gate-'));
  for (const name of ['running', 'gear/current/gates', 'gear/adopted'])
    mkdirSync(join(folder, name), { recursive: true });
  for (const gate of ['init.sh', 'stop.sh'])
    copyFileSync(`templates/gates/${gate}`, join(folder, 'gear/current/gates', gate));
  writeFileSync(join(folder, 'engine'), engine());
  chmodSync(join(folder, 'engine'), 0o755);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What the engine was made to stop and start. */
function gate(name: string, ...words: readonly string[]): string {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, XDG_RUNTIME_DIR: folder };
  const run = spawnSync('/bin/sh', [join(folder, 'gear/current/gates', name), ...words], { env });
  expect(run.stderr.toString()).toBe('');
  expect(run.status).toBe(0);
  return existsSync(join(folder, 'did')) ? readFileSync(join(folder, 'did'), 'utf8') : '';
}

const runs = (container: string, ...labels: readonly string[]): void =>
  writeFileSync(join(folder, 'running', container), `${labels.join('\n')}\n`);
const init = (): string =>
  gate('init.sh', 'web', 'ctr-web.init-1', 'sha256:0', '', '', join(folder, 'engine'), 'create');

test('an init step runs though one that was left of another step runs still', () => {
  runs('ctr-web.init-2', 'gear.name=web', 'gear.init=true');
  expect(init()).toContain('start --attach ctr-web.init-1');
});

test('none runs beside the container that it precedes: its unit is attached to it again', () => {
  runs('ctr-web.1a2b', 'gear.name=web', 'gear.hash=1a2b');
  expect(init()).toBe('');
});

test("what a user's gear adopted is stopped by the record in the user's own folder", () => {
  writeFileSync(join(folder, 'gear/adopted/ctr-web.1a2b'), '0a1b rest\n');
  expect(gate('stop.sh', 'web', join(folder, 'engine'))).toBe('stop 0a1b\n');
});
