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

/** One run of one crash point: a server that will die, one that lives on, and a guest who wants one thing. */
export type CrashScene = {
  testbed: Testbed
  victim: Member
  survivor: Member
  guest: Customer
  intent: Intent
  agent: Agent
  random: SeededRandom
}

/** A labelled moment at which a server dies. */
export type CrashCase = {
  label: string
  what: string
  /** What the victim is started with. */
  environment?: Record<string, string>
  /** Makes what the guest wants; a QR code when left out. */
  intent?: (random: SeededRandom) => Intent
  /** Lays the trap; the victim is up and has nothing to do. */
  arm?: (scene: CrashScene) => void | Promise<void>
  /** What leads to the crash; one call to the victim when left out. */
  play?: (scene: CrashScene) => Promise<void>
  /** Asked once the victim is dead: what is wrong then, or null. */
  proof?: (scene: CrashScene) => Promise<string | null>
  /** The final answer to the guest; a success when left out. */
  ends?: readonly ('success' | 412)[]
}

/** As many as guests may have left something. */
const DEATHS_AT_START_MAX = 5

/** The victim must have died within this, or its trap was never reached. */
const DEATH_MS_MAX = 90_000

/** Sets the scene, plays it until the victim is dead; answers when that was, or null when it would not die. */
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
  // Known to the backend before anything goes wrong: what is tried here is the call, not the first sight.
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

/** A hook may strike while the victim starts, at what an earlier guest left to be delivered; then it is started again. */
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

/** The guest's one call, whatever comes of it. */
export async function callVictim({ guest, victim, intent }: CrashScene): Promise<void> {
  await guest.call(victim.process.url, intent)
}
