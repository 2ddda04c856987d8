import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { childEnvironment } from '../config.ts'
import { REPOSITORY } from '../repository.ts'

/** A process of the benchmark that handles requests; every part runs in its own, as in production. */
export type Child = {
  pid: number
  request<Answer>(request: {
    name: string
    input?: unknown
    answer: z.ZodType<Answer>
  }): Promise<Answer>
  stop(): Promise<void>
}

const replySchema = z.discriminatedUnion('outcome', [
  z.object({ id: z.number(), outcome: z.literal('answered'), answer: z.unknown() }),
  z.object({ id: z.number(), outcome: z.literal('failed'), message: z.string() }),
])

/** Starts one of our modules as a child process, or the same file of another checkout at `root`; it must call `handleRequests`. */
export function startChild(module: URL, root = REPOSITORY): Child {
  const file = path.relative(REPOSITORY, fileURLToPath(module))
  const cwd = path.join(root, 'apps/bench')
  const child = fork(path.join(root, file), {
    // Uses that checkout's loader, too.
    cwd,
    serialization: 'advanced',
    execArgv: ['--import', 'tsx'],
    env: childEnvironment,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let lastId = 0
  child.on('message', (message) => {
    const reply = replySchema.parse(message)
    const waiter = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.outcome === 'answered') waiter?.resolve(reply.answer)
    else waiter?.reject(new Error(reply.message))
  })
  child.on('exit', (code) => {
    for (const waiter of waiting.values()) {
      waiter.reject(new Error(`${file} ended with ${String(code)}.`))
    }
    waiting.clear()
  })
  return {
    pid: child.pid ?? 0,
    async request({ name, input, answer }) {
      lastId += 1
      const waiter = withResolvers()
      waiting.set(lastId, waiter)
      child.send({ id: lastId, name, input })
      return answer.parse(await waiter.promise)
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

function withResolvers(): PromiseWithResolvers<unknown> {
  let resolve: PromiseWithResolvers<unknown>['resolve'] = () => {}
  let reject: PromiseWithResolvers<unknown>['reject'] = () => {}
  const promise = new Promise<unknown>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}

/** The built-in type requires Node 22. */
type PromiseWithResolvers<Value> = {
  promise: Promise<Value>
  resolve(value: Value): void
  reject(reason: Error): void
}
