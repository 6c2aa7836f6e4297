import { paths } from '../model/paths.ts';
import { quoteExecArgument } from './escape.ts';

/** What all units of gear's have where somebody is to be told (systemd.unit(5): `ctr-.service.d` is for each `ctr-…`). */
export const notifyDropIn = (): string => `# Written by gear notify, which replaces it.
[Service]
ExecStopPost=-/bin/sh ${quoteExecArgument(paths.notifyScript)} --queue %n
`;

/** The unit that tells: what it does is in nobody's way, and bounded. */
export const notifyUnit = (): string => `# Written by gear notify, which replaces it.
[Unit]
Description=gear tells that something is wrong with %i

[Service]
Type=oneshot
ExecStart=/bin/sh ${quoteExecArgument(paths.notifyScript)} %i
TimeoutStartSec=300
SyslogIdentifier=gear-notify
`;
