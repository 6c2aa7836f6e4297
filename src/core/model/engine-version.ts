import type { Failure } from '../../errors/failure.ts';
import type { EngineKind } from './container.ts';

/** The oldest engines that gear drives: cgroup v2 and, for Podman, `--cgroups=split` with Type=notify. */
const oldest = { docker: [20, 10], podman: [4, 3] } as const satisfies Record<
  EngineKind,
  readonly [number, number]
>;

/** ENGINE_OLD when the version is below what gear needs, else null. A version that cannot be read counts as old. */
export function checkEngineVersion(engine: {
  readonly kind: EngineKind;
  readonly version: string;
}): Failure | null {
  const [major, minor] = oldest[engine.kind];
  const found = /^v?(\d+)\.(\d+)/.exec(engine.version);
  const foundMajor = Number(found?.[1] ?? 0);
  const foundMinor = Number(found?.[2] ?? 0);
  if (foundMajor > major || (foundMajor === major && foundMinor >= minor)) return null;
  return {
    code: 'ENGINE_OLD',
    message: `this host has ${engine.kind} ${engine.version}; gear needs ${String(major)}.${String(minor)} or later`,
    next: `upgrade ${engine.kind}, or name the other engine with --engine`,
    subject: engine.kind,
  };
}
