/** Registers how to stop what was just started. */
export type Defer = (stop: () => unknown) => void

/**
 * Starts things that belong together, such as a server and its browser. If one fails to start, those before it are stopped. `stop` stops
 * all of them in reverse order, each of them even if another fails to stop.
 */
export async function startTogether<Started extends object>(
  start: (defer: Defer) => Promise<Started>,
): Promise<Started & { stop(): Promise<void> }> {
  const stops: (() => unknown)[] = []
  try {
    const started = await start((stop) => stops.push(stop))
    return Object.assign(started, { stop: () => stopAll(stops) })
  } catch (error) {
    await stopAll(stops).catch((cause: unknown) => {
      throw new AggregateError(
        [error, cause],
        'The start failed, and so did stopping what it had started.',
      )
    })
    throw error
  }
}

async function stopAll(stops: (() => unknown)[]): Promise<void> {
  const failures: unknown[] = []
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    try {
      await stop()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length === 1) throw failures[0]
  if (failures.length > 1) throw new AggregateError(failures, 'Several things did not stop.')
}
