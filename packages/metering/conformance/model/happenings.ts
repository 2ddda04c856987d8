import { PERIOD_MS, type World } from './world.ts'

/** Advances the database's clock. */
export function letPass(world: Omit<World, 'processes'>, ms: number): void {
  if (ms % 1000 !== 0) throw new Error('Time passes in whole seconds; below them are the ticks.')
  world.turn += 1
  const period = Math.floor(world.passed / PERIOD_MS)
  world.passed += ms
  if (Math.floor(world.passed / PERIOD_MS) > period) {
    world.coverage.reach('period ended')
    world.renewals.push(world.turn)
  }
  // Long enough for any lease to expire.
  if (ms >= LEASE_MS) world.lapses.push(world.turn)
  world.turn += 1
}

const LEASE_MS = 10_000

/** Records an error raised by the database's own guards, however deeply it is wrapped. */
export function noteBroken(world: Omit<World, 'processes'>, error: unknown): void {
  let current = error
  while (current instanceof Error) {
    if (guardOf(current) !== null) world.broken ??= current
    current = current.cause
  }
}

/** The constraint that an error names; the error's class when it came through a proxy, which drops the name. */
export function guardOf(error: Error): string | null {
  const constraint: unknown = Reflect.get(error, 'constraint')
  const code: unknown = Reflect.get(error, 'code')
  if (typeof constraint === 'string') return constraint
  if (typeof code !== 'string') return null
  if (!code.startsWith(CONSTRAINT_VIOLATION)) return null
  return /constraint "(\w+)"/.exec(error.message)?.[1] ?? code
}

const CONSTRAINT_VIOLATION = '23'

/** Images are bought, and no webhook reports it. */
export function buyImages(world: Omit<World, 'processes'>, customer: 0 | 1, amount: number): void {
  world.topUps.push(world.turn)
  world.turn += 1
  world.backend.grant(customer === 0 ? 'ada' : 'bob', 'image_generations', amount)
}
