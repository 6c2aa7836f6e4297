import dbus from 'dbus-next';
import { EventEmitter, once } from 'node:events';
import { unitPath } from '../../../src/adapters/systemd/unit-path.ts';
import { Peer, type Answer } from './peer.ts';

const NAME = 'org.freedesktop.systemd1';
const MANAGER_PATH = '/org/freedesktop/systemd1';
const MANAGER = 'org.freedesktop.systemd1.Manager';
const PROPERTIES = 'org.freedesktop.DBus.Properties';
const nothing: Answer = { signature: '', body: [] };

/** The manager of systemd as far as gear calls it. What a test does not arrange happens at once and works. */
export class FakeSystemd {
  readonly peer: Peer;
  /** Calls that arrived, as 'Member argument argument'. */
  readonly calls: string[] = [];
  /** Unit properties by object path. */
  readonly units = new Map<string, Record<string, dbus.Variant<unknown>>>();
  /** How the next jobs of a unit end; 'held' ones end with `finish`. Default 'done'. */
  readonly results = new Map<string, string>();
  /** Paths of the jobs that are not removed yet. */
  readonly jobs: Map<string, string>;
  readonly #events = new EventEmitter();
  #nextJob: number;

  private constructor(peer: Peer, firstJob: number, jobs: Map<string, string>) {
    this.peer = peer;
    this.jobs = jobs;
    this.#nextJob = firstJob;
    for (const method of ['StartUnit', 'StopUnit', 'RestartUnit', 'ReloadUnit']) {
      this.#on(`${MANAGER}.${method}`, (body, message) => this.#queue(String(body[0]), message));
    }
    this.#on(`${MANAGER}.Subscribe`, () => nothing);
    this.#on(`${MANAGER}.Reload`, () => nothing);
    this.#on(`${MANAGER}.KillUnit`, () => nothing);
    this.#on(`${MANAGER}.ResetFailedUnit`, ([unit]) => noSuchUnit(String(unit)));
    this.#on(`${MANAGER}.ListUnitsByPatterns`, () => ({
      signature: 'a(ssssssouso)',
      body: [
        [
          ['ctr-web.service', 'Web', 'loaded', 'active', 'running', '', '/x', 0, '', '/'],
          ['ctr-db.service', 'Db', 'loaded', 'inactive', 'dead', '', '/y', 7, 'restart', '/job/7'],
        ],
      ],
    }));
    this.#on(`${MANAGER}.ListUnitsByNames`, ([names]) => ({
      signature: 'a(ssssssouso)',
      body: [(names as string[]).map((name) => this.#row(name))],
    }));
    this.#on(`${PROPERTIES}.Get`, ([, property], message) => this.#property(String(property), message));
    this.#on(`${PROPERTIES}.GetAll`, (_, { path }) => ({
      signature: 'a{sv}',
      body: [this.units.get(path) ?? { LoadState: new dbus.Variant('s', 'not-found') }],
    }));
  }

  /** A re-executed systemd starts with the jobs of the one before. */
  static async start(address: string, firstJob = 1, jobs = new Map<string, string>()): Promise<FakeSystemd> {
    const fake = new FakeSystemd(new Peer(address), firstJob, jobs);
    await fake.peer.own(NAME);
    return fake;
  }

  /** Resolves when a call of the member has arrived, also one that came before. */
  async called(member: string): Promise<void> {
    while (!this.calls.some((call) => call.split(' ')[0] === member)) await once(this.#events, 'call');
  }

  /** Sets a unit's properties and tells of the change. */
  change(path: string, properties: Record<string, dbus.Variant<unknown>>): void {
    this.units.set(path, properties);
    const body = ['org.freedesktop.systemd1.Unit', {}, []];
    this.peer.signal(path, PROPERTIES, 'PropertiesChanged', 'sa{sv}as', body);
  }

  /** Ends the held jobs of a unit. */
  finish(unit: string, result: string): void {
    for (const [path, of] of this.jobs) if (of === unit) this.#remove(path, unit, result);
  }

  #on(method: string, answer: (body: unknown[], message: dbus.Message) => Answer): void {
    this.peer.methods.set(method, (body, message) => {
      this.calls.push([message.member, ...body.map(String)].join(' '));
      this.#events.emit('call');
      return answer(body, message);
    });
  }

  #queue(unit: string, message: dbus.Message): Answer {
    if (unit.startsWith('absent')) return noSuchUnit(unit);
    const path = `${MANAGER_PATH}/job/${String(this.#nextJob++)}`;
    const result = this.results.get(unit) ?? 'done';
    this.jobs.set(path, unit);
    // As systemd does with a job that has nothing to do: removed before the reply that names it.
    if (result !== 'held') this.#remove(path, unit, result);
    this.peer.reply(message, 'o', [path]);
    return 'none';
  }

  #remove(path: string, unit: string, result: string): void {
    this.jobs.delete(path);
    const id = Number(path.split('/').at(-1));
    this.peer.signal(MANAGER_PATH, MANAGER, 'JobRemoved', 'uoss', [id, path, unit, result]);
  }

  #row(name: string): unknown[] {
    const properties = this.units.get(unitPath(name));
    const value = (key: string, absent: string) => (properties?.[key]?.value ?? absent) as string;
    const states = [
      value('LoadState', 'not-found'),
      value('ActiveState', 'inactive'),
      value('SubState', 'dead'),
    ];
    return [name, name, ...states, '', unitPath(name), 0, '', '/'];
  }

  #property(property: string, { path }: dbus.Message): Answer {
    if (property === 'Version') return variant('s', '257.8-1~deb13u2');
    if (property === 'State' && this.jobs.has(path)) return variant('s', 'running');
    return { error: 'org.freedesktop.DBus.Error.UnknownObject', text: `Unknown object '${path}'.` };
  }
}

function variant(signature: string, value: unknown): Answer {
  return { signature: 'v', body: [new dbus.Variant(signature, value)] };
}

function noSuchUnit(unit: string): Answer {
  return { error: 'org.freedesktop.systemd1.NoSuchUnit', text: `Unit ${unit} not loaded.` };
}
