import { readEnvironment } from '../apply/environment-store.ts';
import { type InstanceContents, runningApp } from '../core/descriptor/export/running-app.ts';
import type { AppRequest } from '../core/model/app.ts';
import type { GivenFile } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import type { Manifest } from '../core/model/manifest.ts';
import type { AppNetwork } from '../core/model/network.ts';
import { nearest } from '../core/model/nearest.ts';
import { paths } from '../core/model/paths.ts';
import { isChosenSubnet } from '../core/placement/subnet-pool.ts';
import { FailureError } from '../errors/failure.ts';
import { quote } from '../errors/quote.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { FlowContext } from './context.ts';

/** An app as this host has it. */
export interface RunningApp {
  readonly request: AppRequest;
  readonly instances: readonly Instance[];
}

/**
 * What an app of this host was made from: its containers with environment and files, and its networks without the
 * subnets that gear chose. FailureError NAME_UNKNOWN, or FILE_FAILED when the host lost a file of it.
 */
export async function readRunningApp(context: FlowContext, app: string): Promise<RunningApp> {
  const manifest = await readCurrentManifest(context.host.files);
  const instances = (manifest?.instances ?? []).filter((each) => each.app === app);
  if (manifest === null || instances.length === 0) throw unknownApp(app, manifest);
  const contents = await Promise.all(
    instances.map(async (each) => [each.name, await readContents(context, each)] as const),
  );
  return { request: runningApp(app, instances, askedNetworks(manifest), new Map(contents)), instances };
}

/** The networks of a host as they were asked for: without the subnets that gear chose. */
export function askedNetworks({ networks = [] }: Manifest): readonly AppNetwork[] {
  return networks.map((network) => {
    const { subnet, subnet6, ...spec } = network.spec;
    return {
      ...network,
      spec: {
        ...spec,
        ...(subnet === undefined || isChosenSubnet(subnet) ? {} : { subnet }),
        ...(subnet6 === undefined || isChosenSubnet(subnet6) ? {} : { subnet6 }),
      },
    };
  });
}

function unknownApp(app: string, manifest: Manifest | null): FailureError {
  const apps = [...new Set((manifest?.instances ?? []).map((each) => each.app))];
  const near = nearest(app, apps);
  return new FailureError({
    code: 'NAME_UNKNOWN',
    message: `there is no app ${quote(app)} on this host`,
    next: near === undefined ? 'gear ls tells the names' : `did you mean ${near}? gear ls tells all names`,
  });
}

async function readContents({ host }: FlowContext, instance: Instance): Promise<InstanceContents> {
  const { environmentFile, files = [] } = instance;
  const environment = environmentFile === null ? {} : await readEnvironment(host.files, environmentFile);
  if (environment === null) throw lost(instance, 'environment');
  const contents = await Promise.all(
    files.map(async ({ target, hash }): Promise<GivenFile> => {
      const content = await host.files.read(dataPath(hash));
      if (content === null) throw lost(instance, `file ${target}`);
      return { target, content };
    }),
  );
  return { environment, files: contents };
}

/** Where a host keeps the content of a file of configuration. */
export function dataPath(hash: string): string {
  return `${paths.files}/${hash}.data`;
}

function lost({ name }: Instance, what: string): FailureError {
  return new FailureError({
    code: 'FILE_FAILED',
    message: `the ${what} of ${name} is gone from ${paths.files}`,
    next: 'apply its descriptor, which writes it again',
    subject: name,
  });
}
