import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Host } from './host.ts';

const folder = '/srv/slow-gates';
const dropIn = '/etc/systemd/system/ctr-.service.d/slow-gates.conf';

/**
 * What the gates call, later than asked: what a container's process was about to do when its gate looks, it has done.
 * `timeout` bounds how long the gate of Podman waits for an end; `grep` tells the gate of Docker that there is a process.
 * Nobody waits for what the images of the lab run on and on.
 */
const functions = `
lasts() { /usr/bin/grep -qE '2147483647|httpd' "/proc/$1/cmdline" 2>/dev/null; }
ends() { /usr/bin/timeout 5 /usr/bin/tail --follow --sleep-interval=0.1 "--pid=$1" /dev/null; }
`;

/** A command in front of the real one; `gate` calls it as `call` says, or the wrapper would do nothing and nobody see it. */
interface Wrapper {
  readonly gate: string;
  readonly call: RegExp;
  readonly script: string;
}

const wrappers: Readonly<Record<string, Wrapper>> = {
  timeout: {
    gate: 'started.sh',
    call: /^ *timeout 0\.\d+ .*--pid=/m,
    script: `all=$* pid=\${all##*--pid=}
    case $all in
      0.*--pid=*) lasts "\${pid%% *}" || { shift; set -- 5 "$@"; } ;;
    esac
    exec /usr/bin/timeout "$@"`,
  },
  grep: {
    gate: 'running.sh',
    // The process is the last that it prints.
    call: /^ *grep .*--only-matching '"Running":true.*:\[1-9\]\[0-9\]\*'$/m,
    script: `case $* in *'"Running":true'*) ;; *) exec /usr/bin/grep "$@" ;; esac
    found=$(/usr/bin/grep "$@") || exit
    lasts "\${found##*:}" || ends "\${found##*:}"
    printf '%s\\n' "$found"`,
  },
  sleep: { gate: 'running.sh', call: /\bsleep \d/, script: 'exec /usr/bin/sleep 3' },
};

async function expectCalled(name: string, { gate, call }: Wrapper): Promise<void> {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'templates', 'gates', gate), 'utf8');
  if (!call.test(text))
    throw new Error(
      `${gate} does not call ${name} as test/lab/slow-gates.ts expects, which slows nothing: ${String(call)}`,
    );
}

/** Until `restore` is called a container of the host that ends soon has ended before its gate decides, as fast as the host may be. */
export async function slowGates(host: Host): Promise<{ restore(): Promise<void> }> {
  await mkdir(join(host.root, folder), { recursive: true });
  for (const [name, wrapper] of Object.entries(wrappers)) {
    await expectCalled(name, wrapper);
    const path = join(host.root, folder, name);
    await writeFile(path, `#!/bin/sh${functions}${wrapper.script}\n`);
    await chmod(path, 0o755);
  }
  await mkdir(dirname(join(host.root, dropIn)), { recursive: true });
  await writeFile(
    join(host.root, dropIn),
    `[Service]\nEnvironment=PATH=${folder}:/usr/sbin:/usr/bin:/sbin:/bin\n`,
  );
  await host.exec(['systemctl', 'daemon-reload']);
  return {
    async restore() {
      // With the folder: whoever looks what gear left would find it.
      await rm(dirname(join(host.root, dropIn)), { recursive: true });
      await host.exec(['systemctl', 'daemon-reload']);
    },
  };
}
