import { runOptions } from '../../model/run-options.ts';
import { pairsOf, textsOf, type WriterKey } from '../foreign/foreign-writer.ts';
import { type ContainerWriting, kept, pairs, plain, text, texts, toggle } from './writer-key.ts';

/** Options of the engine that Quadlet has keys for. */
export const options: readonly WriterKey<ContainerWriting>[] = [
  text('hostname', 'HostName'),
  texts('extra_hosts', 'AddHost'),
  texts('dns', 'DNS'),
  texts('dns_search', 'DNSSearch'),
  texts('dns_options', 'DNSOption'),
  texts('expose', 'ExposeHostPort'),
  texts('cap_add', 'AddCapability'),
  texts('cap_drop', 'DropCapability'),
  text('userns', 'UserNS'),
  texts('uidmap', 'UIDMap'),
  texts('gidmap', 'GIDMap'),
  text('subuidname', 'SubUIDMap'),
  text('subgidname', 'SubGIDMap'),
  toggle('init_process', 'RunInit'),
  texts('devices', 'AddDevice'),
  pairs('sysctls', 'Sysctl'),
  pairs('ulimits', 'Ulimit'),
  text('shm_size', 'ShmSize'),
  text('pids_limit', 'PidsLimit'),
  pairs('labels', 'Label'),
  pairs('annotations', 'Annotation'),
  text('working_dir', 'WorkingDir'),
  texts('group_add', 'GroupAdd'),
  text('stop_signal', 'StopSignal'),
  text('log_driver', 'LogDriver'),
  pairs('log_options', 'LogOpt'),
];

/** Every other option goes to podman as it is. */
export const asArguments: readonly WriterKey<ContainerWriting>[] = runOptions
  .filter(
    ({ key }) => !options.some(({ name }) => name === key) && key !== 'read_only' && key !== 'cgroup_parent',
  )
  .map(({ key, flag, kind, map }) =>
    kept(key, 'PodmanArgs', ({ unit }, value) => {
      if (kind === 'switch') unit.add('Container', 'PodmanArgs', `--${flag}`);
      else
        for (const item of map === true ? pairsOf(value).map((pair) => pair.join('=')) : textsOf(value))
          unit.add('Container', 'PodmanArgs', unit.word(`--${flag}=${plain(item)}`));
    }),
  );
