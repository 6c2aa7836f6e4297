import { FailureError } from '../errors/failure.ts';
import type { ContainerSpec, EngineKind } from '../core/model/container.ts';
import type { FlowContext } from './context.ts';

/** What the kernel and people call the architectures that engines have other names for. */
const engineNames: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armv7l: 'arm',
  i386: '386',
};

/** FailureError IMAGE_PLATFORM when --platform asks for what this host does not run: before anything is fetched. */
export async function refuseOtherPlatform(
  context: FlowContext,
  kind: EngineKind,
  name: string,
  { options = {} }: ContainerSpec,
): Promise<void> {
  const { platform } = options;
  if (typeof platform !== 'string') return;
  const [os, asked = ''] = platform.split('/');
  const { architecture } = await (await context.host.engine(kind)).facts();
  const known = engineNames[asked] ?? asked;
  if (os === 'linux' && known === (engineNames[architecture] ?? architecture)) return;
  throw new FailureError({
    code: 'IMAGE_PLATFORM',
    message: `${name} asks for ${platform}, and this host runs linux/${architecture}`,
    next: `leave --platform out, or: --platform linux/${architecture}`,
    subject: name,
  });
}
