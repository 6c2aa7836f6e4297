// Generated from templates/ by scripts/generate-templates.ts.
import { each, isFilled } from './template-blocks.ts';
import { templateHelpers } from './template-helpers.ts';
import type { DockerView, PodmanView, ReadyView, TimerView } from './view.ts';

const { text, path, command, assignment, directive } = templateHelpers;

/** The text of each unit, before its hash is put in. */
export const shippedWriters = {
  'container-docker.service.hbs': (view: DockerView): string => `# Written by gear, which replaces it. Additions belong into a drop-in: systemctl edit ${text(view.unit)}
[Unit]
Description=${text(view.description)}
${isFilled(view.keepsContainers) ? `Wants=docker.service
` : `Requires=docker.service
`}After=docker.service docker.socket
${each(view.wants, (item) => `Wants=${text(item)}
`)}${each(view.requires, (item) => `Requires=${text(item)}
`)}${each(view.after, (item) => `After=${text(item)}
`)}${each(view.before, (item) => `Before=${text(item)}
`)}${each(view.partOf, (item) => `PartOf=${text(item)}
`)}${each(view.conflicts, (item) => `Conflicts=${text(item)}
`)}${each(view.mountsFor, (item) => `RequiresMountsFor=${path(item)}
`)}StartLimitIntervalSec=0
${each(view.unitDirectives, (item) => `${directive(item.name, item.value)}
`)}
[Service]
${isFilled(view.oneShot) ? `Type=oneshot
` : `Type=exec
`}${isFilled(view.remains) ? `RemainAfterExit=yes
` : ''}${isFilled(view.logsElsewhere) ? `# The engine's own log goes to the journal.
StandardOutput=null
` : ''}Slice=${text(view.slice)}
${isFilled(view.environmentFile) ? `EnvironmentFile=${text(view.environmentFile)}
` : ''}${each(view.environment, (item) => `Environment=${assignment(item.name, item.value)}
`)}Environment=GEAR_TEXT=
${each(view.credentials, (item) => `${text(item.directive)}=${text(item.name)}:${text(item.path)}
`)}${isFilled(view.requiredUnits) ? `ExecStartPre=${command(view.requireGate)}
` : ''}${isFilled(view.putFilesGate) ? `ExecStartPre=${command(view.putFilesGate)}
` : ''}${each(view.networkGates, (item) => `ExecStartPre=${command(item)}
`)}ExecStartPre=${command(view.createGate)}
${each(view.connectGates, (item) => `ExecStartPre=${command(item)}
`)}${each(view.initGates, (item) => `ExecStartPre=${command(item)}
`)}ExecStart=${command(view.startCommand)}
${each(view.reloadCommands, (item) => `ExecReload=${command(item)}
`)}${isFilled(view.oneShot) ? `# Not ExecStop=, which is not run while the container still works.
ExecStopPost=${command(view.stopGate)}
` : `ExecStartPost=${command(view.runningGate)}
ExecStop=${command(view.stopGate)}
`}${isFilled(view.clearFilesGate) ? `ExecStopPost=${command(view.clearFilesGate)}
` : ''}KillMode=mixed
${isFilled(view.oneShot) ? `# The client would hand on any other signal; the gate above stops the container, with its own signal and time.
KillSignal=SIGKILL
` : ''}TimeoutStartSec=${view.startSeconds}
TimeoutStopSec=${view.stopSeconds}
${isFilled(view.oneShot) ? '' : `SuccessExitStatus=143
`}Restart=${text(view.restart)}
RestartSec=${text(view.restartTiming.first)}
${isFilled(view.restartTiming.steps) ? `RestartSteps=${view.restartTiming.steps}
RestartMaxDelaySec=${text(view.restartTiming.longest)}
` : ''}SyslogIdentifier=${text(view.instance)}
LogExtraFields=${assignment("GEAR_NAME", view.instance)}
${each(view.serviceDirectives, (item) => `${directive(item.name, item.value)}
`)}${isFilled(view.scheduled) ? '' : `
[Install]
WantedBy=${text(view.bootTarget)} docker.service
${each(view.installDirectives, (item) => `${directive(item.name, item.value)}
`)}`}`,
  'container-podman.service.hbs': (view: PodmanView): string => `# Written by gear, which replaces it. Additions belong into a drop-in: systemctl ${isFilled(view.ofUser) ? `--user ` : ''}edit ${text(view.unit)}
[Unit]
Description=${text(view.description)}
${isFilled(view.ofUser) ? '' : `After=network-online.target
Wants=network-online.target
`}RequiresMountsFor=%t/containers
${each(view.wants, (item) => `Wants=${text(item)}
`)}${each(view.requires, (item) => `Requires=${text(item)}
`)}${each(view.after, (item) => `After=${text(item)}
`)}${each(view.before, (item) => `Before=${text(item)}
`)}${each(view.partOf, (item) => `PartOf=${text(item)}
`)}${each(view.conflicts, (item) => `Conflicts=${text(item)}
`)}${each(view.mountsFor, (item) => `RequiresMountsFor=${path(item)}
`)}StartLimitIntervalSec=0
${each(view.unitDirectives, (item) => `${directive(item.name, item.value)}
`)}
[Service]
${isFilled(view.oneShot) ? `Type=oneshot
` : `Type=notify
NotifyAccess=all
`}${isFilled(view.remains) ? `RemainAfterExit=yes
` : ''}Delegate=yes
${isFilled(view.logsElsewhere) ? `# Podman prints IDs there; conmon writes the container's lines to the journal itself.
StandardOutput=null
` : ''}StandardError=journal
Slice=${text(view.slice)}
${isFilled(view.environmentFile) ? `EnvironmentFile=${text(view.environmentFile)}
` : ''}${each(view.environment, (item) => `Environment=${assignment(item.name, item.value)}
`)}Environment=GEAR_TEXT=
${each(view.credentials, (item) => `${text(item.directive)}=${text(item.name)}:${text(item.path)}
`)}${isFilled(view.requiredUnits) ? `ExecStartPre=${command(view.requireGate)}
` : ''}${isFilled(view.putFilesGate) ? `ExecStartPre=${command(view.putFilesGate)}
` : ''}${each(view.networkGates, (item) => `ExecStartPre=${command(item)}
`)}ExecStartPre=${command(view.prepareGate)}
${each(view.initGates, (item) => `ExecStartPre=${command(item)}
`)}ExecStart=${command(view.startCommand)}
${isFilled(view.oneShot) ? '' : `ExecStartPost=${command(view.startedGate)}
`}${each(view.reloadCommands, (item) => `ExecReload=${command(item)}
`)}ExecStop=${command(view.stopCommand)}
ExecStopPost=${command(view.removeCommand)}
${isFilled(view.clearFilesGate) ? `ExecStopPost=${command(view.clearFilesGate)}
` : ''}${isFilled(view.oneShot) ? `# Podman ends the container, with its own signal and time, in ExecStopPost=. The client would end with a status for any
# other signal, as if the run had failed.
KillMode=process
KillSignal=SIGKILL
` : `KillMode=mixed
`}TimeoutStartSec=${view.startSeconds}
TimeoutStopSec=${view.stopSeconds}
${isFilled(view.oneShot) ? '' : `SuccessExitStatus=143
`}Restart=${text(view.restart)}
RestartSec=${text(view.restartTiming.first)}
${isFilled(view.restartTiming.steps) ? `RestartSteps=${view.restartTiming.steps}
RestartMaxDelaySec=${text(view.restartTiming.longest)}
` : ''}SyslogIdentifier=${text(view.instance)}
LogExtraFields=${assignment("GEAR_NAME", view.instance)}
${each(view.serviceDirectives, (item) => `${directive(item.name, item.value)}
`)}${isFilled(view.scheduled) ? '' : `
[Install]
WantedBy=${text(view.bootTarget)}
${each(view.installDirectives, (item) => `${directive(item.name, item.value)}
`)}`}`,
  'ready.service.hbs': (view: ReadyView): string => `# Written by gear, which replaces it. Active once the container's own check has succeeded.
[Unit]
Description=${text(view.description)}
BindsTo=${text(view.containerUnit)}
After=${text(view.containerUnit)}
${each(view.before, (item) => `Before=${text(item)}
`)}StartLimitIntervalSec=0

[Service]
Type=oneshot
RemainAfterExit=yes
Slice=${text(view.slice)}
${isFilled(view.environmentFile) ? `EnvironmentFile=${text(view.environmentFile)}
` : ''}${each(view.environment, (item) => `Environment=${assignment(item.name, item.value)}
`)}Environment=GEAR_TEXT=
ExecStart=${command(view.readyGate)}
TimeoutStartSec=${view.startSeconds}
TimeoutStopSec=15
Restart=on-failure
RestartSec=${text(view.restartTiming.first)}
${isFilled(view.restartTiming.steps) ? `RestartSteps=${view.restartTiming.steps}
RestartMaxDelaySec=${text(view.restartTiming.longest)}
` : ''}SyslogIdentifier=${text(view.instance)}
LogExtraFields=${assignment("GEAR_NAME", view.instance)}
`,
  'schedule.timer.hbs': (view: TimerView): string => `# Written by gear, which replaces it. Starts ${text(view.containerUnit)}; a time that was missed is made up for.
[Unit]
Description=${text(view.description)}

[Timer]
OnCalendar=${text(view.schedule)}
Persistent=true
Unit=${text(view.containerUnit)}

[Install]
WantedBy=timers.target
${each(view.installDirectives, (item) => `${directive(item.name, item.value)}
`)}`,
};
