/** Makes a warning for developers that is said the first time only. */
export function warnOnce(): (message: string) => void {
  let isSaid = false
  return (message) => {
    if (isSaid) return
    isSaid = true
    process.emitWarning(message, { type: 'TollgateWarning' })
  }
}
