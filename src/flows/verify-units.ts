import type { Instance } from '../core/model/instance.ts';
import { paths } from '../core/model/paths.ts';
import { type CustomTemplate, invalidTemplate } from '../core/render/custom/custom-template.ts';
import { templateLine } from '../core/render/custom/template-line.ts';
import { directiveLine } from '../core/render/directives.ts';
import type { DeclaredUnit } from '../core/render/unit.ts';
import { templateOf } from '../core/render/units-of.ts';
import { type Failure, FailureError } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';

/** systemd-analyze(1) is not on every host that has systemd; nothing is verified there. */
const notFound = 127;

interface Written {
  readonly instance: Instance;
  readonly unit: DeclaredUnit & { readonly text: string };
  /** The user's template that it was rendered from. */
  readonly template?: CustomTemplate;
}

/**
 * Has systemd read the new texts of units with directives of the user's, or from templates of the user's, in a folder of
 * their own. FailureError UNIT_INVALID for each of these directives that this systemd would ignore, TEMPLATE_INVALID
 * for each such line of a template; gear's own lines are not judged.
 */
export async function verifyUnits(
  { host, pid }: Pick<FlowContext, 'host' | 'pid'>,
  instances: readonly Instance[],
  rendered: ReadonlyMap<string, readonly DeclaredUnit[]>,
  custom: readonly CustomTemplate[],
): Promise<void> {
  const written = instances.flatMap((instance) =>
    (rendered.get(instance.name) ?? []).flatMap(({ name, text, hash }): readonly Written[] => {
      const template = custom.find((each) => each.name === templateOf(name, instance.engine));
      const concerns = template !== undefined || (instance.spec.directives ?? []).length > 0;
      if (text === null || !concerns) return [];
      return [{ instance, unit: { name, text, hash }, ...(template === undefined ? {} : { template }) }];
    }),
  );
  if (written.length === 0) return;
  const folder = `${paths.notes}/verify-${String(pid)}`;
  try {
    const files = written.map(({ unit }) => ({ path: unit.name, content: unit.text, mode: 0o644 }));
    await host.files.writeInto(folder, files);
    const units = written.map(({ unit }) => `${folder}/${unit.name}`);
    // What a unit depends on is not judged: it may be installed by the same command.
    const command = ['systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', ...units];
    const { status, stderr } = await host.run(command);
    if (status === notFound) return;
    const failures = stderr.split('\n').flatMap((line) => judge(line, folder, written));
    if (failures.length > 0) throw new FailureError(...withoutRepetition(failures));
  } finally {
    await host.files.removeFolder(folder);
  }
}

/** One line of a template is wrong in every unit that it stands in. */
function withoutRepetition(failures: readonly Failure[]): readonly Failure[] {
  const keyOf = ({ code, message, place }: Failure): string =>
    [code, message, place?.source, place?.line].map(String).join('\n');
  return [...new Map(failures.map((failure) => [keyOf(failure), failure])).values()];
}

/** `FOLDER/UNIT:LINE: MESSAGE`, where that line is a directive of the user's or one of the user's template. */
function judge(line: string, folder: string, written: readonly Written[]): readonly Failure[] {
  if (!line.startsWith(`${folder}/`)) return [];
  const [, name, number, message = ''] = /^([^:]+):(\d+): (.*)$/.exec(line.slice(folder.length + 1)) ?? [];
  const found = written.find(({ unit }) => unit.name === name);
  if (found === undefined) return [];
  const text = found.unit.text.split('\n')[Number(number) - 1] ?? '';
  const why = message.replace(/, ignoring\b/, '');
  const own = found.instance.spec.directives?.find((each) => directiveLine(each.name, each.value) === text);
  if (own !== undefined) {
    return [
      {
        code: 'UNIT_INVALID',
        message: `${found.instance.name}: systemd would ignore ${own.name}= of [${own.section}]: ${why}`,
        next: `see what it takes: man 7 systemd.directives; or: gear set ${found.instance.name} --reset ${own.section.toLowerCase()}`,
        subject: found.instance.name,
        place: { source: found.unit.name, text },
      },
    ];
  }
  if (found.template === undefined) return [];
  const at = templateLine(found.template.text, text);
  const next = 'see what it takes: man 7 systemd.directives; nothing was changed';
  const words = `systemd would ignore the line ${text} of ${found.unit.name}: ${why}`;
  return [
    invalidTemplate(found.template.source, words, next, { text, ...(at === null ? {} : { line: at }) }),
  ];
}
