/** What is told of a host that changes by itself. Too much is told rather than too little; what changed, is looked for. */
export interface HostListener {
  /** Something of gear's may have changed. */
  readonly stirred: () => void;
  /** Somebody may have edited a unit file of the current generation. */
  readonly edited: () => void;
  /** An engine or systemd is there again. */
  readonly recovered: () => void;
  /** The health check of a container of gear's failed, or passes. */
  readonly health: (instance: string, healthy: boolean) => void;
}

/** Listens until it is closed; what is lost is found again. */
export interface HostSignals {
  close(): void;
}
