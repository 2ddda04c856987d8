import type { ReceiptChunk } from '@tollgate/contract'
import type { BilledCall, RunningOperation } from '../../src/metering.ts'
import { MeteringError } from '../../src/metering-error.ts'
import { callOf } from './call-of.ts'
import { type CostReport, createCostReport } from './cost-report.ts'
import type { Attempt } from './history.ts'
import { collects, type Plan, type Shape, shapeOf } from './plan.ts'
import { noteAnswer } from './note-answer.ts'
import { refusalOf } from './refusal-of.ts'
import type { Process } from './running-process.ts'
import { noteBroken } from './happenings.ts'
import { NEVER } from './schedule.ts'
import type { World } from './world.ts'

/** Starts a client's attempt in the background and records what the client sees. */
export function attempt(
  world: World,
  plan: Plan,
  {
    process = world.processes[plan.process],
    latch = Promise.resolve(),
    onStep = () => {},
  }: Partial<Pick<Client, 'process' | 'latch' | 'onStep'>> = {},
): Attempt {
  const seen: Attempt = {
    id: world.history.length,
    plan,
    process: process.name,
    beganAt: world.turn,
    beganPassed: world.passed,
    endedAt: null,
    passed: 0,
    worked: [],
    operationIds: [],
    emitted: 0,
    outcome: null,
    output: null,
    receipt: null,
    holds: {},
    providerCalls: [],
    lateCalls: [],
    refusal: null,
  }
  world.history.push(seen)
  const shape = shapeOf(plan)
  const costs = createCostReport(seen)
  const client = { world, process, seen, shape, latch, costs, onStep }
  const trying = shape.stream ? tryStream(client) : tryUnary(client)
  const running = Promise.race([
    trying.then(
      (outcome) => outcome,
      (error: unknown) => {
        noteBroken(world, error)
        seen.refusal = refusalOf(error)
        return nameOf(error)
      },
    ),
    process.death.then(() => 'crashed'),
  ]).then((outcome) => {
    seen.outcome = outcome
    seen.endedAt = world.turn
    seen.passed = world.passed
    noteAnswer(world, seen)
    costs.end()
    world.running.delete(running)
    onStep()
  })
  world.running.add(running)
  return seen
}

/** One attempt and everything it needs. */
type Client = {
  world: World
  process: Process
  seen: Attempt
  shape: Shape
  /** The work continues once it resolves. */
  latch: Promise<void>
  costs: CostReport
  /** Called when the work begins and when the attempt ends. */
  onStep: () => void
}

class WorkFailed extends Error {
  override readonly name = 'WorkFailed'
}

function nameOf(error: unknown): string {
  if (error instanceof MeteringError) return error.code
  if (error instanceof WorkFailed) return 'work failed'
  // Anything else is an unwrapped error that reached a caller.
  return `bare ${String(error)}`
}

async function tryUnary(client: Client): Promise<string> {
  const { world, process, seen, shape, latch, costs, onStep } = client
  const { plan } = seen
  const answer = await process.metering.run(callOf(world, plan, shape), async (operation) => {
    seen.worked.push(world.turn)
    seen.operationIds.push(operation.operationId)
    seen.holds = operation.holds
    onStep()
    await latch
    costs.begin(operation)
    for (let step = 0; step < plan.steps; step += 1) await breathe(world, process)
    if (plan.ending === 'throw') throw new WorkFailed('The work failed.')
    if (shape.settle === 'reported') {
      for (const { meter, hold } of shape.charges)
        operation.report(Math.floor(((operation.holds[meter] ?? hold) * plan.fifths) / 5), meter)
    }
    return { made: seen.id, weight: plan.ending === 'too large' ? 'x'.repeat(3000) : '' }
  })
  seen.output = JSON.stringify(answer.output)
  seen.receipt = answer.receipt
  return answer.receipt.replayed ? 'replayed' : 'answered'
}

async function tryStream(client: Client): Promise<string> {
  const { world, process, seen, shape } = client
  const { plan } = seen
  const call = callOf(world, plan, shape)
  if (collects(plan)) return tryCollected(client, call)
  const stream = await process.metering.run(call, (operation) => produce(client, operation))
  const chunks: Chunk[] = []
  for await (const chunk of stream.chunks) {
    if ('receipt' in chunk) {
      seen.receipt = chunk.receipt
      break
    }
    chunks.push(chunk)
    if (!stream.replayed) seen.emitted = chunk.cost
    await breathe(world, process)
    if (chunks.length >= plan.reads) break
  }
  seen.output = JSON.stringify(chunks)
  if (!seen.receipt) return 'aborted'
  if (stream.replayed) return 'replayed'
  return seen.receipt.complete === false ? 'stopped short' : 'answered'
}

/** The same for a caller that receives a stream as one response. */
async function tryCollected(client: Client, call: BilledCall): Promise<string> {
  const { process, seen } = client
  const answer = await process.metering.run({ ...call, collect: true }, (operation) =>
    produce(client, operation),
  )
  if ('chunks' in answer) throw new Error('A collected stream came in chunks.')
  const { output, receipt } = answer
  const chunks = Array.isArray(output) ? output.slice(0, -1) : []
  seen.output = JSON.stringify(chunks)
  seen.receipt = receipt
  if (receipt.replayed) return 'replayed'
  seen.emitted = Number(chunks.at(-1)?.cost)
  return receipt.complete === false ? 'stopped short' : 'answered'
}

type Chunk = { made: number; n: number; cost: number } | (ReceiptChunk & { cost?: never })

/** Six chunks, each a fifth of the hold, so that the last one needs more than was held. */
async function* produce(
  { world, process, seen, shape, latch, costs, onStep }: Client,
  operation: RunningOperation,
): AsyncGenerator<{ made: number; n: number; cost: number }> {
  const { plan } = seen
  seen.worked.push(world.turn)
  seen.operationIds.push(operation.operationId)
  onStep()
  await latch
  costs.begin(operation)
  const hold = shape.charges[0]?.hold ?? 0
  for (let n = 1; n <= 4 + plan.fifths; n += 1) {
    await breathe(world, process)
    if (plan.ending === 'throw' && n > plan.steps) throw new WorkFailed('The work failed.')
    const cost = shape.settle === 'reported' ? Math.floor((hold * n) / 5) : hold
    if (shape.settle === 'reported') operation.report(cost)
    yield { made: seen.id, n, cost }
  }
}

/** Waits for its turn; never resolves if its process is dead. */
function breathe(world: World, process: Process): Promise<void> {
  return world.schedule.pass(`${process.name} works`, async () => {
    world.turn += 1
    return process.isDead() ? NEVER : undefined
  })
}
