/** The data directory and the files that lie next to it. */
export type Cluster = {
  directory: string
  /** The superuser's password, readable by its owner alone. */
  password: string
  log: string
  /** Claimed while a process starts the server. */
  startLock: string
  /** Claimed by the process whose end ends the server. */
  owner: string
  /** Prefix of half-made data directories. */
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
