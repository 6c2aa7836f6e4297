import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A message bus of a test's own, with a system bus's limit on open calls and a small one on match rules. */
export class PrivateBus {
  readonly #folder: string;
  readonly #daemon: ChildProcess;
  readonly path: string;

  private constructor(folder: string, daemon: ChildProcess) {
    this.#folder = folder;
    this.#daemon = daemon;
    this.path = join(folder, 'bus');
  }

  static async start(): Promise<PrivateBus> {
    const folder = await mkdtemp(join(tmpdir(), 'gear-test-bus-'));
    const config = join(folder, 'bus.conf');
    await writeFile(config, configuration(join(folder, 'bus')));
    const args = [`--config-file=${config}`, '--nofork', '--print-address'];
    const daemon = spawn('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let complaints = '';
    daemon.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    await Promise.race([
      once(daemon.stdout, 'data'),
      once(daemon, 'close').then(() => Promise.reject(new Error(`dbus-daemon did not start: ${complaints}`))),
    ]);
    return new PrivateBus(folder, daemon);
  }

  get address(): string {
    return `unix:path=${this.path}`;
  }

  /** Ends the daemon as a crash would. */
  async kill(): Promise<void> {
    if (this.#daemon.exitCode !== null || this.#daemon.signalCode !== null) return;
    this.#daemon.kill('SIGKILL');
    await once(this.#daemon, 'exit');
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true });
  }
}

const configuration = (path: string): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path=${path}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
  <limit name="max_replies_per_connection">128</limit>
  <limit name="max_match_rules_per_connection">20</limit>
</busconfig>
`;
