/** Makes a warning for developers that is emitted once. */
export function warnOnce(): (message: string) => void {
  let isEmitted = false
  return (message) => {
    if (isEmitted) return
    isEmitted = true
    process.emitWarning(message, { type: 'TollgateWarning' })
  }
}
