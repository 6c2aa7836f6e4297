import { expect, inject } from 'vitest';
import type { CommandResult } from '../../lab/command.ts';
import type { Host } from '../../lab/host.ts';
import { Lab } from '../../lab/lab.ts';
import type { ListRow, StatusRow } from '../../../src/report/values.ts';
import { patienceMs } from '../../lab/patience.ts';

interface GearOptions {
  readonly env?: Record<string, string>;
  readonly input?: string;
  readonly timeoutMs?: number;
}

/** A host of the end-to-end lab on which gear is typed, and looked at from outside of gear. */
export class GearHost {
  readonly host: Host;

  constructor(host: Host) {
    this.host = host;
  }

  /** Runs `gear ARGUMENT…` and returns what came of it, whatever the exit status. */
  gear(args: readonly string[], { env = {}, ...options }: GearOptions = {}): Promise<CommandResult> {
    const argv = [
      'env',
      ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
      '/opt/gear/bin/run.cjs',
      ...args,
    ];
    return this.host.exec(argv, { check: false, timeoutMs: 180_000, ...options });
  }

  /** Runs gear and expects exit status 0. */
  async ok(...args: readonly string[]): Promise<CommandResult> {
    const result = await this.gear(args);
    expect(result, `gear ${args.join(' ')}\n${result.stdout}${result.stderr}`).toMatchObject({ code: 0 });
    return result;
  }

  /** Runs gear and expects another exit status; returns stderr. */
  async fails(code: number, ...args: readonly string[]): Promise<string> {
    const result = await this.gear(args);
    expect(result, `gear ${args.join(' ')}\n${result.stdout}${result.stderr}`).toMatchObject({ code });
    return result.stderr;
  }

  async status(name: string): Promise<StatusRow> {
    const { stdout } = await this.gear(['status', name, '--json']);
    const [row] = JSON.parse(stdout) as StatusRow[];
    if (row === undefined) throw new Error(`gear status ${name} told nothing`);
    return row;
  }

  async list(): Promise<readonly ListRow[]> {
    return JSON.parse((await this.ok('ls', '--json')).stdout) as ListRow[];
  }

  /** A property of a unit, as systemd itself has it. */
  async property(unit: string, name: string): Promise<string> {
    return this.host.sh(`systemctl show --property=${name} --value ${unit}`);
  }

  activeState(name: string): Promise<string> {
    return this.property(`ctr-${name}.service`, 'ActiveState');
  }

  /** The process ID of the payload, as the engine has it. */
  async payloadPid(engine: string, name: string): Promise<string> {
    return this.host.sh(
      `${engine} inspect --format '{{.State.Pid}}' $(${engine} ps --quiet --filter label=gear.name=${name})`,
    );
  }

  /** The same of what Docker has by the name of a form, whether or not it has gear's labels. */
  async payloadPidOf(name: string): Promise<string> {
    const found = `docker ps --quiet --filter name='^ctr-${name}[.]'`;
    return this.host.sh(`docker inspect --format '{{.State.Pid}}' $(${found})`);
  }

  /** Runs a command in a container; returns what it wrote, trimmed. */
  async inside(engine: string, name: string, ...argv: readonly string[]): Promise<string> {
    const id = await this.host.sh(`${engine} ps --quiet --filter label=gear.name=${name}`);
    return (await this.host.exec([engine, 'exec', id, ...argv])).stdout.trim();
  }

  /** The value of a variable as programs in a container get it, byte for byte. */
  async variable(engine: string, name: string, key: string): Promise<string> {
    const id = await this.host.sh(`${engine} ps --quiet --filter label=gear.name=${name}`);
    const print = ['exec', id, 'sh', '-c', `printf %s "$${key}"`];
    return (await this.host.exec([engine, ...print])).stdout;
  }

  /** What the host answers on a port of its own; fails when nothing serves. */
  fetch(port: number): Promise<string> {
    return this.host.sh(`curl --silent --fail --max-time 5 http://127.0.0.1:${String(port)}/`);
  }

  /** Waits until a port serves a page with this text. */
  async serves(port: number, text: string, timeoutMs = patienceMs): Promise<void> {
    const url = `http://127.0.0.1:${String(port)}/`;
    await this.host.waitFor(['sh', '-c', `curl -sf --max-time 2 ${url} | grep -q '${text}'`], { timeoutMs });
  }

  /** Waits until systemd has the unit in this state. */
  async becomes(name: string, state: string, timeoutMs = patienceMs): Promise<void> {
    const command = `test "$(systemctl show --property=ActiveState --value ctr-${name}.service)" = ${state}`;
    await this.host.waitFor(['sh', '-c', command], { timeoutMs });
  }

  /** Waits until another process than `pid` is the payload. */
  async restarted(engine: string, name: string, pid: string, timeoutMs = patienceMs): Promise<void> {
    const ids = `$(${engine} ps --quiet --filter label=gear.name=${name})`;
    const command = `now=$(${engine} inspect --format '{{.State.Pid}}' ${ids}) && test $now -gt 0 && test $now -ne ${pid}`;
    await this.host.waitFor(['sh', '-c', command], { timeoutMs });
    await this.becomes(name, 'active', timeoutMs);
  }

  /** When a unit became active, in ms since boot. */
  async activeSince(unit: string): Promise<number> {
    return Number(await this.property(unit, 'ActiveEnterTimestampMonotonic')) / 1000;
  }

  /** All that gear has on the host beside its own records: units and links, containers, volumes, tags. */
  traces(engine: string): Promise<string> {
    return this.host.sh(`
      find /etc/systemd/system -name 'ctr-*' | sort
      ${engine} ps --all --filter label=gear.name --format '{{.Names}}' | sort
      ${engine} volume ls --quiet | sort`);
  }

  /** The number of the current generation; 0 when there is none. */
  async generation(): Promise<number> {
    const target = await this.host.sh('readlink /etc/gear/current || true');
    return Number(target.slice(target.lastIndexOf('/') + 1));
  }

  /** After D-Bus was killed: logind does not come back to the new one by itself, and no user would get a session. */
  async renewLogind(): Promise<void> {
    await this.host.exec(['systemctl', 'restart', 'systemd-logind.service']);
  }

  /** Removes everything that gear has on the host, with volumes. */
  async clear(): Promise<void> {
    const names = (await this.list()).map((row) => row.name);
    if (names.length > 0) await this.ok('rm', ...names, '--volumes');
  }
}

/** A host of the lab that this run booted. */
export async function gearHost(name: 'trixie' | 'bookworm'): Promise<GearHost> {
  return new GearHost((await Lab.open(inject('labName'))).host(name));
}
