import { nearest } from '../../model/nearest.ts';

/** Keys by which Compose or `docker run` know what has another name here: what to write instead. */
const foreign: Readonly<Record<string, string>> = {
  services: 'the key is containers',
  environment: 'the key is env',
  healthcheck: 'the key is health',
  depends_on: 'the key is after, or requires',
  configs: 'the key is files',
  mem_limit: 'the key is memory',
  stop_grace_period: 'the key is stop_timeout',
  deploy: 'the keys are count, memory, cpus and restart',
  logging: 'the keys are log_driver and log_options',
  driver_opts: 'the key is options',
  publish: 'the key is ports',
  args: 'the key is command',
  cron: 'the key is schedule',
  replicas: 'the key is count',
  version: 'take it away: a descriptor has no version',
  build: 'build the image first, and name it: image: NAME:TAG',
};

/** What to write instead of a key that another format has, also misspelt; undefined for any other. */
export function foreignKey(key: string): string | undefined {
  const meant = nearest(key, Object.keys(foreign));
  return meant === undefined ? undefined : foreign[meant];
}
