import { assembleMetering } from './assemble-metering.ts'
import type { Metering } from './metering.ts'
import type { MeteringOptions } from './metering-options.ts'

/**
 * Makes metering over a database and a backend. Nothing runs in the background before `start()`; `startMetering` also opens the database
 * and starts it.
 *
 * @example
 * const metering = createMetering({ database, backend, catalog, secret, plansUrl: '/plans' })
 * await metering.start()
 * const { output, receipt } = await metering.run(call, () => draw(prompt))
 */
export function createMetering<Meter extends string>(
  options: MeteringOptions<Meter>,
): Metering<Meter>
export function createMetering(options: MeteringOptions): Metering {
  return assembleMetering(options).metering
}
