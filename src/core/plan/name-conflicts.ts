import type { Failure } from '../../errors/failure.ts';
import { containerName, formName } from '../model/container-name.ts';
import type { Instance } from '../model/instance.ts';
import { declaredBefore } from './known.ts';
import type { takersOfNames } from './name-moves.ts';
import type { Observed, ObservedContainer } from './observed.ts';

interface NameInput {
  readonly observed: Observed;
  readonly desired: readonly Instance[];
}

/** Of one engine, a name is that of one container. */
export function nameConflict(
  takers: ReturnType<typeof takersOfNames>,
  { engine, name, spec: { containerName: wished = '' } }: Instance,
): readonly Failure[] {
  const other = takers.get(`${engine} ${wished}`)?.find((each) => each.name !== name);
  if (other === undefined) return [];
  return [
    {
      code: 'NAME_TAKEN',
      message: `${name}: the container name ${wished} is taken: ${other.name} has it already`,
      next: `give one of them another, or gear rm ${other.name}`,
      subject: name,
    },
  ];
}

/** Containers of the engine that bear a name of the one that is to be made, but not its label. */
export function strangerContainers(input: NameInput, instance: Instance): readonly Failure[] {
  const { observed } = input;
  const { engine, app } = instance;
  return [...new Set([formName(instance), containerName(instance)])].flatMap((name): readonly Failure[] => {
    const present = observed.containers.find((each) => each.engine === engine && each.name === name);
    const project = observed.strangers.get(`${engine} ${name}`);
    if (present === undefined ? project === undefined : givesName(input, instance, present)) return [];
    const found = `a container ${name} exists in ${engine} and is not gear's`;
    const remove = `choose another name, or remove it: ${engine} rm -f ${name}`;
    return [
      {
        code: 'NOT_OURS',
        message: project === app ? `${found}: it is of the Compose project ${app}` : found,
        next:
          project === app
            ? `take the project over as it runs: gear adopt --compose FILE; or ${remove}`
            : remove,
        subject: instance.name,
      },
    ];
  });
}

/** Whether the container is the instance's own, or of one that stops before: that another keeps it is told by its name. */
function givesName(
  { observed, desired }: NameInput,
  { name }: Instance,
  present: ObservedContainer,
): boolean {
  if (present.instance === name) return true;
  if (present.id === undefined) return false;
  const isKnown = declaredBefore(observed, present.instance) !== undefined;
  return isKnown || !present.running || desired.some((each) => each.name === present.instance);
}
