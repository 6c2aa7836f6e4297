import * as z from 'zod/mini';

const list = z.nullish(z.array(z.string()));
const map = z.nullish(z.record(z.string(), z.string()));

/** What of `docker container inspect` says how a container was made (Docker Engine API, ContainerInspect). */
export const inspectedContainer = z.object({
  Id: z.string(),
  Name: z.string(),
  Image: z.string(),
  State: z.object({ Running: z.boolean(), Pid: z.number() }),
  Config: z.object({
    Image: z.string(),
    Hostname: z.optional(z.string()),
    User: z.optional(z.string()),
    Tty: z.optional(z.boolean()),
    Env: list,
    Cmd: list,
    Entrypoint: z.nullish(z.union([z.array(z.string()), z.string()])),
    WorkingDir: z.optional(z.string()),
    Labels: map,
    StopSignal: z.nullish(z.union([z.string(), z.number()])),
    StopTimeout: z.nullish(z.number()),
  }),
  HostConfig: z.object({
    NetworkMode: z.optional(z.string()),
    PortBindings: z.nullish(
      z.record(
        z.string(),
        z.nullish(z.array(z.object({ HostIp: z.optional(z.string()), HostPort: z.string() }))),
      ),
    ),
    RestartPolicy: z.optional(z.object({ Name: z.string(), MaximumRetryCount: z.optional(z.number()) })),
    AutoRemove: z.optional(z.boolean()),
    PublishAllPorts: z.optional(z.boolean()),
    VolumesFrom: list,
    Links: list,
    CapAdd: list,
    CapDrop: list,
    Dns: list,
    DnsOptions: list,
    DnsSearch: list,
    ExtraHosts: list,
    GroupAdd: list,
    IpcMode: z.optional(z.string()),
    PidMode: z.optional(z.string()),
    UTSMode: z.optional(z.string()),
    Privileged: z.optional(z.boolean()),
    ReadonlyRootfs: z.optional(z.boolean()),
    Init: z.nullish(z.boolean()),
    SecurityOpt: list,
    Tmpfs: map,
    Sysctls: map,
    ShmSize: z.optional(z.number()),
    Memory: z.optional(z.number()),
    NanoCpus: z.optional(z.number()),
    CpusetCpus: z.optional(z.string()),
    PidsLimit: z.nullish(z.number()),
    OomScoreAdj: z.optional(z.number()),
    Ulimits: z.nullish(z.array(z.object({ Name: z.string(), Soft: z.number(), Hard: z.number() }))),
    Devices: z.nullish(
      z.array(
        z.object({ PathOnHost: z.string(), PathInContainer: z.string(), CgroupPermissions: z.string() }),
      ),
    ),
  }),
  Mounts: z.nullish(
    z.array(
      z.object({
        Type: z.string(),
        Name: z.optional(z.string()),
        Source: z.optional(z.string()),
        Destination: z.string(),
        RW: z.boolean(),
      }),
    ),
  ),
  NetworkSettings: z.object({
    Networks: z.nullish(
      z.record(
        z.string(),
        z.object({
          Aliases: list,
          IPAMConfig: z.nullish(z.object({ IPv4Address: z.optional(z.string()) })),
        }),
      ),
    ),
  }),
});

export type InspectedContainer = z.infer<typeof inspectedContainer>;
