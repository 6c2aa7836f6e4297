import { paths } from '../core/model/paths.ts';

/** What of Docker's surroundings is fixed: root's own configuration could lead to another host. */
export const dockerEnvironment = [
  'DOCKER_HOST=unix:///run/docker.sock',
  `DOCKER_CONFIG=${paths.emptyConfig}`,
];
