import type { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { appNetworkName, type AppRequest } from '../../../src/core/model/app.ts';
import type { ContainerRequest, ContainerSpec, EngineKind } from '../../../src/core/model/container.ts';
import { FailureError } from '../../../src/errors/failure.ts';
import type { AppsInput } from '../../../src/flows/app-inputs.ts';
import { applyApps } from '../../../src/flows/apply.ts';
import { previewApps } from '../../../src/flows/preview.ts';
import type { PlanReport } from '../../../src/report/values-of-plans.ts';
import { contextOn, type Typed } from './gear-in-memory.ts';

/** What a test says of a container; `content` is that of its files by target, `env` its environment. */
export interface ContainerParts extends Partial<ContainerSpec> {
  readonly env?: Readonly<Record<string, string>>;
  readonly secretEnv?: Readonly<Record<string, string>>;
  readonly content?: Readonly<Record<string, string>>;
}

/** An app as reading a descriptor gives it: its containers are on its own network, by their names. */
export function anApp(
  app: string,
  containers: Readonly<Record<string, ContainerParts>>,
  more: Partial<AppRequest> = {},
): AppRequest {
  return {
    app,
    source: `${app}.yaml`,
    containers: Object.entries(containers).map(([name, parts]) => aContainer(app, name, parts)),
    networks: [{ name: appNetworkName(app), spec: {} }],
    volumes: [],
    ...more,
  };
}

function aContainer(app: string, container: string, parts: ContainerParts): ContainerRequest {
  const { env = {}, secretEnv, content = {}, ...spec } = parts;
  const targets = Object.keys(content).toSorted();
  const full = (name: string): string => (name.includes('.') || name === app ? name : `${app}.${name}`);
  return {
    app,
    container,
    environment: env,
    ...(secretEnv === undefined ? {} : { secretEnvironment: secretEnv }),
    ...(targets.length === 0
      ? {}
      : {
          files: targets.map((target) => ({
            target,
            content: new TextEncoder().encode(content[target] ?? ''),
          })),
        }),
    spec: {
      image: 'web:1',
      ports: [],
      mounts: [],
      restart: 'always',
      stopTimeoutMs: 10_000,
      networks: [{ name: appNetworkName(app), aliases: [container] }],
      ...(targets.length === 0 ? {} : { files: targets.map((target) => ({ target, mode: 0o444 })) }),
      ...spec,
      after: (spec.after ?? []).map(full),
      requires: (spec.requires ?? []).map(full),
    },
  };
}

/** What is typed: nothing but the apps. */
function asked(apps: readonly AppRequest[], more: Partial<AppsInput> = {}): AppsInput {
  return { apps, failures: [], pull: 'missing', pruneVolumes: false, start: true, ...more };
}

/** `gear apply`. */
export function applying(apps: readonly AppRequest[], more: Partial<AppsInput> = {}): Typed {
  return (context) => applyApps(context, { ...asked(apps, more), wait: true, timeoutMs: 60_000 });
}

/** `gear plan`. Throws its failures. */
export async function planOn(
  host: MemoryHost,
  apps: readonly AppRequest[],
  more: Partial<AppsInput> = {},
): Promise<PlanReport> {
  const result = await previewApps(contextOn(host), { ...asked(apps, more), diff: true });
  if (!result.ok) throw new FailureError(...result.failures);
  return result.value;
}

/** What each container is planned to become. */
export function actionsIn(plan: PlanReport): Readonly<Record<string, string>> {
  return Object.fromEntries(
    plan.apps.flatMap(({ containers }) => containers.map(({ name, action }) => [name, action])),
  );
}

/** An engine for all of a test's apps, with the images that they have. */
export function withImages(host: MemoryHost, engine: EngineKind, ...names: readonly string[]): MemoryHost {
  for (const name of names) host[engine].images.add(name);
  return host;
}
