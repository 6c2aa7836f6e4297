import { parseArgs, type ParseArgsConfig } from 'node:util';
import { sweep } from './destroy.ts';
import { LabUnavailable } from './errors.ts';
import { help } from './help.ts';
import type { Host } from './host.ts';
import { Lab } from './lab.ts';
import { suites, type Suite } from './recipe.ts';
import { canRunLab } from './requirements.ts';
import { listStates, type Bind } from './state.ts';

class UsageError extends Error {}

const labOption = { name: { type: 'string', default: process.env['GEAR_LAB'] ?? 'lab' } } as const;

const faults: Record<string, (host: Host) => Promise<void>> = {
  kill: (host) => host.kill(),
  start: (host) => host.start(),
  reboot: (host) => host.reboot(),
  shutdown: (host) => host.shutdown(),
  cut: (host) => host.cut(),
  heal: (host) => host.heal(),
  freeze: (host) => host.freeze(),
  thaw: (host) => host.thaw(),
};

async function main(argv: string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (command === undefined || command === 'help' || helpWanted(argv)) {
    process.stdout.write(help);
    return 0;
  }
  const check = canRunLab();
  if (!check.ok) throw new LabUnavailable(check.reason);
  if (command === 'up') return up(rest);
  if (command === 'exec') return exec(rest);
  if (command === 'ls') return ls();
  if (command === 'down') return down(rest);
  const fault = faults[command];
  if (fault === undefined) throw new UsageError(`no command "${command}"`);
  const { values, positionals } = parse({ args: rest, options: labOption, allowPositionals: true });
  const [host, ...others] = positionals;
  if (host === undefined || others.length > 0) throw new UsageError(`lab ${command} takes one host`);
  await fault((await Lab.open(values.name)).host(host));
  return 0;
}

/** What stands behind the host belongs to the command that `exec` runs. */
function helpWanted(argv: string[]): boolean {
  return (argv[0] === 'exec' ? argv.slice(0, 2) : argv).some((word) => word === '--help' || word === '-h');
}

async function up(args: string[]): Promise<number> {
  const { values, positionals } = parse({
    args,
    allowPositionals: true,
    options: {
      ...labOption,
      suite: { type: 'string', multiple: true, default: [suites[0]] },
      bind: { type: 'string', multiple: true, default: [] },
    },
  });
  const count = Number(positionals[0]);
  if (positionals.length !== 1 || !Number.isInteger(count) || count < 1) {
    throw new UsageError('lab up takes the number of hosts');
  }
  const chosen = values.suite.map(asSuite);
  const binds = values.bind.map(asBind);
  const hosts = Array.from({ length: count }, (_, at) => ({
    name: `h${at + 1}`,
    suite: chosen[at % chosen.length] ?? suites[0],
    binds,
  }));
  const lab = await Lab.up({ name: values.name, hosts, progress: (line) => console.error(line) });
  await lab.release();
  return 0;
}

async function exec(args: string[]): Promise<number> {
  const named = args[0] === '--name';
  const { values } = parse({ args: named ? args.slice(0, 2) : [], options: labOption });
  const [host, ...command] = named ? args.slice(2) : args;
  if (host === undefined || command.length === 0) throw new UsageError('lab exec takes a host and a command');
  const started = await (await Lab.open(values.name)).host(host).spawn(command, { stdio: 'inherit' });
  // Ctrl-C is for the command inside; this process tells how that ended.
  process.on('SIGINT', () => undefined);
  return started.exited;
}

async function ls(): Promise<number> {
  for (const state of await listStates()) {
    const owner = state.owner === null ? 'until lab down' : `as long as process ${state.owner.pid}`;
    console.log(`${state.name} (${owner})`);
    for (const host of (await Lab.open(state.name)).hosts) {
      console.log(`  ${host.name}  ${host.address}  ${host.suite}  ${(await host.isUp()) ? 'up' : 'down'}`);
    }
  }
  return 0;
}

async function down(args: string[]): Promise<number> {
  const { values } = parse({ args, options: { ...labOption, all: { type: 'boolean', default: false } } });
  await sweep();
  const names = values.all ? (await listStates()).map((state) => state.name) : [values.name];
  for (const name of names) await (await Lab.open(name)).down();
  return 0;
}

function parse<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function asSuite(name: string): Suite {
  const suite = suites.find((each) => each === name);
  if (suite === undefined) throw new UsageError(`no suite "${name}": there are ${suites.join(' and ')}`);
  return suite;
}

function asBind(text: string): Bind {
  const [from, to] = text.split(':');
  if (from === undefined || to === undefined) throw new UsageError(`--bind ${text}: write FROM:TO`);
  return { from, to, readOnly: true };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) console.error(`lab: ${error.message}\nTry "lab --help".`);
  else console.error(`lab: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof UsageError ? 2 : error instanceof LabUnavailable ? 5 : 1;
}
