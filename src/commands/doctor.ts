import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../cli/targets.ts';
import { printDoctor } from '../report/doctor.ts';
import type { DoctorCheck } from '../report/values.ts';

export default class Doctor extends HostsCommand {
  static override summary = 'Check what gear needs on this host, and how its containers are';
  static override description = 'Changes nothing. Exit status 5 when a check fails, 0 otherwise.';
  static override examples = ['<%= config.bin %> doctor', '<%= config.bin %> doctor --json'];

  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<readonly DoctorCheck[]>> {
    const { flags } = await this.parse(Doctor);
    return this.runOnHosts({
      command: 'doctor',
      targets: await targetsFor(null, flags.host),
      flow: async (context) => (await import('../flows/doctor.ts')).doctor(context),
      print: printDoctor,
      judge: (checks) => (checks.some((check) => check.state === 'failed') ? { kind: 'environment' } : {}),
    });
  }
}
