/** A module for `node --import`: ends the process when its parent has ended for any reason. */
export const END_WITH_PARENT = `data:text/javascript,${encodeURIComponent(`
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 1000).unref()
`)}`
