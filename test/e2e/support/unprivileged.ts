import { join } from 'node:path';
import { expect } from 'vitest';
import type { CommandResult } from '../../lab/command.ts';
import type { Host } from '../../lab/host.ts';
import { packImages } from '../../lab/image-archive.ts';
import type { ImageSpec } from '../../lab/images.ts';

const dockerStore = (name: string): string => `/var/lib/containers/${name}/docker`;

const dockerService = `[Service]
Type=notify
NotifyAccess=all
ExecStart=/usr/share/docker.io/contrib/dockerd-rootless.sh
Environment=PATH=/usr/sbin:/usr/bin:/sbin:/bin
Delegate=yes
KillMode=mixed
[Install]
WantedBy=default.target
`;

/** A user without root on a host, who types gear --user, as after su(1): without XDG_RUNTIME_DIR. */
export class Unprivileged {
  readonly host: Host;
  readonly name: string;
  readonly home: string;

  private constructor(host: Host, name: string) {
    this.host = host;
    this.name = name;
    this.home = `/home/${name}`;
  }

  /**
   * Makes the user, with IDs for containers, and Podman's store on a disk below the host's overlay. The user ID is to
   * be of this user alone: logind still ends the one before when the next one of the same ID comes, and starts nothing
   * for it.
   */
  static async create(host: Host, name: string, userId: number): Promise<Unprivileged> {
    await host.sh(`
      useradd --uid ${String(userId)} --create-home --shell /bin/sh ${name}
      mkdir -p /var/lib/containers/${name} /home/${name}/.config/containers
      chmod 711 /var/lib/containers
      cd /home/${name}/.config/containers
      printf '[storage]\\ndriver = "vfs"\\ngraphroot = "/var/lib/containers/${name}"\\n' >storage.conf
      # pasta copies the machine's default route, and a host of the lab has none.
      printf '[containers]\\npids_limit = 0\\n[network]\\ndefault_rootless_network_cmd = "slirp4netns"\\n' >containers.conf
      chown -R ${name}: /home/${name} /var/lib/containers/${name}`);
    return new Unprivileged(host, name);
  }

  async remove(): Promise<void> {
    await this.host.sh(`
      loginctl disable-linger ${this.name}
      systemctl stop user@$(id -u ${this.name}).service
      userdel --remove ${this.name}
      rm -rf /var/lib/containers/${this.name}`);
  }

  /** Has the user's systemd run from now on, and waits for its bus. */
  async linger(): Promise<void> {
    await this.host.sh(`loginctl enable-linger ${this.name}`);
    await this.systemdAnswers();
  }

  async systemdAnswers(): Promise<void> {
    await this.host.waitFor([
      ...this.#as,
      ...(await this.#session()),
      'systemctl',
      '--user',
      'is-active',
      'default.target',
    ]);
  }

  get #as(): readonly string[] {
    const identity = ['--reuid', this.name, '--regid', this.name, '--init-groups'];
    const environment = [`HOME=${this.home}`, 'PATH=/usr/local/bin:/usr/bin:/bin'];
    return ['setpriv', ...identity, 'env', '-i', '--chdir', this.home, ...environment];
  }

  async #session(): Promise<readonly string[]> {
    return [`XDG_RUNTIME_DIR=/run/user/${await this.host.sh(`id -u ${this.name}`)}`];
  }

  /** A command of the user's with a session; returns what it wrote, trimmed. */
  async exec(argv: readonly string[], input?: Buffer): Promise<string> {
    const line = [...this.#as, ...(await this.#session()), ...argv];
    return (await this.host.exec(line, input === undefined ? {} : { input })).stdout.trim();
  }

  /** Has the user's systemd run a rootless dockerd, as dockerd-rootless-setuptool.sh sets it up. */
  async startDocker(): Promise<void> {
    // Its store is on a disk below the host's overlay, as Podman's is.
    await this.exec(['mkdir', '-p', '.config/systemd/user', '.local/share', dockerStore(this.name)]);
    await this.exec(['ln', '-s', dockerStore(this.name), '.local/share/docker']);
    await this.exec(['tee', '.config/systemd/user/docker.service'], Buffer.from(dockerService));
    await this.exec(['systemctl', '--user', 'daemon-reload']);
    await this.exec(['systemctl', '--user', 'enable', '--now', 'docker.service']);
  }

  /** The command of Docker's client for the rootless dockerd; returns what it wrote, trimmed. */
  async docker(...args: readonly string[]): Promise<string> {
    return this.exec(await this.#dockerLine(args));
  }

  async #dockerLine(args: readonly string[]): Promise<readonly string[]> {
    const [runtime = ''] = await this.#session();
    const socket = `${runtime.slice('XDG_RUNTIME_DIR='.length)}/docker.sock`;
    return ['docker', '--host', `unix://${socket}`, ...args];
  }

  async loadDocker(images: readonly ImageSpec[]): Promise<void> {
    const { tar } = await packImages(images, join(this.host.root, 'usr/bin/busybox'));
    await this.exec(await this.#dockerLine(['load']), tar);
  }

  async load(images: readonly ImageSpec[]): Promise<void> {
    const { tar } = await packImages(images, join(this.host.root, 'usr/bin/busybox'));
    await this.exec(['podman', 'load'], tar);
  }

  /** `gear --user ARGUMENT…`, whatever comes of it. */
  gear(args: readonly string[], input = ''): Promise<CommandResult> {
    const argv = [...this.#as, '/opt/gear/bin/run.cjs', '--user', ...args];
    return this.host.exec(argv, { check: false, input });
  }

  /** The same with the exit status 0; what it wrote to stdout. */
  async ok(...args: readonly string[]): Promise<string> {
    return this.ends(0, args);
  }

  /** The same with another exit status; what it wrote to stderr. */
  async fails(code: number, ...args: readonly string[]): Promise<string> {
    return this.ends(code, args);
  }

  async ends(code: number, args: readonly string[], input?: string): Promise<string> {
    const result = await this.gear(args, input);
    expect(result, `gear --user ${args.join(' ')}\n${result.stdout}${result.stderr}`).toMatchObject({ code });
    return code === 0 ? result.stdout : result.stderr;
  }

  property(unit: string, name: string): Promise<string> {
    return this.exec(['systemctl', '--user', 'show', `--property=${name}`, '--value', unit]);
  }
}
