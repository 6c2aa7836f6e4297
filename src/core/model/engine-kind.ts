/** The two engines that gear drives. */
export type EngineKind = 'docker' | 'podman';
