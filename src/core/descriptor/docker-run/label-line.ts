import { err, type Failure, ok, type Result } from '../../../errors/failure.ts';
import { lineWords, readRunLine, type RunLine } from './read-run.ts';

/** The labels by which an image says how it is installed, run and removed, as atomic(1) knew them. */
export type LabelName = 'INSTALL' | 'RUN' | 'UNINSTALL';

/** What labels may name: the values stand in place of $NAME and ${NAME}, and are never split or read again. */
export type LabelVariables = Readonly<Record<string, string>>;

/** The variables that a label may name, for a container and its image. `given` are of whoever calls gear. */
export function labelVariables(
  { name, image }: { readonly name: string; readonly image: string },
  given: { readonly sudoUid: string; readonly sudoGid: string; readonly pwd: string },
): LabelVariables {
  return {
    NAME: name,
    IMAGE: image,
    CONFDIR: `/etc/${name}`,
    LOGDIR: `/var/log/${name}`,
    DATADIR: `/var/lib/${name}`,
    SUDO_UID: given.sudoUid,
    SUDO_GID: given.sudoGid,
    PWD: given.pwd,
    // For what a user of atomic gave with a command; gear has flags for it.
    OPT1: '',
    OPT2: '',
    OPT3: '',
    RUN_OPTS: '',
  };
}

/** A label of an image with its value; its name may also be written in lower case, or capitalised. */
export function findLabel(labels: Readonly<Record<string, string>>, name: LabelName): string | null {
  const lower = name.toLowerCase();
  const capital = `${name.slice(0, 1)}${lower.slice(1)}`;
  const found = [name, capital, lower].find((each) => Object.hasOwn(labels, each));
  return found === undefined ? null : (labels[found] ?? null);
}

/** A label as gear understands it, and as its words are shown. */
interface ReadLabel {
  readonly run: RunLine;
  readonly words: readonly string[];
}

/**
 * Reads the command line of a label, which no shell ever sees: variables are put in, whole words IMAGE and NAME too, and
 * the rest is the line of docker run that it must be. LABEL_INVALID with the column for everything else.
 */
export function readLabel(label: LabelName, text: string, variables: LabelVariables): Result<ReadLabel> {
  const options = { variables, source: `LABEL ${label}` };
  const words = lineWords(text, options);
  const run = readRunLine(text, options);
  if (words.ok && run.ok) return ok({ run: run.value, words: words.value.map((word) => word.text) });
  return err(...(run.ok ? [] : run.failures).map((failure) => ofLabel(label, failure)));
}

function ofLabel(label: LabelName, failure: Failure): Failure {
  const source = `LABEL ${label}`;
  return {
    ...failure,
    code: 'LABEL_INVALID',
    message: `${source} of the image: ${failure.message}`,
    place: { ...failure.place, source },
  };
}
