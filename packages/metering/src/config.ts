/** Where a test wants this process to die; never set outside test mode. */
export function crashAt(): string | undefined {
  return process.env['NODE_ENV'] === 'test' ? process.env['CRASH_AT'] : undefined
}
