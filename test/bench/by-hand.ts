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

/**
 * The least that has systemd keep containers that dockerd made: nothing but ExecStart=, none of the directives and gates
 * of gear's. Made by the API, which costs less than Docker's client, by which gear makes them. Until all run.
 */
export async function bareUnits(host: Host, image: string, names: readonly string[]): Promise<Candidate> {
  const text = (name: string) => `[Service]\nType=exec\nExecStart=/usr/bin/docker start --attach ${name}\n`;
  await host.sh(
    [`mkdir -p ${folder}`, ...names.map((name) => `printf '${text(name)}' >${folder}/${name}.service`)].join(
      '\n',
    ),
  );
  const api = 'curl -sf --unix-socket /run/docker.sock';
  const create = `${api} -H 'Content-Type: application/json' -d '{"Image":"${image}"}' http://docker/containers/create?name=`;
  const running = `${api} http://docker/containers/json | grep -o '"State":"running"' | wc -l`;
  const units = names.map((each) => `${each}.service`);
  return {
    name: `${String(names.length)} barest units`,
    argv: shell(`
      ${names.map((each) => `${create}${each} >/dev/null &`).join(' ')} wait
      ln -s ${units.map((unit) => `${folder}/${unit}`).join(' ')} /etc/systemd/system/
      systemctl daemon-reload && systemctl start ${units.join(' ')}
      until [ "$(${running})" = ${String(names.length)} ]; do sleep 0.05; done`),
    after: shell(
      `systemctl stop ${units.join(' ')}; docker rm -f ${names.join(' ')}; cd /etc/systemd/system; rm ${units.join(' ')}`,
    ),
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
