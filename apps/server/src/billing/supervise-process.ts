import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@tollgate/contract'

/** From the first attempt to the slowest, doubled in between. */
const RESTART_MS = { first: 100, slowest: 5000 }
/** A process that ran for so long did not fail at its start. */
const STEADY_MS = 30_000
/** Its own connections drain for less than this. */
const STOP_MS_MAX = 5000

/** A process that is started again when it ends. */
export type SupervisedProcess<Ready> = {
  /** What it said when it was ready for the first time. */
  ready: Ready
  /** Asks it to stop, ends it when it does not, and returns when it is gone. */
  stop(): Promise<void>
}

/**
 * Starts a process that speaks over Node's IPC channel, and waits for its first message, by which it is ready; throws when it ends
 * before, or what `readReady` throws. From then on it is started again whenever it ends. A 'stop' message asks it to stop; the channel closes when we end.
 */
export async function superviseProcess<Ready>(options: {
  /** As logs name it. */
  name: string
  launch: () => ChildProcess
  readReady: (message: unknown) => Ready
  /** Makes the error of a process that ended without a message. */
  neverReady?: (message: string) => Error
  logger: Logger
  /** How long a stop may take; then the process is killed. */
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
        // Its end is logged above, in the next round.
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
