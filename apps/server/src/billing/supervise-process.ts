import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@tollgate/contract'

/** The first and the longest delay of a restart; it doubles in between. */
const RESTART_MS = { first: 100, slowest: 5000 }
/** A process that ran for this long did not fail at startup. */
const STEADY_MS = 30_000
/** Longer than the process takes to drain its connections. */
const STOP_MS_MAX = 5000

/** A process that is restarted when it exits. */
export type SupervisedProcess<Ready> = {
  /** Its first ready message. */
  ready: Ready
  /** Asks it to stop, kills it if it does not, and resolves when it has exited. */
  stop(): Promise<void>
}

/**
 * Starts a process that communicates over Node's IPC channel, and waits for its first message, which says that it is ready. Throws if it
 * exits before, or what `readReady` throws. Afterwards the process is restarted whenever it exits. A 'stop' message asks it to stop; the
 * channel closes when this process exits.
 */
export async function superviseProcess<Ready>(options: {
  /** Its name in logs. */
  name: string
  launch: () => ChildProcess
  readReady: (message: unknown) => Ready
  /** Creates the error of a process that exited without a message. */
  neverReady?: (message: string) => Error
  logger: Logger
  /** How long stopping may take before the process is killed. */
  stopMsMax?: number
}): Promise<SupervisedProcess<Ready>> {
  const { name, logger, stopMsMax = STOP_MS_MAX } = options
  const stopping = new AbortController()
  let current = begin(options)
  const ready = await current.ready
  const watching = watch()
  return {
    ready,
    async stop() {
      stopping.abort()
      await end(current, stopMsMax)
      await watching
    },
  }

  async function watch(): Promise<void> {
    let failures = 0
    for (;;) {
      const startedAt = performance.now()
      const how = await current.ended
      if (stopping.signal.aborted) return
      failures = performance.now() - startedAt > STEADY_MS ? 0 : failures + 1
      const waitMs = Math.min(RESTART_MS.slowest, RESTART_MS.first * 2 ** failures)
      logger.error({ process: name, how, waitMs }, `${name}: process exited, restarting`)
      await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      current = begin(options)
      current.ready.then(
        () => logger.warn({ process: name }, `${name}: process restarted`),
        // The next round logs its exit above.
        () => {},
      )
    }
  }
}

type Running<Ready> = { child: ChildProcess; ready: Promise<Ready>; ended: Promise<string> }

function begin<Ready>({
  name,
  launch,
  readReady,
  neverReady = (message) => new Error(message),
}: Parameters<typeof superviseProcess<Ready>>[0]): Running<Ready> {
  const child = launch()
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(String(signal ?? code)))
    child.once('error', (error) => resolve(String(error)))
  })
  const message = new Promise((resolve) => child.once('message', resolve))
  const endedBefore = ended.then(async (how) => {
    // Its last message may still be in the channel.
    if (child.connected) await once(child, 'disconnect')
    throw neverReady(
      `The ${name} process ended before it was ready (${how}). Its own log lines above say why; correct that and start again.`,
    )
  })
  return { child, ready: Promise.race([message.then(readReady), endedBefore]), ended }
}

async function end({ child, ended }: Running<unknown>, stopMsMax: number): Promise<void> {
  if (child.connected) child.send('stop', () => {})
  const patience = setTimeout(() => child.kill('SIGKILL'), stopMsMax)
  await ended
  clearTimeout(patience)
}
