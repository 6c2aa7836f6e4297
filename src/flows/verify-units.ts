import type { Instance } from '../core/model/instance.ts';
import { paths } from '../core/model/paths.ts';
import { directiveLine } from '../core/render/directives.ts';
import type { DeclaredUnit } from '../core/render/unit.ts';
import { type Failure, FailureError } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';

/** systemd-analyze(1) is not on every host that has systemd; nothing is verified there. */
const notFound = 127;

interface Written {
  readonly instance: Instance;
  readonly unit: DeclaredUnit & { readonly text: string };
}

/**
 * Has systemd read the new texts of units with directives of the user's, in a folder of their own. FailureError
 * UNIT_INVALID for each of these directives that this systemd would ignore; gear's own lines are not judged.
 */
export async function verifyDirectives(
  { host, pid }: FlowContext,
  instances: readonly Instance[],
  rendered: ReadonlyMap<string, readonly DeclaredUnit[]>,
): Promise<void> {
  const written = instances
    .filter(({ spec }) => (spec.directives ?? []).length > 0)
    .flatMap((instance) =>
      (rendered.get(instance.name) ?? []).flatMap(({ name, text, hash }): readonly Written[] =>
        text === null ? [] : [{ instance, unit: { name, text, hash } }],
      ),
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
    if (failures.length > 0) throw new FailureError(...failures);
  } finally {
    await host.files.removeFolder(folder);
  }
}

/** `FOLDER/UNIT:LINE: MESSAGE`, where that line is a directive of the user's. */
function judge(line: string, folder: string, written: readonly Written[]): readonly Failure[] {
  if (!line.startsWith(`${folder}/`)) return [];
  const [, name, number, message = ''] = /^([^:]+):(\d+): (.*)$/.exec(line.slice(folder.length + 1)) ?? [];
  const found = written.find(({ unit }) => unit.name === name);
  if (found === undefined) return [];
  const text = found.unit.text.split('\n')[Number(number) - 1] ?? '';
  const own = found.instance.spec.directives?.find((each) => directiveLine(each.name, each.value) === text);
  if (own === undefined) return [];
  return [
    {
      code: 'UNIT_INVALID',
      message: `${found.instance.name}: systemd would ignore ${own.name}= of [${own.section}]: ${message.replace(/, ignoring\b/, '')}`,
      next: `see what it takes: man 7 systemd.directives; or: gear set ${found.instance.name} --reset ${own.section.toLowerCase()}`,
      subject: found.instance.name,
      place: { source: found.unit.name, text },
    },
  ];
}
