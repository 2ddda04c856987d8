import { randomUUID } from 'node:crypto'
import { OPERATION_KEY_HEADER } from '@tollgate/contract'
import { runClosedLoop } from '../measure/run-closed-loop.ts'
import type { Sample } from '../measure/sample.ts'
import { handleRequests } from '../processes/handle-requests.ts'
import { openConnection } from './keep-alive-connection.ts'
import { type LoadRequest, loadRequestSchema } from './load-request.ts'

handleRequests({ load: (input) => load(loadRequestSchema.parse(input)) }, async () => {})

const BODY = '{"text":"the same forty bytes in every call"}'

async function load(request: LoadRequest): Promise<Sample> {
  const { ports, procedure, callers, order, ...loop } = request
  const connections = await Promise.all(
    Array.from({ length: loop.concurrency }, (_, worker) =>
      openConnection({ port: ports[worker % ports.length] ?? 0 }),
    ),
  )
  const path = `/trpc/${procedure}`
  let calls = 0
  const nextCaller = () =>
    order === 'each_once' ? callers[calls++] : callers[Math.floor(Math.random() * callers.length)]
  const operationsMax = order === 'each_once' ? callers.length : loop.operationsMax
  try {
    return await runClosedLoop({ ...loop, operationsMax }, async (worker) => {
      const headers = `${nextCaller() ?? ''}\r\n${OPERATION_KEY_HEADER}: ${randomUUID()}\r\n`
      const status = await connections[worker]?.post({ path, headers, body: BODY })
      return status === 200 ? null : String(status)
    })
  } finally {
    for (const connection of connections) connection.close()
  }
}
