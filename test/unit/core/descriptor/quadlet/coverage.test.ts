import { expect, test } from 'vitest';
import { containerKeys } from '../../../../../src/core/descriptor/quadlet/container-keys.ts';
import { kubeKeys } from '../../../../../src/core/descriptor/quadlet/kube-keys.ts';
import { podKeys } from '../../../../../src/core/descriptor/quadlet/pod-keys.ts';
import {
  buildKeys,
  imageKeys,
  networkKeys,
  volumeKeys,
} from '../../../../../src/core/descriptor/quadlet/resource-keys.ts';

/** The keys of each section in podman-systemd.unit(5). */
const published = {
  Container: `
    AddCapability AddDevice AddHost Annotation AppArmor AutoUpdate CgroupsMode ContainerName ContainersConfModule DNS
    DNSOption DNSSearch DropCapability Entrypoint Environment EnvironmentFile EnvironmentHost Exec ExposeHostPort GIDMap
    GlobalArgs Group GroupAdd HealthCmd HealthInterval HealthLogDestination HealthMaxLogCount HealthMaxLogSize
    HealthOnFailure HealthRetries HealthStartPeriod HealthStartupCmd HealthStartupInterval HealthStartupRetries
    HealthStartupSuccess HealthStartupTimeout HealthTimeout HostName HttpProxy IP IP6 Image Label LogDriver LogOpt Mask
    Memory Mount Network NetworkAlias NoNewPrivileges Notify PidsLimit Pod PodmanArgs PublishPort Pull ReadOnly
    ReadOnlyTmpfs ReloadCmd ReloadSignal RemapGid RemapUid RemapUidSize RemapUsers Retry RetryDelay Rootfs RunInit
    SeccompProfile Secret SecurityLabelDisable SecurityLabelFileType SecurityLabelLevel SecurityLabelNested
    SecurityLabelType ServiceName ShmSize StartWithPod StopSignal StopTimeout SubGIDMap SubUIDMap Sysctl Timezone Tmpfs
    UIDMap Ulimit Unmask User UserNS VolatileTmp Volume WorkingDir`,
  Pod: `
    AddHost ContainersConfModule DNS DNSOption DNSSearch ExitPolicy GIDMap GlobalArgs HostName IP IP6 Label Network
    NetworkAlias PodName PodmanArgs PublishPort RemapGid RemapUid RemapUidSize RemapUsers ServiceName ShmSize StopTimeout
    SubGIDMap SubUIDMap UIDMap UserNS Volume`,
  Kube: `
    AutoUpdate ConfigMap ContainersConfModule ExitCodePropagation GlobalArgs KubeDownForce LogDriver LogOpt Network PodmanArgs
    PublishPort RemapGid RemapUid RemapUidSize RemapUsers ServiceName SetWorkingDirectory UserNS Yaml`,
  Network: `
    ContainersConfModule DNS DisableDNS Driver Gateway GlobalArgs IPAMDriver IPRange IPv6 InterfaceName Internal Label
    NetworkDeleteOnStop NetworkName Options PodmanArgs ServiceName Subnet`,
  Volume: `
    ContainersConfModule Copy Device Driver GID GlobalArgs Group Image Label Options PodmanArgs ServiceName Type UID User
    VolumeName`,
  Image: `
    AllTags Arch AuthFile CertDir ContainersConfModule Creds DecryptionKey GlobalArgs Image ImageTag OS PodmanArgs Policy
    Retry RetryDelay ServiceName TLSVerify Variant`,
  Build: `
    Annotation Arch AuthFile BuildArg ContainersConfModule DNS DNSOption DNSSearch Environment File ForceRM GlobalArgs
    GroupAdd IgnoreFile ImageTag Label Network PodmanArgs Pull Retry RetryDelay Secret ServiceName SetWorkingDirectory
    TLSVerify Target Variant Volume`,
} as const;

const tables = {
  Container: containerKeys,
  Pod: podKeys,
  Kube: kubeKeys,
  Network: networkKeys,
  Volume: volumeKeys,
  Image: imageKeys,
  Build: buildKeys,
} as const;

const namesOf = (section: keyof typeof published) => published[section].trim().split(/\s+/);

test.each(Object.keys(published) as (keyof typeof published)[])(
  'every key of [%s] is known, and nothing else',
  (section) => {
    expect(tables[section].map(({ name }) => name).toSorted()).toEqual(namesOf(section).toSorted());
  },
);

test('at least 97 % of the keys of [Container] are kept or approximated', () => {
  const refused = containerKeys.filter(({ verdict }) => verdict === 'refused');
  const share = 1 - refused.length / namesOf('Container').length;
  console.log(
    `Quadlet: ${String(containerKeys.length)} keys of [Container], ${(share * 100).toFixed(1)} % kept or approximated`,
  );
  expect(share).toBeGreaterThanOrEqual(0.97);
});

test('what is approximated says how, what is refused says what to write instead', () => {
  for (const { name, verdict, note } of Object.values(tables).flat()) {
    if (verdict === 'approximated') expect(note, name).toMatch(/^.{8,}[^.]$/);
    if (verdict === 'refused') expect(note, name).toMatch(/^.{10,}: .{5,}$/);
  }
});
