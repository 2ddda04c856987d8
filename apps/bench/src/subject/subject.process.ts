import { handleRequests } from '../processes/handle-requests.ts'
import { flushStatistics } from './flush-statistics.ts'
import { readDeducted } from './read-deducted.ts'
import { insertRow, makeInsertTable } from './raw-insert.ts'
import { delayFetch } from './delay-fetch.ts'
import { limitCustomers, SUBJECTS } from './limit-customers.ts'
import { openSubject, type Subject } from './open-subject.ts'
import { runPair } from './run-pair.ts'
import { runClosedLoop } from '../measure/run-closed-loop.ts'
import {
  customersSchema,
  delaySchema,
  loopSchema,
  pairsSchema,
  relaySchema,
  subjectSchema,
} from './subject-requests.ts'

let opened: Subject | null = null
const subject = () => {
  if (!opened) throw new Error('Ask "start" first.')
  return opened
}

handleRequests(
  {
    start: async (input) => {
      opened = await openSubject(subjectSchema.parse(input))
      await makeInsertTable(opened.database)
      return { port: opened.port }
    },
    sync: async (input) => {
      // Sequentially: the backend creates unknown customers, and nothing is measured here.
      for (const id of customersSchema.parse(input)) await subject().sync(id)
      return null
    },
    delay: (input) => delayFetch(delaySchema.parse(input).ms),
    relay: async (input) => {
      const { gathered } = subject()
      if (relaySchema.parse(input).running) await gathered.start()
      else await gathered.stop()
      return null
    },
    drain: async () => {
      const startedAt = performance.now()
      const { due } = await subject().gathered.backlog()
      await subject().gathered.drain()
      return { events: due, ms: performance.now() - startedAt }
    },
    deducted: (input) => readDeducted(subject().gathered, customersSchema.parse(input)),
    flushStatistics: () => flushStatistics(subject().database),
    roundTrips: () => subject().roundTrips(),
    pairs: async (input) => {
      const { statements, customers, limited, costed, ...loop } = pairsSchema.parse(input)
      const metering = subject()[statements]
      if (limited) await limitCustomers(metering, customers)
      const subjects = limited ? SUBJECTS : []
      return runClosedLoop(loop, () => runPair(metering, { customers, subjects, costed }))
    },
    inserts: (input) => runClosedLoop(loopSchema.parse(input), () => insertRow(subject().database)),
  },
  async () => {
    await opened?.close()
  },
)
