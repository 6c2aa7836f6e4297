import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { quoteWord } from '../../src/adapters/ssh/quote.ts';
import { cleanEnv, type CommandOptions, type CommandResult, exitCode, run } from '../lab/command.ts';
import { missing } from '../support/missing.ts';
import type { Progress } from '../lab/tree.ts';
import { bootedWords, makeDisk, systemDisk } from './disk.ts';

const project = resolve(import.meta.dirname, '../..');

/** In software, where there is no other way, the start takes two minutes. */
const bootTimeoutMs = 900_000;

/**
 * A virtual machine by QEMU, with a kernel of its own: all controllers of cgroup v2 and AppArmor, which the machine
 * that runs the lab's hosts may not have. It emulates the processor, which is slow and works everywhere; what is
 * written to its disk is forgotten.
 */
export class Machine {
  readonly #folder: string;
  readonly #qemu: ChildProcess;
  readonly #ssh: readonly string[];

  private constructor(folder: string, qemu: ChildProcess, ssh: readonly string[]) {
    this.#folder = folder;
    this.#qemu = qemu;
    this.#ssh = ssh;
  }

  /** Boots one that has this build of gear, and `files` by name, in /opt. */
  static async boot(files: Readonly<Record<string, Buffer>>, progress: Progress): Promise<Machine> {
    const obstacle = missing('qemu-system-x86_64') ?? missing('mmdebstrap');
    if (obstacle !== undefined)
      throw new Error(`${obstacle}: apt-get install --no-install-recommends qemu-system-x86 mmdebstrap`);
    const { kernel, initrd, disk } = await systemDisk(progress);
    const folder = await mkdtemp(join(tmpdir(), 'gear-machine-'));
    const key = join(folder, 'key');
    await run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key]);
    await makeDisk(await furnish(folder, files), join(folder, 'opt.img'), '512M');
    const port = await freePort();
    const qemu = spawn(
      'qemu-system-x86_64',
      [
        ...['-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '2', '-m', '2048', '-snapshot'],
        ...['-kernel', kernel, '-initrd', initrd],
        ...['-append', 'root=/dev/vda rw console=ttyS0 systemd.show_status=yes apparmor=1 security=apparmor'],
        ...['-drive', `file=${disk},if=virtio,format=raw`],
        ...['-drive', `file=${join(folder, 'opt.img')},if=virtio,format=raw`],
        ...['-nic', `user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:${String(port)}-:22`],
        ...['-display', 'none', '-monitor', 'none', '-serial', 'stdio'],
      ],
      { env: cleanEnv, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'];
    const machine = new Machine(folder, qemu, [
      ...['ssh', '-i', key, '-p', String(port), '-F', 'none'],
      ...options.flatMap((option) => ['-o', option]),
      'root@127.0.0.1',
    ]);
    progress('booting a virtual machine, about two minutes');
    try {
      await booted(qemu);
    } catch (error) {
      await machine.destroy();
      throw error;
    }
    return machine;
  }

  /** Runs a command in it, as root. */
  exec(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    return run([...this.#ssh, argv.map(quoteWord).join(' ')], { timeoutMs: 600_000, ...options });
  }

  /** What a line of shell prints, without the space around it. */
  async sh(line: string): Promise<string> {
    return (await this.exec(['sh', '-c', line])).stdout.trim();
  }

  gear(...words: readonly string[]): Promise<CommandResult> {
    return this.exec(['/opt/node', '/opt/gear/bin/run.cjs', ...words], { check: false });
  }

  async destroy(): Promise<void> {
    const ended = exitCode(this.#qemu);
    this.#qemu.kill('SIGKILL');
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** The folder that becomes the second disk. */
async function furnish(folder: string, files: Readonly<Record<string, Buffer>>): Promise<string> {
  const opt = join(folder, 'opt');
  await mkdir(opt);
  await cp(process.execPath, join(opt, 'node'));
  await cp(join(folder, 'key.pub'), join(opt, 'authorized_keys'));
  for (const name of ['bin', 'dist', 'templates', 'package.json'])
    await cp(join(project, name), join(opt, 'gear', name), { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(opt, name), content);
  return opt;
}

/** Resolves when the machine says on its console that everything is started. */
function booted(qemu: ChildProcess): Promise<void> {
  return new Promise((done, reject) => {
    let said = '';
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`the virtual machine ${why}:\n${said.slice(-2000)}`));
    };
    const timer = setTimeout(fail, bootTimeoutMs, `was not up after ${String(bootTimeoutMs / 1000)} s`);
    qemu.once('exit', (code) => {
      fail(`ended with status ${String(code)}`);
    });
    qemu.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (!said.includes(bootedWords)) return;
      clearTimeout(timer);
      done();
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
