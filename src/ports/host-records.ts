import type { AppDescription, HostRecord } from '../core/model/host-record.ts';
import type { Manifest } from '../core/model/manifest.ts';

/** What of an app's description is known before the host has answered. */
export type GivenDescription = Omit<AppDescription, 'hashes'>;

/** What the operator keeps of other hosts. FailureError FILE_FAILED, DISK_FULL, NOT_ROOT. */
export interface HostRecords {
  /** Null where nothing is kept of that host. FailureError MANIFEST_INVALID, MANIFEST_NEWER. */
  read(host: string): Promise<HostRecord | null>;
  /** The hosts of which something is kept, sorted. */
  hosts(): Promise<readonly string[]>;
  /** Keeps what a host has now in the place of what was kept of it. Nothing is written where that is the same. */
  keep(host: string, manifest: Manifest, given: Readonly<Record<string, GivenDescription>>): Promise<void>;
}
