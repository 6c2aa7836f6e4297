import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;

/** An engine whose containers are files, called as they are: `ID gear.name gear.hash`. The first call of one that is down fails. */
const engine = (): string => `#!/bin/sh
cd ${folder}/containers
[ ! -e ../down ] || { rm ../down; echo 'Cannot connect to the Docker daemon' >&2; exit 1; }
case $1 in
container)
  read -r id name hash <"$5" || exit 1
  case $4 in '{{.Id}}'*) echo "$id 0001 $name" ;; *Running*) echo "/$5 $id false $name $hash" ;; *) echo "/$5" ;; esac ;;
ps) ls ;;
create) echo "made shop.web 1a2b" >"$2" ;;
rename) [ ! -e "$3" ] && mv "$(grep -l "^$2 " *)" "$3" ;;
esac 2>/dev/null
`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gate-'));
  mkdirSync(join(folder, 'containers'));
  writeFileSync(join(folder, 'engine'), engine());
  chmodSync(join(folder, 'engine'), 0o755);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function gate(): number | null {
  const command = join(folder, 'engine');
  const create = ['/bin/sh', 'templates/gates/create.sh', 'shop.web', 'ctr-shop.web.1a2b', 'sha256:0', ''];
  const words = ['templates/gates/name.sh', 'my-front', ...create, command, 'create', 'ctr-shop.web.1a2b'];
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, XDG_RUNTIME_DIR: folder };
  return spawnSync('sh', words, { env }).status;
}

function containers(): Readonly<Record<string, string>> {
  const names = readdirSync(join(folder, 'containers'));
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(join(folder, 'containers', name), 'utf8').trim()]),
  );
}

test('what is made has the name that was asked for', () => {
  expect(gate()).toBe(0);
  expect(containers()).toEqual({ 'my-front': 'made shop.web 1a2b' });
});

test('an engine that is away for a moment does not get a second container, which would have no name', () => {
  writeFileSync(join(folder, 'containers/my-front'), 'first shop.web 1a2b\n');
  writeFileSync(join(folder, 'down'), '');
  expect(gate()).not.toBe(0);
  expect(containers()).toEqual({ 'my-front': 'first shop.web 1a2b' });
  expect(gate()).toBe(0);
  expect(containers()).toEqual({ 'my-front': 'first shop.web 1a2b' });
});
