import type { ContainerRequest, ContainerSpec } from '../../model/container.ts';
import { parseCpus, parseMemory } from '../amounts.ts';
import { parseDuration } from '../duration.ts';
import { parseSchedule } from '../schedule.ts';
import { superEnvironment } from '../super.ts';
import { parseContainerName, parseImage, parseUser } from '../words.ts';
import { noteContradictions } from './contradictions.ts';
import { lowerCommand, lowerInit, lowerReload } from './lower-command.ts';
import { lowerDirectives } from './lower-directives.ts';
import { lowerEnvironment } from './lower-environment.ts';
import { lowerFiles, lowerSecrets } from './lower-files.ts';
import { lowerHealth, lowerRestart } from './lower-health.ts';
import { lowerMounts, lowerTmpfs } from './lower-mounts.ts';
import { lowerNetworkUse } from './lower-networks.ts';
import { lowerOptions } from './lower-options.ts';
import { sharePort } from './lower-ports.ts';
import { lowerRelation, relationKeys, type RelationKey } from './lower-relations.ts';
import type { ContainerInput } from './schema.ts';
import { copiesOf, type Scope } from './scope.ts';

/** As for `gear install`: what Docker gives a container before it kills it. */
const defaultStopMs = 10_000;

/** The requests of a container, one a copy. What is wrong is noted; the requests then mean nothing. */
export function lowerContainer(
  scope: Scope,
  name: string,
  input: ContainerInput,
): readonly ContainerRequest[] {
  const { findings, app } = scope;
  const { spec, contents } = lowerSpec(scope, name, input);
  const given = lowerEnvironment(scope, name, input);
  const { secretEnvironment } = given;
  const own = input.super === true ? superEnvironment(name, spec.image) : {};
  const environment = { ...own, ...given.environment };
  const count = scope.counts.get(name) ?? 1;
  const ports = (input.ports ?? []).map((text, index) =>
    findings.take(sharePort(String(text), count), ['containers', name, 'ports', index]),
  );
  const common = {
    app,
    container: name,
    environment,
    ...(Object.keys(secretEnvironment).length === 0 ? {} : { secretEnvironment }),
    ...(contents.length === 0 ? {} : { files: contents }),
  };
  // What a copy has of its own costs no second look at what all have, except for networks, whose failures are noted once.
  const requests = copiesOf(count).map((copy, index): ContainerRequest => {
    const before = findings.count;
    const networks = lowerNetworkUse(scope, name, input, copy);
    if (index > 0) findings.backTo(before);
    return {
      ...common,
      ...(copy === undefined ? {} : { copy }),
      spec: { ...spec, ...networks, ports: ports.flatMap((shares) => shares?.[index] ?? []) },
    };
  });
  const [first] = requests;
  if (first !== undefined) noteContradictions(findings, name, input, first.spec);
  return requests;
}

function lowerSpec(scope: Scope, name: string, input: ContainerInput) {
  const { findings } = scope;
  const at = (key: string) => ['containers', name, key];
  const image = findings.take(parseImage(input.image), at('image'));
  const containerName =
    input.container_name === undefined
      ? undefined
      : findings.take(parseContainerName(input.container_name), at('container_name'));
  const command = lowerCommand(findings, input.command, at('command'));
  const entrypoint = lowerCommand(findings, input.entrypoint, at('entrypoint'));
  const tmpfs = lowerTmpfs(scope, name, input);
  const { files, contents } = lowerFiles(scope, name, input);
  const secrets = lowerSecrets(scope, name, input);
  const options = lowerOptions(findings, name, input);
  const init = lowerInit(findings, name, input);
  const reload = lowerReload(findings, name, input);
  const schedule =
    input.schedule === undefined ? undefined : findings.take(parseSchedule(input.schedule), at('schedule'));
  const memoryBytes =
    input.memory === undefined ? undefined : findings.take(parseMemory(String(input.memory)), at('memory'));
  const cpus =
    input.cpus === undefined ? undefined : findings.take(parseCpus(String(input.cpus)), at('cpus'));
  const user =
    input.user === undefined ? undefined : findings.take(parseUser(String(input.user)), at('user'));
  const health = lowerHealth(scope, name, input);
  const stopTimeoutMs =
    input.stop_timeout === undefined
      ? defaultStopMs
      : findings.take(
          parseDuration(String(input.stop_timeout), { leastMs: 0, bare: 's' }),
          at('stop_timeout'),
        );
  const directives = lowerDirectives(findings, name, input);
  const spec: ContainerSpec = {
    image: image ?? input.image,
    ...(containerName === undefined ? {} : { containerName }),
    ...(command === undefined ? {} : { command }),
    ...(entrypoint === undefined ? {} : { entrypoint }),
    ports: [],
    mounts: lowerMounts(scope, name, input),
    ...(tmpfs.length === 0 ? {} : { tmpfs }),
    ...(files.length === 0 ? {} : { files }),
    ...(secrets.length === 0 ? {} : { secrets }),
    ...(options === undefined ? {} : { options }),
    ...(init.length === 0 ? {} : { init }),
    ...(reload === undefined ? {} : { reload }),
    ...(input.job === true ? { job: true } : {}),
    ...(schedule === undefined ? {} : { schedule }),
    ...lowerRestart(scope, name, input),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(cpus === undefined ? {} : { cpus }),
    ...(user === undefined ? {} : { user }),
    ...(health === undefined ? {} : { health }),
    stopTimeoutMs: stopTimeoutMs ?? defaultStopMs,
    ...lowerRelations(scope, name, input),
    ...(directives.length === 0 ? {} : { directives }),
  };
  return { spec, contents };
}

function lowerRelations(
  scope: Scope,
  name: string,
  input: ContainerInput,
): Pick<ContainerSpec, 'after' | 'requires'> {
  const relations: Record<'after' | 'requires', readonly string[]> &
    Partial<Record<(typeof relationKeys)[RelationKey], readonly string[]>> = { after: [], requires: [] };
  for (const key of Object.keys(relationKeys) as RelationKey[]) {
    const targets = lowerRelation(scope, name, input, key);
    if (targets.length > 0) relations[relationKeys[key]] = targets;
  }
  return relations;
}
