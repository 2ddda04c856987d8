/** A module for `node --import`: the process ends when its parent has ended, however that happened. */
export const END_WITH_PARENT = `data:text/javascript,${encodeURIComponent(`
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 1000).unref()
`)}`
