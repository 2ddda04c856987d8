import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Cut } from '@tollgate/testing/faults'
import { freePort } from '@tollgate/testing/free-port'
import { type CrashCase, type CrashScene, callVictim } from './crash-scene.ts'
import { readStreamUntil } from './read-stream.ts'
import { longTextIntent } from './long-text.ts'

/** A relay or a sweep may first have to wait for its turn. */
const DEATH_MS_MAX = 60_000
/** An unreachable provider: the work fails and the hold is released. */
const NO_PROVIDER = { OPENAI_API_KEY: 'none', OPENAI_BASE_URL: 'http://127.0.0.1:9' }

/** The points at which a server is killed: inside the process by its own hook, on the wire by the proxies, or when the client chooses. */
export const CRASH_CASES: readonly CrashCase[] = [
  { label: 'CP01', what: 'before the hold is placed', ...hook('CP01-before-place') },
  {
    label: 'CP02',
    what: 'while the hold is being placed',
    arm: onStatement('/* place */', 'middle'),
  },
  {
    label: 'CP03',
    what: 'hold placed, not acknowledged',
    arm: onStatement('/* place */', 'acknowledgement'),
  },
  { label: 'CP04', what: 'after the hold', ...hook('CP04-after-place') },
  { label: 'CP05', what: 'before the work', ...hook('CP05-before-work') },
  {
    label: 'CP06',
    what: 'when a provider has done the work',
    intent: longTextIntent,
    ...providerKills(await freePort()),
  },
  { label: 'CP07', what: 'after the work', ...hook('CP07-after-work') },
  {
    label: 'CP08',
    what: 'while it is being settled',
    arm: onStatement('/* settle */', 'middle'),
  },
  {
    label: 'CP09',
    what: 'settled, not acknowledged',
    arm: onStatement('/* settle */', 'acknowledgement'),
  },
  { label: 'CP10', what: 'after the settle', ...hook('CP10-after-settle') },
  {
    label: 'CP11',
    what: 'in the middle of the answer',
    intent: longTextIntent,
    play: (scene) => readStreamUntil(scene, { pieces: 1, act: () => scene.victim.process.kill() }),
    ends: ['success', 412],
  },
  {
    label: 'CP12',
    what: 'after the answer',
    play: async (scene) => {
      await callVictim(scene)
      await scene.victim.process.kill()
    },
  },
  {
    label: 'CP13',
    what: 'before the release',
    intent: longTextIntent,
    ...hook('CP13-before-release', NO_PROVIDER),
  },
  {
    label: 'CP14',
    what: 'while it is being released',
    intent: longTextIntent,
    environment: NO_PROVIDER,
    arm: onStatement('/* release */', 'middle'),
  },
  {
    label: 'CP15',
    what: 'after the release',
    intent: longTextIntent,
    ...hook('CP15-after-release', NO_PROVIDER),
  },
  { label: 'CP16', what: 'a delivery is claimed', play: alone, ...hook('CP16-relay-claimed') },
  { label: 'CP17', what: 'a delivery is sent', play: alone, arm: onDelivery('received') },
  { label: 'CP18', what: 'a delivery is answered', play: alone, ...hook('CP18-relay-answered') },
  {
    label: 'CP19',
    what: 'a delivery is being recorded',
    play: alone,
    arm: onStatement('metering.record_deliveries(', 'middle'),
  },
  { label: 'CP20', what: 'in the middle of a sweep', play: sweepAlone },
  {
    label: 'CP21',
    what: 'between a piece and its watermark',
    intent: longTextIntent,
    play: (scene) => readStreamUntil(scene, {}),
    ends: ['success', 412],
    ...hook('CP21-chunk-before-watermark'),
  },
  {
    label: 'CP21b',
    what: 'a watermark is written, not acknowledged',
    intent: longTextIntent,
    arm: onStatement('metering.mark_progress(', 'acknowledgement'),
    play: (scene) => readStreamUntil(scene, {}),
    ends: [412],
  },
]

/** The process kills itself. */
function hook(
  point: string,
  environment: Record<string, string> = {},
): Pick<CrashCase, 'environment'> {
  return { environment: { ...environment, CRASH_AT: point } }
}

/** Kills the process, and its connection, while a statement with this text is on the wire. */
function onStatement(part: string, at: Cut['at']): (scene: CrashScene) => void {
  return ({ victim }) => {
    const { strike } = victim.process
    victim.postgres.decide(({ text }) => (text.includes(part) ? { at, strike } : null))
  }
}

/** Kills the process while the billing backend handles a delivery. */
function onDelivery(at: 'received' | 'answered'): (scene: CrashScene) => void {
  return ({ victim }) => {
    victim.billing.strike({ path: 'usage-events', at, act: victim.process.strike })
  }
}

/** Kills the process while a text provider has the request and may already have done the work. */
function providerKills(port: number): Pick<CrashCase, 'environment' | 'arm'> {
  return {
    environment: { OPENAI_API_KEY: 'none', OPENAI_BASE_URL: `http://127.0.0.1:${port}` },
    arm: async ({ victim }) => {
      const provider = createServer((request) => {
        request.resume()
        victim.process.strike()
        provider.close()
        provider.closeAllConnections()
      })
      await new Promise<void>((resolve) => provider.listen(port, '127.0.0.1', () => resolve()))
    },
  }
}

/** The survivor is paused meanwhile, so that the victim delivers. */
async function alone(scene: CrashScene): Promise<void> {
  const { survivor, victim } = scene
  survivor.process.freeze()
  try {
    await callVictim(scene)
    await Promise.race([victim.process.ended, delay(DEATH_MS_MAX)])
  } finally {
    survivor.process.thaw()
  }
}

/** A first victim leaves a hold behind; a second one dies while sweeping it. */
async function sweepAlone(scene: CrashScene): Promise<void> {
  const { testbed, survivor, victim, guest } = scene
  const settleNever = onStatement('/* settle */', 'before')
  settleNever(scene)
  const first = victim.process
  await callVictim(scene)
  await first.ended
  survivor.process.freeze()
  try {
    await testbed.tollgate.query({
      text: `update metering.operation set lease_until = metering.clock() - interval '1 minute'
             where customer_id = $1 and state = 'executing'`,
      values: [guest.customerId],
    })
    victim.postgres.decide(() => null)
    await testbed.restart(victim, { wait: false })
    onStatement('metering.sweep(', 'middle')(scene)
    await Promise.race([victim.process.ended, delay(DEATH_MS_MAX)])
  } finally {
    survivor.process.thaw()
  }
}
