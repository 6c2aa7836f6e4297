import type { EngineKind } from '../core/model/container.ts';
import type { DescriptorPaths } from './descriptor-groups.ts';

/** What was asked, without what was read: a plan file holds it. */
export interface AskedApps extends DescriptorPaths {
  readonly only?: readonly string[];
  readonly engine?: EngineKind;
  /** A folder of templates for the host. */
  readonly templates?: string;
  readonly pruneVolumes: boolean;
  readonly start: boolean;
  readonly strict: boolean;
}
