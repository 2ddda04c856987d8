import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { hasCode } from './has-code.ts'
import { pidOf, processIdentity } from './process-identity.ts'

/** Replaces an owner's claim when its server is being stopped; never taken over. */
export const STOPPING = 'stopping'

/** A name for this process that no other claim has. */
export async function claimantName(): Promise<string> {
  const identity = (await processIdentity(process.pid)) ?? `${process.pid}-unknown`
  return `${identity}-${randomBytes(4).toString('hex')}`
}

/**
 * Claims `place`, a folder whose only entry is named after the claimant: creating it and taking it from a dead claimant are each one
 * rename, so that exactly one of any number of claimants succeeds. Returns null, or the name of the living claimant that holds it.
 */
export async function claim(place: string, claimant: string): Promise<string | null> {
  for (;;) {
    const holder = await claimantOf(place)
    if (holder === STOPPING || (holder !== null && (await isRunning(holder)))) return holder
    // Either fails if another process was faster; then the claim is read again.
    const won =
      holder === null ? await acquire(place, claimant) : await replace(place, holder, claimant)
    if (won) return null
  }
}

/** The claimant, dead or alive. */
export async function claimantOf(place: string): Promise<string | null> {
  const entries = await readdir(place).catch(ignore('ENOENT'))
  return entries?.[0] ?? null
}

/** Replaces `holder` with `successor`; false if `holder` no longer held the claim. */
export async function replace(place: string, holder: string, successor: string): Promise<boolean> {
  try {
    await rename(path.join(place, holder), path.join(place, successor))
    return true
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false
    throw error
  }
}

/** Releases the claim; does nothing if another process holds it by now. */
export async function release(place: string, claimant: string): Promise<void> {
  await unlink(path.join(place, claimant)).catch(ignore('ENOENT'))
  await rmdir(place).catch(ignore('ENOENT', 'ENOTEMPTY', 'EEXIST'))
}

async function acquire(place: string, claimant: string): Promise<boolean> {
  const prepared = `${place}-${claimant}`
  await mkdir(prepared, { recursive: true })
  await writeFile(path.join(prepared, claimant), '')
  try {
    await rename(prepared, place)
    return true
  } catch (error) {
    await rm(prepared, { recursive: true, force: true })
    if (hasCode(error, 'ENOTEMPTY', 'EEXIST')) return false
    throw error
  }
}

async function isRunning(claimant: string): Promise<boolean> {
  const identity = await processIdentity(pidOf(claimant))
  return identity !== null && claimant.startsWith(`${identity}-`)
}

function ignore(...codes: string[]): (error: unknown) => undefined {
  return (error) => {
    if (!hasCode(error, ...codes)) throw error
  }
}
