import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { geardUnit } from '../core/descriptor/geard/unit-metadata.ts';
import { paths } from '../core/model/paths.ts';
import { systemctl } from '../core/model/systemctl.ts';
import type { AdoptReport } from '../report/values-of-adoption.ts';
import { adoptRunning } from './adopt.ts';
import { areUndeclared } from './adopted-container.ts';
import type { FlowContext } from './context.ts';
import { type Candidate, examine } from './examine-container.ts';
import { letGoOfClient } from './let-go.ts';
import { keepOffered } from './offered-key.ts';
import { preflight } from './preflight.ts';

/** `gear adopt --geard`. */
interface GeardAdoption {
  readonly confirm: (plan: AdoptReport) => Promise<boolean>;
  readonly timeoutMs: number;
}

/** A unit of geard's with the container that it runs, and the links by which systemd knows it: path → target. */
interface Member {
  readonly unit: string;
  readonly candidate: Candidate;
  readonly links: ReadonlyMap<string, string>;
}

/** Where geard and systemd left links to units (geard's own targets want them). */
const linkFolders = ['', '/container.target.wants', '/container-active.target.wants'].map(
  (folder) => `${paths.units}${folder}`,
);

/**
 * Makes the containers that units of geard run gear's own. Each process goes on: its unit, which has the very name that gear
 * gives its own, is taken away from under it, and gear's takes its place. What does not run is left, and named.
 */
export async function adoptGeard(context: FlowContext, input: GeardAdoption): Promise<Result<AdoptReport>> {
  const prepared = await attempt(async () => {
    await preflight(context);
    const offered = await context.host.offerSecretKey();
    const { members, left } = await findMembers(context, offered.key);
    const report: AdoptReport = {
      containers: members.map(({ candidate }) => candidate.plan),
      ...(left.length === 0 ? {} : { left }),
      declined: false,
    };
    if (members.length === 0) throw new FailureError(nothing(left));
    return { members, offered, report, agreed: await input.confirm(report) };
  });
  if (!prepared.ok) return prepared;
  const { members, offered, report, agreed } = prepared.value;
  if (!agreed) return { ok: true, value: { containers: [], declined: true } };
  const kept = await attempt(() => keepOffered(context, offered));
  if (!kept.ok) return kept;
  for (const member of members) {
    const done = await replaceUnit(context, input, member);
    if (!done.ok) return done;
  }
  return { ok: true, value: report };
}

async function replaceUnit(
  context: FlowContext,
  { timeoutMs }: GeardAdoption,
  { unit, candidate, links }: Member,
): Promise<Result<null>> {
  const { files } = context.host;
  const systemd = await context.host.systemd();
  const done = await attempt(async () => {
    await letGoOfClient(context, unit);
    for (const path of links.keys()) await files.remove(path);
    await systemd.reload();
    const adopted = await adoptRunning(context, { timeoutMs }, candidate);
    if (!adopted.ok) throw new FailureError(...adopted.failures);
    return null;
  });
  if (done.ok || !(await areUndeclared(context, [candidate.instance.name]))) return done;
  // The container runs on without a unit; at the next boot geard's starts it as before.
  await attempt(async () => {
    for (const [path, target] of links) await files.link(path, target);
    await systemd.reload();
  });
  return done;
}

async function findMembers(
  context: FlowContext,
  key: Uint8Array,
): Promise<{ readonly members: readonly Member[]; readonly left: readonly string[] }> {
  const { files } = context.host;
  const members: Member[] = [];
  const left: string[] = [];
  const docker = await context.host.engine('docker');
  for (const { name: unit } of await files.list(paths.units)) {
    if (!/^ctr-.+\.service$/.test(unit)) continue;
    const content = await files.read(`${paths.units}/${unit}`);
    const found = content === null ? null : geardUnit(new TextDecoder().decode(content));
    if (found === null) continue;
    const running = (await docker.container(found.container))?.running === true;
    if (!running || found.type !== 'simple') {
      left.push(
        `${unit} (${running ? `${found.type}: it runs a script that a reboot takes away` : 'it does not run'})`,
      );
      continue;
    }
    const candidate = await examine(context, {}, { container: found.container, key });
    members.push({ unit, candidate, links: await linksOf(context, unit) });
  }
  return { members, left };
}

async function linksOf({ host }: FlowContext, unit: string): Promise<ReadonlyMap<string, string>> {
  const links = new Map<string, string>();
  for (const folder of linkFolders) {
    const target = await host.files.readLink(`${folder}/${unit}`);
    if (target !== null) links.set(`${folder}/${unit}`, target);
  }
  return links;
}

function nothing(left: readonly string[]) {
  const code = 'NOT_RUNNING' as const;
  return left.length === 0
    ? {
        code,
        message: `no unit in ${paths.units} was written by geard`,
        next: 'containers by name: gear adopt NAME; a deployment: gear apply deployment.json',
      }
    : {
        code,
        message: `nothing that geard's units describe can be adopted: ${left.join(', ')}`,
        next: `start it first: ${systemctl('start UNIT')}; or install it anew: gear install IMAGE NAME`,
      };
}
