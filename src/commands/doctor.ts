import { BaseCommand } from '../cli/base-command.ts';
import { printDoctor } from '../report/doctor.ts';
import type { DoctorCheck } from '../report/values.ts';

export default class Doctor extends BaseCommand {
  static override summary = 'Check what gear needs on this host, and how its containers are';
  static override description = 'Changes nothing. Exit status 5 when a check fails, 0 otherwise.';
  static override examples = ['<%= config.bin %> doctor', '<%= config.bin %> doctor --json'];

  async run(): Promise<readonly DoctorCheck[]> {
    await this.parse(Doctor);
    const checks = await this.runFlow({
      command: 'doctor',
      flow: async (context) => (await import('../flows/doctor.ts')).doctor(context),
      print: printDoctor,
    });
    if (checks.some((check) => check.state === 'failed')) this.endWith('environment');
    return checks;
  }
}
