import type { EngineKind } from './container.ts';

/** What a network is like, beyond its name; absent: the engine's own default. */
export interface NetworkSpec {
  readonly driver?: string;
  readonly internal?: true;
  readonly ipv6?: true;
  /** CIDR; absent: gear chooses one from its own pool. */
  readonly subnet?: string;
  /** A second, IPv6 one beside an IPv4 subnet, of a network with `ipv6`. */
  readonly subnet6?: string;
  readonly gateway?: string;
  readonly ipRange?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A network as an app's descriptor means it. `name` is the engine's; an external one is used and never made or removed. */
export interface NetworkRequest {
  readonly name: string;
  readonly external?: true;
  readonly spec: NetworkSpec;
}

/** A network that gear owns on a host, with its subnet chosen. */
export interface AppNetwork {
  readonly app: string;
  readonly engine: EngineKind;
  readonly name: string;
  readonly spec: NetworkSpec;
}
