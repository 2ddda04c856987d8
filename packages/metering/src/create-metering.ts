import { assembleMetering } from './assemble-metering.ts'
import type { Metering } from './metering.ts'
import type { MeteringOptions } from './metering-options.ts'

/**
 * Makes metering over a database and a backend. Nothing runs in the background before `start()`.
 *
 * @example
 * const metering = createMetering({ database, backend, catalog, secret, wayOut: () => ({ upgradeUrl: '/plans', actions: [] }) })
 * await metering.start()
 * const { output, receipt } = await metering.run(call, () => draw(prompt))
 */
export function createMetering(options: MeteringOptions): Metering {
  return assembleMetering(options).metering
}
