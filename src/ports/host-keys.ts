import type { HostAddress } from '../core/model/host-address.ts';

/** The key that a host shows. */
export interface OfferedKey {
  /** As ssh-keygen(1) prints it, e.g. `SHA256:…`. */
  readonly fingerprint: string;
  /** ED25519, ECDSA, RSA … */
  readonly algorithm: string;
  /** Its lines for known_hosts(5). */
  readonly lines: string;
}

/** Which hosts this user has confirmed the keys of: the user's own known_hosts. */
export interface HostKeys {
  /** The key that a host shows; null where it is known already. FailureError HOST_…; HOST_KEY_CHANGED for another one. */
  offered(address: HostAddress): Promise<OfferedKey | null>;
  /** The fingerprints of the keys that are known as the host's: it may have several, and shows one. */
  known(address: HostAddress): Promise<readonly string[]>;
  /** The key that a host shows, known or not. FailureError HOST_…. */
  shown(address: HostAddress): Promise<OfferedKey>;
  /** From now on this is the host's key. FailureError FILE_FAILED. */
  trust(address: HostAddress, key: OfferedKey): Promise<void>;
}
