import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '../../lab/host.ts';
import type { HostProcess } from '../../lab/host-process.ts';

const folder = '/srv/held-docker';
const reached = '/run/held-docker-reached';
const released = '/run/held-docker-released';

/** `docker create` says that it was reached, and begins when it is let go. */
const wrapper = `#!/bin/sh
if [ "$1" = create ]; then
  touch ${reached}
  until test -e ${released}; do sleep 0.05; done
fi
exec /usr/bin/docker "$@"
`;

/** A gear that stands still in the middle of its change: before its container is made, long before the swap. */
export class HeldDocker {
  readonly #host: Host;

  private constructor(host: Host) {
    this.#host = host;
  }

  static async on(host: Host): Promise<HeldDocker> {
    await mkdir(join(host.root, folder), { recursive: true });
    await writeFile(join(host.root, folder, 'docker'), wrapper);
    await chmod(join(host.root, folder, 'docker'), 0o755);
    return new HeldDocker(host);
  }

  /** Starts `gear ARGUMENT…`, which finds this docker; resolves when it stands still. */
  async gear(args: readonly string[]): Promise<HostProcess> {
    await this.#host.sh(`rm -f ${reached} ${released}`);
    const env = { PATH: `${folder}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin` };
    const process = await this.#host.spawn(['/opt/gear/bin/run.cjs', ...args], { env });
    await this.#host.waitFor(['test', '-e', reached]);
    return process;
  }

  async release(): Promise<void> {
    await this.#host.sh(`touch ${released}`);
  }

  async remove(): Promise<void> {
    await this.release();
    await rm(join(this.#host.root, folder), { recursive: true });
  }
}
