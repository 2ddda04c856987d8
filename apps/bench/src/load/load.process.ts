import { randomUUID } from 'node:crypto'
import { OPERATION_KEY_HEADER } from '@tollgate/contract'
import { CUSTOMER_HEADER } from '../subject/customer-header.ts'
import { runClosedLoop } from '../measure/run-closed-loop.ts'
import type { Sample } from '../measure/sample.ts'
import { answerQuestions } from '../processes/answer-questions.ts'
import { openConnection } from './keep-alive-connection.ts'
import { type LoadRequest, loadRequestSchema } from './load-request.ts'

answerQuestions({ load: (input) => load(loadRequestSchema.parse(input)) }, async () => {})

const BODY = '{"text":"the same forty bytes in every call"}'

async function load(request: LoadRequest): Promise<Sample> {
  const { port, customers, procedure, ...loop } = request
  const connections = await Promise.all(
    Array.from({ length: loop.concurrency }, () => openConnection({ port })),
  )
  const path = `/trpc/${procedure}`
  try {
    return await runClosedLoop(loop, async (worker) => {
      const customer = customers[Math.floor(Math.random() * customers.length)] ?? ''
      const headers = `${CUSTOMER_HEADER}: ${customer}\r\n${OPERATION_KEY_HEADER}: ${randomUUID()}\r\n`
      const status = await connections[worker]?.post({ path, headers, body: BODY })
      return status === 200 ? null : String(status)
    })
  } finally {
    for (const connection of connections) connection.close()
  }
}
