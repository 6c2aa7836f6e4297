import type { Host } from '../../lab/host.ts';

/** The apps of what is written: one of each engine. */
export const apps: readonly string[] = ['way-docker', 'way-podman'];

interface Written {
  readonly name: string;
  readonly text: string;
}

/** A way in which people and programs write descriptors into a folder that is watched. */
export interface Way {
  readonly name: string;
  /** Writes them, and returns when that was done: unix ms, by the clock of the host. */
  readonly write: (host: Host, folder: string, files: readonly Written[]) => Promise<number>;
}

/** Both are where the shell script of a way finds what it is to write. */
const staged = '/root/ways/new';

function way(name: string, script: string): Way {
  return {
    name,
    async write(host, folder, files) {
      await host.sh(`rm -rf ${staged} && mkdir -p ${staged}`);
      for (const { name: file, text } of files)
        await host.exec(['sh', '-c', `cat >${staged}/${file}`], { input: Buffer.from(text) });
      // What changes again within a second is waited with on purpose.
      const stdout = await host.sh(`
        exec 3>&1 >/dev/null
        folder=${folder} staged=${staged}
        newest=$(stat --format %Z $folder/way-*.yaml 2>/dev/null | sort -n | tail -1)
        until [ $(date +%s) -gt $(( \${newest:-0} + 1 )) ]; do sleep 0.05; done
        ${script}
        date +%s%3N >&3`);
      return Number(stdout);
    },
  };
}

/** Each after the other, of the same files. */
export const ways: readonly Way[] = [
  way('copied by cp -r', 'cp -r $staged/. $folder'),
  way('written in place', 'for file in $staged/*; do cat $file >$folder/${file##*/}; done'),
  way(
    'checked out by git',
    `git() { command git --git-dir=$folder/.git -c user.name=t -c user.email=t@localhost "$@"; }
     cd $folder; git --work-tree=. init --quiet; git --work-tree=. add way-*.yaml; git commit --quiet --message one
     cd $staged; git --work-tree=. commit --quiet --all --message two
     cd $folder; git --work-tree=. checkout --quiet --force HEAD -- .; rm -rf .git`,
  ),
  way(
    'swapped by a link, as of a ConfigMap',
    `mkdir $folder/..1; mv $folder/way-*.yaml $folder/..1; ln -s ..1 $folder/..data
     for file in $folder/..1/*; do ln -s ..data/\${file##*/} $folder/; done
     cp -r $staged $folder/..2; ln -s ..2 $folder/..new; mv -T $folder/..new $folder/..data`,
  ),
];
