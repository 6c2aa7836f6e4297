/** What an image is made of. All of them have busybox, with every applet in /bin, and nothing else but `files`. */
export interface ImageSpec {
  tag: string;
  command: string[];
  entrypoint?: string[];
  env?: Record<string, string>;
  user?: string;
  workingDir?: string;
  stopSignal?: string;
  labels?: Record<string, string>;
  /** As EXPOSE has them: `8080/tcp`. */
  ports?: string[];
  /** Declared with VOLUME. */
  volumes?: string[];
  health?: HealthSpec;
  /** Text by absolute path; what lies in a bin folder is executable. */
  files?: Record<string, string>;
}

export interface HealthSpec {
  command: string[];
  intervalMs?: number;
  timeoutMs?: number;
  startPeriodMs?: number;
  retries?: number;
}

/**
 * A process that is PID 1 of its namespace ignores SIGTERM unless it asked for it, and busybox's programs do not.
 * This shell does, so that a container stops at once, with status 0.
 */
const stoppable = `#!/bin/sh
trap 'exit 0' TERM INT
"$@" &
wait $!
`;

/** An image whose command runs until it is told to stop. */
export function image(spec: Partial<ImageSpec> & { tag: string }): ImageSpec {
  return {
    entrypoint: ['/bin/stoppable'],
    command: ['sleep', '2147483647'],
    ...spec,
    files: { '/bin/stoppable': stoppable, ...spec.files },
  };
}

/** `web:VERSION` serves on port 8080 a page that contains `web VERSION`. */
export function webImage(version: string, more: Partial<ImageSpec> = {}): ImageSpec {
  return image({
    tag: `web:${version}`,
    command: ['httpd', '-f', '-p', '8080', '-h', '/www'],
    ports: ['8080/tcp'],
    ...more,
    files: { '/www/index.html': `<h1>web ${version}</h1>\n`, ...more.files },
  });
}

/** `sleep:1` does nothing until it is told to stop. */
export function sleepImage(): ImageSpec {
  return image({ tag: 'sleep:1' });
}

/** `exit:CODE` says so on stderr and exits with that code, after some seconds if given. */
export function exitImage(code: number, afterSeconds = 0): ImageSpec {
  // Without a process beside the shell what ends at once is over before anybody can see that it ran.
  const wait = afterSeconds === 0 ? '' : `sleep ${afterSeconds}; `;
  const script = `${wait}echo "exiting with ${code}" >&2; exit ${code}`;
  return image({ tag: `exit:${code}`, command: ['sh', '-c', script] });
}

/** `data:1` declares the volume /data. */
export function volumeImage(): ImageSpec {
  return image({ tag: 'data:1', volumes: ['/data'] });
}

/** `unhealthy:1` runs on and on, and its check always fails. */
export function unhealthyImage(): ImageSpec {
  const command = ['sh', '-c', 'echo "cannot reach the database" >&2; sleep 2147483647'];
  return image({ tag: 'unhealthy:1', command, health: check('false') });
}

/** `slow:SECONDS` gets healthy that long after each start; until then it is `starting`, for a minute at most. */
export function slowImage(seconds: number): ImageSpec {
  const script = `rm -f /healthy; sleep ${seconds}; touch /healthy; sleep 2147483647`;
  return image({
    tag: `slow:${seconds}`,
    command: ['sh', '-c', script],
    health: { ...check('test -e /healthy'), startPeriodMs: 60_000 },
  });
}

/** `stubborn:1` ignores SIGTERM. */
export function stubbornImage(): ImageSpec {
  return { tag: 'stubborn:1', command: ['sleep', '2147483647'] };
}

/** A shell command, run every second as Docker does; one failure makes unhealthy. */
export function check(script: string): HealthSpec {
  return { command: ['CMD-SHELL', script], intervalMs: 1_000, timeoutMs: 5_000, retries: 1 };
}
