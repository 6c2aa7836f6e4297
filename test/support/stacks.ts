import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readApps } from '../../src/cli/read-apps.ts';
import type { AppRequest } from '../../src/core/model/app.ts';
import type { EngineKind } from '../../src/core/model/container.ts';
import { renderApps } from '../../src/flows/render-apps.ts';
import { printFailures } from '../../src/report/failure.ts';
import { createStyle } from '../../src/report/style.ts';
import { valueOf } from '../unit/core/descriptor/expectations.ts';

/** Stacks as people run them, in the format that they have: a folder each, with what gear makes of it beside it. */
export const stacksFolder = path.join(import.meta.dirname, '../golden/stacks');

/** Their names. */
export const stacks = (await readdir(stacksFolder)).toSorted();

/** The apps of a stack. Throws its mistakes. */
export async function appsOfStack(stack: string): Promise<readonly AppRequest[]> {
  const { apps, failures } = await readApps({ paths: [path.join(stacksFolder, stack)], overlays: [] });
  if (failures.length > 0) throw new Error(printFailures(failures, createStyle({}, {})));
  return apps;
}

/** The units of a stack. */
export async function unitsOfStack(stack: string, engine: EngineKind, systemdVersion: number) {
  const inMemory = { writeInto: () => Promise.resolve() };
  const apps = await appsOfStack(stack);
  return valueOf(await renderApps(inMemory, { apps, failures: [], engine, systemdVersion })).units;
}
