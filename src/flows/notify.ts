import { attempt, FailureError, type Result, valueOf } from '../errors/failure.ts';
import { quote } from '../errors/quote.ts';
import {
  checkTargetName,
  commandFile,
  type NotifyEvent,
  notifyEvents,
  type NotifyTarget,
  targetFolder,
  webhookFile,
} from '../core/model/notify.ts';
import { paths } from '../core/model/paths.ts';
import { notifyDropIn, notifyUnit } from '../core/render/notify-units.ts';
import { gateTexts } from '../core/render/shipped.ts';
import type { NotifyChange, NotifyRow, NotifyTest } from '../report/values-of-notify.ts';
import type { FlowContext } from './context.ts';
import { locked } from './locked.ts';
import { preflight } from './preflight.ts';
import { removeDropIn } from './remove-drop-in.ts';

/** Webhooks are secrets, and a command may have one as a word. */
const [ownFolder, ownFile, script, unitFile] = [0o700, 0o600, 0o755, 0o644];

/** Has somebody told of what goes wrong, by systemd alone. NAME_INVALID, VALUE_INVALID; ENVIRONMENT where curl is missing. */
export async function addTarget(context: FlowContext, target: NotifyTarget): Promise<Result<NotifyChange>> {
  return attempt(async () => {
    await preflight(context);
    const { name, on, send } = target;
    valueOf(checkTargetName(name));
    const isWebhook = 'webhook' in send;
    const text = valueOf(isWebhook ? webhookFile(send.webhook) : commandFile(send.command));
    if (isWebhook) await expectCurl(context);
    return locked(context, async ({ host: { files } }) => {
      const folder = targetFolder(name);
      const exists = await files.exists(`${folder}/on`);
      await files.write(`${folder}/${isWebhook ? 'webhook' : 'command'}`, text, ownFile, ownFolder);
      await files.remove(`${folder}/${isWebhook ? 'command' : 'webhook'}`);
      await files.write(`${folder}/on`, on.map((event) => `${event}\n`).join(''), ownFile, ownFolder);
      await writeUnits(context);
      return { name, result: exists ? 'changed' : 'added' };
    });
  });
}

/** Tells somebody no more; with the last one the units go. VALUE_INVALID for one that is not there. */
export async function removeTarget(context: FlowContext, name: string): Promise<Result<NotifyChange>> {
  return attempt(async () => {
    await preflight(context);
    await expectTargets(context, [name]);
    return locked(context, async ({ host: { files } }) => {
      await files.removeFolder(targetFolder(name));
      if ((await targetNames(context)).length === 0) await removeNotify(context);
      return { name, result: 'removed' };
    });
  });
}

/** Who is told of what, by name. */
export async function listTargets(context: FlowContext): Promise<Result<readonly NotifyRow[]>> {
  return attempt(async () => {
    const names = await targetNames(context);
    return Promise.all(
      names.map(async (name): Promise<NotifyRow> => {
        const [on, command] = await Promise.all([
          lines(context, name, 'on'),
          lines(context, name, 'command'),
        ]);
        return {
          name,
          kind: command === null ? 'webhook' : 'command',
          command,
          on: notifyEvents.filter((event: NotifyEvent) => on?.includes(event)),
        };
      }),
    );
  });
}

/** Tells targets, all when none is named, that this is a test. */
export async function testTargets(
  context: FlowContext,
  given: readonly string[],
): Promise<Result<readonly NotifyTest[]>> {
  return attempt(async () => {
    await preflight(context);
    await expectTargets(context, given);
    const names = given.length === 0 ? await targetNames(context) : given;
    return Promise.all(
      names.map(async (name): Promise<NotifyTest> => {
        const { status, stderr } = await context.host.run(['/bin/sh', paths.notifyScript, '--test', name]);
        return { name, ok: status === 0, said: stderr.trim() };
      }),
    );
  });
}

/** Takes all that tells away from systemd; targets stay. */
export async function removeNotify({ host }: FlowContext): Promise<void> {
  const { files } = host;
  if (!(await files.exists(paths.notifyDropIn))) return;
  await removeDropIn(files, paths.notifyDropIn);
  await files.remove(paths.notifyUnit);
  await files.remove(paths.notifyScript);
  await (await host.systemd()).reload();
}

async function writeUnits({ host }: FlowContext): Promise<void> {
  const { files } = host;
  await files.write(paths.notifyScript, gateTexts['notify.sh'], script, ownFolder);
  await files.write(paths.notifyUnit, notifyUnit(), unitFile);
  await files.write(paths.notifyDropIn, notifyDropIn(), unitFile);
  await (await host.systemd()).reload();
}

async function targetNames({ host }: FlowContext): Promise<readonly string[]> {
  const entries = await host.files.list(paths.notify);
  return entries.filter(({ kind }) => kind === 'directory').map(({ name }) => name);
}

async function lines({ host }: FlowContext, name: string, file: string): Promise<readonly string[] | null> {
  const bytes = await host.files.read(`${targetFolder(name)}/${file}`);
  return bytes === null ? null : new TextDecoder().decode(bytes).replace(/\n$/, '').split('\n');
}

async function expectTargets(context: FlowContext, given: readonly string[]): Promise<void> {
  const known = await targetNames(context);
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new FailureError({
    code: 'NAME_UNKNOWN',
    message: `no target of gear notify is called ${quote(unknown)}`,
    next: known.length === 0 ? 'gear notify add NAME -- COMMAND' : `there is ${known.join(', ')}`,
    subject: unknown,
  });
}

async function expectCurl({ host }: FlowContext): Promise<void> {
  const { status } = await host.run(['curl', '--version']);
  if (status === 0) return;
  throw new FailureError({
    code: 'FILE_FAILED',
    message: 'a webhook needs curl on the host, which is not there',
    next: 'install curl; or add a command: gear notify add NAME -- COMMAND',
  });
}
