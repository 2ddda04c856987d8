import type { Agent } from 'node:http'
import {
  type Customer,
  type History,
  type Intent,
  qrCodeIntent,
  type SeededRandom,
  signInGuest,
} from '@tollgate/testing/faults'
import type { Testbed } from './testbed.ts'
import type { Member } from './member.ts'
import { addressFrom } from './sign-in-guests.ts'

/** One run of a crash point: a server that will be killed, one that survives, and a guest with one intent. */
export type CrashScene = {
  testbed: Testbed
  victim: Member
  survivor: Member
  guest: Customer
  intent: Intent
  agent: Agent
  random: SeededRandom
}

/** A labelled point at which a server is killed. */
export type CrashCase = {
  label: string
  what: string
  /** Added to the victim's environment. */
  environment?: Record<string, string>
  /** Creates the guest's intent; by default a QR code. */
  intent?: (random: SeededRandom) => Intent
  /** Arms the kill; the victim is up and idle. */
  arm?: (scene: CrashScene) => void | Promise<void>
  /** Triggers the crash; by default one call to the victim. */
  play?: (scene: CrashScene) => Promise<void>
  /** Runs once the victim is dead; returns what is wrong, or null. */
  proof?: (scene: CrashScene) => Promise<string | null>
  /** The acceptable final responses to the guest; by default only a success. */
  ends?: readonly ('success' | 412)[]
}

/** The hook may hit once per guest whose work is left over. */
const DEATHS_AT_START_MAX = 5

/** If the victim is not dead by then, the crash point was not reached. */
const DEATH_MS_MAX = 90_000

/** Prepares the scene and runs it until the victim is dead; returns the time of death, or null if it survived. */
export async function playCrash(
  crash: CrashCase,
  stage: Omit<CrashScene, 'guest' | 'intent'> & { history: History },
): Promise<{ scene: CrashScene; diedAt: number | null }> {
  const { testbed, victim, survivor, agent, random, history } = stage
  victim.postgres.decide(() => null)
  await startVictim(testbed, victim, crash.environment ?? {})
  const guest = await signInGuest({
    server: survivor.process.url,
    agent,
    history,
    address: addressFrom(random),
  })
  // The backend must know the customer beforehand: this tests the call, not the customer's creation.
  await guest.query(survivor.process.url, 'billing.balance')
  const intent = crash.intent?.(random) ?? qrCodeIntent(random.key())
  const scene = { testbed, victim, survivor, guest, intent, agent, random }
  await crash.arm?.(scene)
  const playing = crash.play ? crash.play(scene) : callVictim(scene)
  const patience = AbortSignal.timeout(DEATH_MS_MAX)
  const outlived = new Promise<null>((resolve) =>
    patience.addEventListener('abort', () => resolve(null)),
  )
  const signal = await Promise.race([victim.process.ended, outlived])
  const diedAt = signal === 'SIGKILL' ? Date.now() : null
  if (diedAt === null) await victim.process.kill()
  await playing
  return { scene, diedAt }
}

/** A hook may hit while the victim starts, when it delivers an earlier guest's usage; then it is started again. */
async function startVictim(
  testbed: Testbed,
  victim: Member,
  environment: Record<string, string>,
): Promise<void> {
  for (let deaths = 0; ; deaths++) {
    try {
      return await testbed.restart(victim, { environment })
    } catch (error) {
      if (!('CRASH_AT' in environment) || deaths === DEATHS_AT_START_MAX) throw error
    }
  }
}

/** The guest's one call, whatever its outcome. */
export async function callVictim({ guest, victim, intent }: CrashScene): Promise<void> {
  await guest.call(victim.process.url, intent)
}
