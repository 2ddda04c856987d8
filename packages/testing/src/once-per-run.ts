import { mkdtempSync, rmSync } from 'node:fs'
import { access, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { testRunFolder } from './config.ts'

/** Building the guide takes a minute, and longer on a busy machine. */
const WAIT_MS_MAX = 300_000
const POLL_MS = 50

/** Has the first worker of a test run that asks `make` a folder, and returns it to all of them. */
export async function oncePerRun(
  name: string,
  make: (folder: string) => Promise<unknown>,
): Promise<string> {
  const folder = path.join(testRunFolder() ?? scriptFolder(), name)
  const done = `${folder}.done`
  const deadline = performance.now() + WAIT_MS_MAX
  while (performance.now() < deadline) {
    if (await exists(done)) return folder
    if (await isFirst(folder)) {
      try {
        await make(folder)
      } catch (error) {
        // Lets the next worker try again.
        await rm(folder, { recursive: true })
        throw error
      }
      await writeFile(done, '')
      return folder
    }
    await delay(POLL_MS)
  }
  throw new Error(`${folder} was not finished within ${WAIT_MS_MAX} ms.`)
}

let ofScript: string | null = null

/** A folder for this process only, until it ends. */
function scriptFolder(): string {
  if (ofScript) return ofScript
  const made = mkdtempSync(path.join(tmpdir(), 'tollgate-script-'))
  process.once('exit', () => rmSync(made, { recursive: true, force: true }))
  ofScript = made
  return made
}

/** Only one process can create a folder. */
function isFirst(folder: string): Promise<boolean> {
  return mkdir(folder).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
      throw error
    },
  )
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
