/** The data directory and the files next to it. */
export type Cluster = {
  directory: string
  /** The superuser's password, readable only by its owner. */
  password: string
  log: string
  /** Claimed while a process starts the server. */
  startLock: string
  /** Claimed by the process that owns the server; the server stops with it. */
  owner: string
  /** Prefix of unfinished data directories. */
  unfinished: string
}

/** Names the files of the cluster in `directory`, which must be an absolute path without symlinks. */
export function clusterAt(directory: string): Cluster {
  return {
    directory,
    password: `${directory}.password`,
    log: `${directory}.log`,
    startLock: `${directory}.starting`,
    owner: `${directory}.owner`,
    unfinished: `${directory}.unfinished-`,
  }
}
