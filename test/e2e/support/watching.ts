import { until } from '../../lab/until.ts';
import type { GearHost } from './gear-host.ts';
import { patienceMs } from '../../lab/patience.ts';

/** `gear watch` on a host, as a service of its own beside the test. */
export class Watching {
  readonly #on: GearHost;
  readonly folder: string;
  readonly #unit: string;

  constructor(on: GearHost, folder: string) {
    this.#on = on;
    this.folder = folder;
    this.#unit = `watching-${folder.replaceAll('/', '-')}`;
  }

  async start(...flags: readonly string[]): Promise<void> {
    await this.#startWith('', flags);
  }

  /** As a root for whom permissions hold, as for anybody else. */
  async startWithoutOverride(): Promise<void> {
    await this.#startWith(`--property='CapabilityBoundingSet=~CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH'`, []);
  }

  async #startWith(property: string, flags: readonly string[]): Promise<void> {
    await this.#on.host.sh(`
      mkdir -p ${this.folder}
      systemctl reset-failed ${this.#unit} 2>/dev/null || true
      systemd-run --quiet --unit=${this.#unit} ${property} /opt/gear/bin/run.cjs watch ${this.folder} --json ${flags.join(' ')}`);
  }

  /** Ends it as `systemctl stop` does, or as a crash with SIGKILL. */
  async stop(signal = 'SIGTERM'): Promise<void> {
    await this.#on.host.sh(`
      systemctl kill --signal=${signal} ${this.#unit} 2>/dev/null || true
      systemctl stop ${this.#unit} 2>/dev/null || true`);
  }

  async send(signal: string): Promise<void> {
    await this.#on.host.sh(`systemctl kill --kill-whom=main --signal=${signal} ${this.#unit}`);
  }

  /** Writes a descriptor as an editor saves it. */
  async write(name: string, text: string): Promise<void> {
    const file = `${this.folder}/${name}`;
    await this.#on.host.exec(['sh', '-c', `cat >${file}.tmp && mv ${file}.tmp ${file}`], {
      input: Buffer.from(text),
    });
  }

  /** What it has told so far. */
  async told(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const text = await this.#on.host.sh(`journalctl --unit=${this.#unit} --output=cat --no-pager`);
    return text.split('\n').flatMap((line) => {
      if (!line.startsWith('{')) return [];
      return [JSON.parse(line) as Record<string, unknown>];
    });
  }

  /** Waits until it has told something like this. */
  async tells(like: Readonly<Record<string, unknown>>, timeoutMs = patienceMs): Promise<void> {
    await until(
      `${JSON.stringify(like)} is told`,
      async () => {
        const told = await this.told();
        const found = told.some((each) =>
          Object.entries(like).every(([key, value]) => JSON.stringify(each[key]) === JSON.stringify(value)),
        );
        return found ? true : undefined;
      },
      { timeoutMs, pauseMs: 100 },
    );
  }

  /** Waits until it has told that an instance is not as declared, with words like these. */
  async tellsOf(instance: string, words: string, timeoutMs = patienceMs): Promise<void> {
    await until(
      `${instance}: ${words}`,
      async () => {
        const told = (await this.told()) as readonly { drift?: { instance: string; reason: string } }[];
        const found = told.some(({ drift }) => drift?.instance === instance && drift.reason.includes(words));
        return found ? true : undefined;
      },
      { timeoutMs, pauseMs: 100 },
    );
  }

  /** Waits until gear lists exactly these containers. */
  async lists(names: readonly string[], timeoutMs = patienceMs): Promise<void> {
    const wanted = names.toSorted().join(' ');
    await until(
      `gear ls lists ${wanted}`,
      async () => {
        const rows = await this.#on.list();
        return rows
          .map(({ name }) => name)
          .toSorted()
          .join(' ') === wanted
          ? true
          : undefined;
      },
      { timeoutMs, pauseMs: 200 },
    );
  }
}
