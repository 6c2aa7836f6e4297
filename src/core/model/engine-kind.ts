/** The engines that gear drives. */
export const engineKinds = ['docker', 'podman'] as const;

/** The two engines that gear drives. */
export type EngineKind = (typeof engineKinds)[number];
