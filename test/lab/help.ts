export const help = `Boots real hosts on this machine: systemd, Docker, Podman and sshd, in a network of their own.

USAGE
  lab up N [--suite SUITE]... [--name LAB] [--bind FROM:TO]...
                                boot N hosts, h1 to hN; several suites are dealt out in turn
  lab exec HOST CMD [ARG]...    run a command inside as root; its exit status is yours
  lab kill HOST                 power loss
  lab shutdown HOST             orderly power-off
  lab start HOST                power again after a kill or a shutdown
  lab reboot HOST               power loss and power again; what is on disk stays
  lab cut HOST                  unplug the network cable
  lab heal HOST                 plug it in again
  lab freeze HOST               stop all its processes where they are
  lab thaw HOST                 let them go on
  lab ls                        the labs that are up, with their hosts
  lab down [--all]              end the lab; nothing of it is left

OPTIONS
  --name LAB     which lab (default: lab); before HOST where a command takes one
  --suite SUITE  trixie (systemd 257, Docker 26, Podman 5.4; the default) or
                 bookworm (systemd 252, Docker 20.10, Podman 4.3)
  --bind FROM:TO a path of this machine, read-only inside every host
  --help         this text

EXAMPLES
  lab up 1
  lab up 2 --suite trixie --suite bookworm --name mixed
  lab exec h1 docker info
  lab exec --name mixed h2 sh < script.sh
  lab kill h1 && lab start h1
  lab down --name mixed

EXIT STATUS
  0 done, 1 failed, 2 usage, 5 this machine cannot run a lab; of exec: the command's own.
`;
