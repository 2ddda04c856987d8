import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Finding } from './finding.ts'

/** Tollgate answers at once or not at all. */
const ANSWER_MS_MAX = 2000

/** Checks that a port is free, or used by Tollgate itself. */
export async function checkPort(check: {
  variable: string
  host: string
  port: number
  /** A path that only Tollgate serves. */
  ownPage: string
}): Promise<Finding> {
  const { variable, host, port, ownPage } = check
  const about = `Port ${port} (${variable})`
  if (await isFree(host, port)) return { about, state: 'ok', detail: 'free' }
  if (await answers(`http://${host}:${port}${ownPage}`)) {
    return { about, state: 'ok', detail: 'Tollgate is running there' }
  }
  return {
    about,
    state: 'problem',
    detail: 'taken by another program',
    fix: `Stop that program, or choose another port: ${variable}=${port + 1} npm start`,
  }
}

async function isFree(host: string, port: number): Promise<boolean> {
  const probe = createServer()
  try {
    probe.listen(port, host)
    await once(probe, 'listening')
    probe.close()
    await once(probe, 'close')
    return true
  } catch {
    return false
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX) })
    return response.status < 500
  } catch {
    return false
  }
}
