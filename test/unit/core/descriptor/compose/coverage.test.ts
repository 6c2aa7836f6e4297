import { expect, test } from 'vitest';
import { serviceAttributes } from '../../../../../src/core/descriptor/compose/service-attributes.ts';
import { networkKeys, volumeKeys } from '../../../../../src/core/descriptor/compose/top-level.ts';

/** The attributes of a service in the published schema of the Compose Specification. */
const published = `
  annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count
  cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy
  develop device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint env_file environment expose extends
  external_links extra_hosts gpus group_add healthcheck hostname image init ipc isolation label_file labels links logging
  mac_address mem_limit mem_reservation mem_swappiness memswap_limit models network_mode networks oom_kill_disable
  oom_score_adj pid pids_limit platform ports post_start pre_stop privileged profiles provider pull_policy
  pull_refresh_after read_only restart runtime scale secrets security_opt shm_size stdin_open stop_grace_period
  stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volumes volumes_from working_dir
`
  .trim()
  .split(/\s+/);

test('every published attribute of a service is known, and nothing else', () => {
  expect(serviceAttributes.map(({ name }) => name).toSorted()).toEqual(published.toSorted());
});

test('at least 95 % of them are kept or approximated, and the others say what to write instead', () => {
  const refused = serviceAttributes.filter(({ verdict }) => verdict === 'refused');
  const share = 1 - refused.length / published.length;
  console.log(
    `Compose: ${String(published.length)} attributes of a service, ${(share * 100).toFixed(1)} % kept or approximated`,
  );
  expect(share).toBeGreaterThanOrEqual(0.95);
  for (const { name, note } of refused) expect(note, name).toMatch(/^.{10,}: .{5,}$/);
});

test('what is approximated says how', () => {
  for (const { name, verdict, note } of [...serviceAttributes, ...networkKeys, ...volumeKeys])
    if (verdict === 'approximated') expect(note, name).toMatch(/^.{8,}[^.]$/);
});
