import type pg from 'pg'
import { rowTypes } from './row-types.ts'

// Soon enough to notice a server that vanished without closing its connections.
const KEEP_ALIVE_MS = 10_000
// All statements are short: compiling one takes longer than running it, and the inflated cost of a discouraged scan would trigger JIT.
const NO_JIT = '-c jit=off'

/** Turns an address and server settings into the config of `pg`. */
export function connectionConfig(options: {
  url: string
  applicationName?: string | undefined
  settings?: Readonly<Record<string, string>> | undefined
}): pg.ClientConfig {
  const url = new URL(options.url)
  const fromUrl = url.searchParams.get('options')
  // In `pg` the address overrides the object, so both sources are merged here.
  url.searchParams.delete('options')
  const startup = [
    NO_JIT,
    ...(fromUrl === null ? [] : [fromUrl]),
    ...Object.entries(options.settings ?? {}).map(([name, value]) => `-c ${name}=${escape(value)}`),
  ].join(' ')
  return {
    connectionString: url.href,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    types: rowTypes,
    ...(options.applicationName === undefined ? {} : { application_name: options.applicationName }),
    options: startup,
  }
}

function escape(value: string): string {
  return value.replaceAll(/[\\ ]/g, String.raw`\$&`)
}
