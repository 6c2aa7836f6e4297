import type { Host } from '../lab/host.ts';
import type { Candidate } from './measure.ts';

const folder = '/opt/by-hand';
const pattern = 'pattern';

/**
 * Units as a person would write them who wants what gear does: the text that gear rendered for the container
 * `pattern`, with other names. They lie beside the unit folder, not linked. The gates stay where gear has them.
 */
export async function writeUnits(host: Host, names: readonly string[]): Promise<void> {
  const commands = names.map(
    (name) =>
      `sed 's/\\b${pattern}\\b/${name}/g' /etc/gear/current/units/ctr-${pattern}.service >${folder}/${name}.service`,
  );
  await host.sh([`mkdir -p ${folder}`, ...commands].join('\n'));
}

/** What installs such units: links, one reload, one transaction that starts all; and what takes them away. */
export function byHand(name: string, engine: string, names: readonly string[]): Candidate {
  const units = names.map((each) => `${each}.service`).join(' ');
  const sources = names.map((each) => `${folder}/${each}.service`).join(' ');
  const links = names.map((each) => `/etc/systemd/system/${each}.service`).join(' ');
  const labels = names.map((each) => `--filter label=gear.name=${each}`);
  const ids = labels.map((label) => `$(${engine} ps -aq ${label})`).join(' ');
  return {
    name,
    argv: shell(
      `ln -s ${sources} /etc/systemd/system/ && systemctl daemon-reload && systemctl start ${units}`,
    ),
    after: shell(`systemctl stop ${units}; ids="${ids}"; [ -z "$ids" ] || ${engine} rm -f $ids; rm ${links}`),
  };
}

/** The same without systemd: as many containers at once. */
export function byEngine(engine: string, image: string, names: readonly string[]): Candidate {
  const runs = names.map((name) => `${engine} run -d --name ${name} ${image} &`);
  const each = names.length === 1 ? '' : `, ${String(names.length)} at once`;
  return {
    name: `${engine} run -d${each}`,
    argv: shell(`${runs.join(' ')} wait`),
    after: shell(`${engine} rm -f ${names.join(' ')}`),
  };
}

function shell(script: string): readonly string[] {
  return ['sh', '-c', script];
}
