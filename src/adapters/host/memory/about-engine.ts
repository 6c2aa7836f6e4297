import type { EngineKind } from '../../../core/model/container.ts';
import type { EngineFacts, EngineSetup } from '../../../ports/engine.ts';

/** What an engine says of itself beside what it is. */
export type AboutEngine = Omit<EngineFacts & EngineSetup, 'kind' | 'command'>;

/** An engine as Debian 13 has it. */
export function aboutEngine(kind: EngineKind): AboutEngine {
  return {
    version: kind === 'docker' ? '26.1.5' : '5.4.2',
    liveRestore: false,
    cgroupDriver: 'systemd',
    storagePath: kind === 'docker' ? '/var/lib/docker' : '/var/lib/containers/storage',
    architecture: 'amd64',
  };
}
