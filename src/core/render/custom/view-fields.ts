import type { TemplateName } from '../shipped.ts';
import type { DockerView, PodmanView, ReadyView, TimerView } from '../view.ts';

/** What a template may do with a value, and thereby which helpers take it. */
export type Kind =
  | 'text'
  | 'number'
  | 'flag'
  /** A command line: a list of words. */
  | 'words'
  | { readonly each: Kind }
  | { readonly fields: Fields };

export interface Field {
  readonly kind: Kind;
  /** One sentence, as docs/templates.md has it. */
  readonly says: string;
}

/** The fields of a view by name; what a template names beside them is refused. */
export type Fields = Readonly<Record<string, Field>>;

/** The compiler asks for a field of each view, so that none can be left out here. */
type FieldsOf<View> = Readonly<Record<keyof View, Field>>;

const texts = { each: 'text' } as const;
const commands = { each: 'words' } as const;

const directive = {
  each: {
    fields: {
      section: { kind: 'text', says: 'Unit, Service or Install' },
      name: { kind: 'text', says: 'the name of the directive' },
      value: { kind: 'text', says: 'its value, as the user wrote it' },
    },
  },
} as const;

const unitFields = {
  unit: { kind: 'text', says: 'the file name of the unit' },
  instance: { kind: 'text', says: 'the full name of the container' },
  description: { kind: 'text', says: 'what Description= says' },
  slice: { kind: 'text', says: 'the slice of the app, or the one that the user chose' },
  environmentFile: {
    kind: 'text',
    says: 'the file with variables that may be read by it; empty where there is none',
  },
  environment: {
    kind: {
      each: {
        fields: {
          name: { kind: 'text', says: 'the name of a variable' },
          value: { kind: 'text', says: 'its value' },
        },
      },
    },
    says: 'variables that gear itself needs in the unit; those of the container are never here',
  },
  startSeconds: { kind: 'number', says: 'how long a start may take, in seconds, or `infinity`' },
  restartTiming: {
    kind: {
      fields: {
        first: { kind: 'text', says: 'the first delay before a restart' },
        steps: { kind: 'number', says: 'in how many steps it grows; empty where it does not' },
        longest: { kind: 'text', says: 'the longest delay' },
      },
    },
    says: 'how long systemd waits before a restart',
  },
} as const;

const containerFields = {
  ...unitFields,
  wants: { kind: texts, says: 'units for Wants=' },
  requires: { kind: texts, says: 'units for Requires=' },
  after: { kind: texts, says: 'units for After=' },
  before: { kind: texts, says: 'units for Before=' },
  partOf: { kind: texts, says: 'units for PartOf=' },
  conflicts: { kind: texts, says: 'units for Conflicts=' },
  mountsFor: { kind: texts, says: 'folders of the host that are mounted; written with the helper `path`' },
  stopSeconds: { kind: 'number', says: 'how long a stop may take, in seconds' },
  restart: { kind: 'text', says: 'always, on-failure or no' },
  requiredUnits: { kind: 'flag', says: 'whether there is something that the gate `require.sh` asks for' },
  requireGate: { kind: 'words', says: 'the gate that fails while a required unit is not active' },
  oneShot: { kind: 'flag', says: 'whether it runs to its end: a job, or on a schedule' },
  remains: { kind: 'flag', says: 'whether it counts as active after its end' },
  scheduled: { kind: 'flag', says: 'whether a timer starts it' },
  ofUser: { kind: 'flag', says: 'whether it is a unit of a user, by gear --user' },
  bootTarget: { kind: 'text', says: 'what a boot reaches: multi-user.target, or default.target of a user' },
  logsElsewhere: { kind: 'flag', says: 'whether the journal has its lines from elsewhere' },
  credentials: {
    kind: {
      each: {
        fields: {
          directive: { kind: 'text', says: 'LoadCredential or LoadCredentialEncrypted' },
          name: { kind: 'text', says: 'the name of the credential' },
          path: { kind: 'text', says: 'the file that has it' },
        },
      },
    },
    says: 'the secrets that systemd loads',
  },
  putFilesGate: { kind: 'words', says: 'the gate that puts files in place; empty where there are none' },
  clearFilesGate: { kind: 'words', says: 'the gate that takes them away again' },
  networkGates: { kind: commands, says: 'the gates that make networks which are absent' },
  initGates: { kind: commands, says: 'the gates that run init steps' },
  reloadCommands: { kind: commands, says: 'commands for ExecReload=' },
  unitDirectives: { kind: directive, says: 'directives of the user for [Unit]' },
  serviceDirectives: { kind: directive, says: 'directives of the user for [Service]' },
  installDirectives: { kind: directive, says: 'directives of the user for [Install]' },
} as const;

const docker: FieldsOf<DockerView> = {
  ...containerFields,
  keepsContainers: {
    kind: 'flag',
    says: 'whether Docker keeps containers running while it restarts (live-restore)',
  },
  createGate: { kind: 'words', says: 'the gate that makes the container where it is absent' },
  connectGates: { kind: commands, says: 'the gates that see to it that it is in its networks' },
  startCommand: { kind: 'words', says: 'the command for ExecStart=' },
  runningGate: { kind: 'words', says: 'the gate that waits until the process runs' },
  stopGate: { kind: 'words', says: 'the gate that stops the container' },
};

const podman: FieldsOf<PodmanView> = {
  ...containerFields,
  prepareGate: { kind: 'words', says: 'the gate that sees to image and volumes' },
  startCommand: { kind: 'words', says: 'the command for ExecStart=' },
  startedGate: { kind: 'words', says: 'the gate that fails when the process ended at once' },
  stopCommand: { kind: 'words', says: 'the command for ExecStop=' },
  removeCommand: { kind: 'words', says: 'the command for ExecStopPost=' },
};

const ready: FieldsOf<ReadyView> = {
  ...unitFields,
  containerUnit: { kind: 'text', says: 'the unit of the container' },
  before: { kind: texts, says: 'units for Before=' },
  readyGate: { kind: 'words', says: 'the gate that runs the health check until it succeeds' },
};

const timer: FieldsOf<TimerView> = {
  unit: unitFields.unit,
  description: unitFields.description,
  containerUnit: { kind: 'text', says: 'the unit that is started' },
  schedule: { kind: 'text', says: 'what OnCalendar= says' },
  installDirectives: containerFields.installDirectives,
};

/** What each template sees. docs/templates.md lists it, with a value of each from a real view. */
export const viewFields: Readonly<Record<TemplateName, Fields>> = {
  'container-docker.service.hbs': docker,
  'container-podman.service.hbs': podman,
  'ready.service.hbs': ready,
  'schedule.timer.hbs': timer,
};
