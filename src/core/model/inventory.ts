import type { EngineKind } from './engine-kind.ts';
import type { HostAddress } from './host-address.ts';

/** A host of the inventory. */
export interface InventoryHost {
  readonly name: string;
  readonly address: HostAddress;
  readonly labels: Readonly<Record<string, string>>;
  /** The engine for what is installed there first. */
  readonly engine?: EngineKind;
}
